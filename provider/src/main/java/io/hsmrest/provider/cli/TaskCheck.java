package io.hsmrest.provider.cli;

import io.hsmrest.client.approver.ApprovalContent;
import io.hsmrest.client.approver.KeyAttestation;
import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.TaskKind;
import io.hsmrest.client.model.TaskRequest;
import io.hsmrest.client.rest.JsonMembers;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the bytes to be signed are about the request that is shown with them. Whoever controls
 * the service, or stands between, could show one request and have another one signed.
 */
final class TaskCheck {
  private final ApproverTask task;
  private final ApprovalContent content;
  private final @Nullable KeyAttestation attestation;
  private final List<String> refusals = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();

  private TaskCheck(
      ApproverTask task, ApprovalContent content, @Nullable KeyAttestation attestation) {
    this.task = task;
    this.content = content;
    this.attestation = attestation;
  }

  /**
   * What the checks found.
   *
   * @param refusals contradictions, with which nothing is signed
   * @param doubts what cannot be checked, so that a person has to decide
   * @param isTheOne whether it is surely the request that was asked for
   */
  record Result(List<String> refusals, List<String> doubts, boolean isTheOne) {
    Result {
      refusals = List.copyOf(refusals);
      doubts = List.copyOf(doubts);
    }
  }

  /**
   * Checks one task.
   *
   * @param approver the approver's public key
   * @param requestId the request that was asked for, null for any
   */
  static Result of(
      ApproverTask task,
      ApprovalContent content,
      @Nullable KeyAttestation attestation,
      Octets approver,
      @Nullable String requestId) {
    TaskCheck check = new TaskCheck(task, content, attestation);
    boolean isTheOne = check.addressee(approver, requestId);
    check.content();
    check.request();
    check.requester();
    return new Result(check.refusals, check.doubts, isTheOne);
  }

  /** Whether a task is surely of another request than the one that was asked for. */
  static boolean isOfAnother(ApproverTask task, @Nullable String requestId) {
    RequestStatus status = task.status();
    return requestId != null && status != null && !status.id().equalsIgnoreCase(requestId);
  }

  private boolean addressee(Octets approver, @Nullable String requestId) {
    Octets owner = task.approverPublicKey();
    if (owner != null && !owner.equals(approver)) {
      refusals.add("the task is another approver's");
    }
    RequestStatus status = task.status();
    if (requestId != null && status == null) {
      doubts.add("the service does not tell whether it is request " + requestId);
      return false;
    }
    if (status != null && isOfAnother(task, requestId)) {
      refusals.add("the task belongs to request " + status.id() + ", not to " + requestId);
      return false;
    }
    return true;
  }

  /** What is signed by itself, whatever the request is. */
  private void content() {
    Octets payload = content.payload();
    Optional<DerContent> der =
        content.newPolicy() == null ? DerContent.read(payload) : Optional.empty();
    der.ifPresent(this::defects);
    if (content.newPolicy() == null && der.isEmpty() && DerContent.isUnreadable(payload)) {
      doubts.add("what is signed begins like a certificate, and is written in an unusual way");
    }
    if (content.newPolicy() == null && PayloadText.isCut(payload)) {
      doubts.add("only the beginning of the text that is signed is shown");
    }
    if (content.askedAt() != null && content.timestampKey() == null) {
      doubts.add("the time is not attested: nobody has signed it");
    }
    for (String further : content.further()) {
      doubts.add("something that this version does not understand is signed too: " + further);
    }
  }

  private void defects(DerContent der) {
    der.defects().forEach(defect -> refusals.add("in the " + der.kind() + ": " + defect));
  }

  private void request() {
    TaskRequest request = task.request();
    if (request == null) {
      doubts.add("the service does not tell the request behind it");
      return;
    }
    keyName(request.keyName());
    operation(request.kind());
    if (request.kind().isCertificate()) {
      certificate(request);
    } else if (request.kind().payloadMember() != null) {
      payload(request);
    }
  }

  private void keyName(String asked) {
    String signed = content.keyLabel();
    boolean isItsUuid =
        attestation != null
            && signed.equals(attestation.uuid())
            && isOrIsBelow(asked, attestation.label());
    if (!signed.equals(asked) && !isItsUuid) {
      refusals.add("the request is for key '" + asked + "', to be signed is '" + signed + "'");
    } else if (attestation != null && !isItsUuid && !isOrIsBelow(signed, attestation.label())) {
      doubts.add("the approvers shown are those of another key, '" + attestation.label() + "'");
    }
  }

  /** A derived key's name begins with that of its master key. */
  private static boolean isOrIsBelow(String name, @Nullable String master) {
    return master != null && (name.equals(master) || name.startsWith(master + "/"));
  }

  private void operation(TaskKind kind) {
    ApprovalContent.Operation expected =
        switch (kind) {
          case BLOCK -> ApprovalContent.Operation.BLOCK;
          case UNBLOCK -> ApprovalContent.Operation.UNBLOCK;
          case MODIFY -> ApprovalContent.Operation.MODIFY;
          default -> ApprovalContent.Operation.USE;
        };
    ApprovalContent.Operation signed = content.operation();
    if (signed == expected) {
      return;
    }
    String what = "the request is to " + kind + ", to be signed is to " + signed;
    boolean unpublished =
        (kind == TaskKind.BLOCK || kind == TaskKind.UNBLOCK)
            && (signed == ApprovalContent.Operation.BLOCK
                || signed == ApprovalContent.Operation.UNBLOCK);
    // The numbers of these two are not published, so they may be the other way round.
    (unpublished ? doubts : refusals).add(what);
  }

  private void payload(TaskRequest request) {
    Octets asked = request.payload();
    if (asked == null) {
      doubts.add("the payload of the request cannot be read");
    } else if (!asked.equals(content.payload())) {
      String what = "the payload of the request is another one than the one to be signed";
      (request.kind() == TaskKind.SIGN ? refusals : doubts).add(what);
    }
  }

  private void certificate(TaskRequest request) {
    Octets payload = content.payload();
    Optional<DerContent> der = DerContent.read(payload);
    Optional<Map<String, String>> members = JsonMembers.read(payload);
    if (members.isPresent()) {
      if (!members.get().equals(request.members())) {
        refusals.add("the request is another one than the one to be signed");
      }
    } else if (JsonMembers.isAmbiguous(payload)) {
      refusals.add("what is to be signed says something twice, and not the same");
    } else if (der.isPresent()) {
      CertificateCheck check = new CertificateCheck(request, der.get());
      check.run();
      refusals.addAll(check.refusals());
      doubts.addAll(check.doubts());
    } else {
      doubts.add(
          "the certificate's content is not in what is signed; all there is of it is what the"
              + " service says");
    }
    if (CertificateRequestText.hasCsr(request.members())) {
      CertificateRequestText.csr(request.members())
          .ifPresentOrElse(
              this::defects,
              () -> doubts.add("the certification request in the request cannot be read"));
    }
  }

  /** Requesters that use this project's provider say which digest they want signed. */
  private void requester() {
    Octets metaData = task.metaData();
    String missing = RequesterText.of(metaData).missing();
    if (missing != null) {
      doubts.add(missing);
    }
    String digest =
        metaData == null
            ? null
            : JsonMembers.read(metaData).map(members -> members.get("digest")).orElse(null);
    if (digest != null
        && digest.matches("(.*: )?[0-9a-f]{32,}")
        && !digest.endsWith(HexFormat.of().formatHex(content.payload().toByteArray()))
        && !digest.endsWith(PayloadText.sha256(content.payload()))) {
      doubts.add("the requester speaks of another digest, " + digest);
    }
  }
}
