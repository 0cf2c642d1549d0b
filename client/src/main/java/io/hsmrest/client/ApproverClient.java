package io.hsmrest.client;

import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.TaskReference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The approvers' side of the service (contract 2.6). Thread-safe. Its methods block and fail as
 * those of {@link HsmClient} do.
 */
public interface ApproverClient extends AutoCloseable {

  /**
   * The tasks that wait for this approver, oldest first, whether the policies name it by its public
   * key or by its certificate.
   *
   * @param requestId only those of this request, null for all
   */
  List<TaskReference> listTasks(ApproverIdentity approver, @Nullable String requestId)
      throws HsmException;

  /** A task with all that the service tells of it; empty when it is gone. */
  Optional<ApproverTask> readTask(ApproverIdentity approver, TaskReference task)
      throws HsmException;

  /**
   * Signs and sends an approval.
   *
   * @param approvalToBeSigned as it was read; nothing else is signed
   * @throws UnknownTaskException when the task is gone: answered, finished or withdrawn
   */
  void approve(ApproverIdentity approver, TaskReference task, Octets approvalToBeSigned)
      throws HsmException;

  /**
   * Says no.
   *
   * @throws UnknownTaskException when the task is gone: answered, finished or withdrawn
   */
  void reject(ApproverIdentity approver, TaskReference task) throws HsmException;

  /** Closes connections; idempotent. */
  @Override
  void close();
}
