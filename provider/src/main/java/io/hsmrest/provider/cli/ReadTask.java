package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.approval.Approvers;
import io.hsmrest.client.approver.ApprovalContent;
import io.hsmrest.client.approver.KeyAttestation;
import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A task with what is in it.
 *
 * @param task as the service told it
 * @param content what the signature covers
 * @param attestation of the key, null where there is none or it cannot be read
 * @param check whether the parts fit
 */
record ReadTask(
    ApproverTask task,
    ApprovalContent content,
    @Nullable KeyAttestation attestation,
    TaskCheck.Result check) {
  private static final Pattern TYPEABLE = Pattern.compile("[0-9A-Za-z]{4}$");

  /**
   * Reads and checks it.
   *
   * @param approver the approver's public key
   * @param requestId the request that was asked for, null for any
   * @throws HsmProtocolException when what is to be signed cannot be read
   */
  static ReadTask of(ApproverTask task, Octets approver, @Nullable String requestId)
      throws HsmProtocolException {
    ApprovalContent content = ApprovalContent.read(task.approvalToBeSigned());
    KeyAttestation attestation = attestation(task.keyAttributes());
    return new ReadTask(
        task, content, attestation, TaskCheck.of(task, content, attestation, approver, requestId));
  }

  private static @Nullable KeyAttestation attestation(@Nullable String xml) {
    try {
      return xml == null ? null : KeyAttestation.read(xml);
    } catch (HsmProtocolException e) {
      return null;
    }
  }

  /** The request's id, else the task's. */
  String title() {
    return (task.status() == null ? "Task " : "Request ") + id();
  }

  /** On one line of any terminal. */
  private String id() {
    return PayloadText.shortened(
        PlainText.oneLine(task.status() == null ? task.id() : task.status().id()));
  }

  /**
   * What has to be typed to approve it: the end of the id that is shown, so that no answer to
   * another request can be one to this. Where that cannot be typed, the beginning of a hash over
   * what is signed.
   */
  String word() {
    Matcher end = TYPEABLE.matcher(id());
    return end.find()
        ? end.group().toLowerCase(Locale.ROOT)
        : PayloadText.sha256(task.approvalToBeSigned()).substring(0, 4);
  }

  /** Whether a certificate or a certification request is to come out. */
  boolean isForCertificate() {
    return task.request() != null && task.request().kind().isCertificate();
  }

  /** The rule that decides, null where it is not told. */
  Policy.@Nullable Rule rule() {
    Policy policy = attestation == null ? null : attestation.policy();
    if (policy == null) {
      return null;
    }
    return switch (content.operation()) {
      case USE -> policy.ruleUse();
      case BLOCK -> policy.ruleBlock();
      case UNBLOCK -> policy.ruleUnblock();
      case MODIFY -> policy.ruleModify();
    };
  }

  /** Those whom the rule names. */
  Approvers approvers() {
    Policy.Rule rule = rule();
    return new Approvers(rule == null ? null : new Policy(rule, null, null, null, false));
  }
}
