package io.hsmrest.provider.cli;

import io.hsmrest.client.ApproverClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.approval.Approvers;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.TaskReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Approvals on their way: one that did not get through is owed, and nobody is asked again. */
final class Sending {
  private final Surroundings surroundings;
  private final ApproverClient client;
  private final ApproverKey approver;

  /** What somebody has agreed to sign, by task. */
  private final Map<String, Octets> owed = new HashMap<>();

  Sending(Surroundings surroundings, ApproverClient client, ApproverKey approver) {
    this.surroundings = surroundings;
    this.client = client;
    this.approver = approver;
  }

  /** Signs and sends; until that has worked it is owed. */
  void approve(TaskReference reference, ReadTask read) throws HsmException {
    Octets toBeSigned = read.task().approvalToBeSigned();
    owed.put(reference.id(), toBeSigned);
    client.approve(approver, reference, toBeSigned);
    owed.remove(reference.id());
    surroundings.say("Approved" + outcome(read) + ".");
  }

  /**
   * Notes what has got through although its answer did not.
   *
   * @param listed the tasks that there are now
   * @return how many are owed no more
   */
  int arrived(List<TaskReference> listed) {
    Set<String> gone = new HashSet<>(owed.keySet());
    listed.forEach(reference -> gone.remove(reference.id()));
    for (String task : gone) {
      owed.remove(task);
      surroundings.tell(
          "hsmrest: task "
              + PlainText.oneLine(task)
              + " is gone: its approval has arrived, or its request is finished or withdrawn");
    }
    return gone.size();
  }

  /** Whether somebody has agreed to sign these very bytes. */
  boolean isOwed(TaskReference reference, ReadTask read) {
    Octets agreed = owed.get(reference.id());
    return agreed != null
        && agreed.equals(read.task().approvalToBeSigned())
        && read.check().refusals().isEmpty();
  }

  /** Reckoned here: asking would cost a right that approvers need not have. */
  private String outcome(ReadTask read) {
    RequestStatus status = read.task().status();
    Approvers approvers = read.approvers();
    if (status == null || approvers.quorum() == 0) {
      return "";
    }
    List<Octets> by = new ArrayList<>(status.approvedBy());
    if (!by.contains(approver.publicKey())) {
      by.add(approver.publicKey());
    }
    return ": "
        + TaskText.count(approvers, by)
        + (approvers.counted(by) >= approvers.quorum()
            ? ", the service executes it when it is due"
            : ", others have to follow");
  }
}
