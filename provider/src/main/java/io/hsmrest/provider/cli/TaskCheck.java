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
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
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
   */
  record Result(List<String> refusals, List<String> doubts) {
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
    check.addressee(approver, requestId);
    check.request();
    check.requester();
    for (String further : content.further()) {
      check.doubts.add("something that this version does not understand is signed too: " + further);
    }
    return new Result(check.refusals, check.doubts);
  }

  private void addressee(Octets approver, @Nullable String requestId) {
    Octets owner = task.approverPublicKey();
    if (owner != null && !owner.equals(approver)) {
      refusals.add("the task is another approver's");
    }
    RequestStatus status = task.status();
    if (requestId != null && status != null && !status.id().equalsIgnoreCase(requestId)) {
      refusals.add("the task belongs to request " + status.id() + ", not to " + requestId);
    }
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
    Optional<Map<String, String>> members = JsonMembers.read(content.payload());
    Optional<DerContent> der = DerContent.read(content.payload());
    if (members.isPresent()) {
      if (!members.get().equals(request.members())) {
        refusals.add("the request is another one than the one to be signed");
      }
    } else if (der.isPresent()) {
      String asked = CertificateRequestText.subject(request.members()).get("commonName");
      String signed = der.get().read().getSubjectX500Principal().getName();
      if (asked != null && !commonNames(signed).contains(asked)) {
        refusals.add("the request is for the subject " + asked + ", to be signed is " + signed);
      }
    } else {
      doubts.add(
          "the certificate's content is not in what is signed; all there is of it is what the"
              + " service says");
    }
  }

  private static List<String> commonNames(String name) {
    List<String> names = new ArrayList<>();
    try {
      for (Rdn rdn : new LdapName(name).getRdns()) {
        if (rdn.getType().equalsIgnoreCase("CN")) {
          names.add(String.valueOf(rdn.getValue()));
        }
      }
    } catch (InvalidNameException e) {
      // Then it has none that could be compared.
    }
    return names;
  }

  /** Requesters that use this project's provider say which digest they want signed. */
  private void requester() {
    Octets metaData = task.metaData();
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
