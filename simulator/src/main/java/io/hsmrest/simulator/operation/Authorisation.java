package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.policy.ApprovalToBeSigned;
import io.hsmrest.simulator.policy.Outcome;
import io.hsmrest.simulator.policy.Policy;
import io.hsmrest.simulator.policy.Rule;
import io.hsmrest.simulator.policy.SignedApproval;
import io.hsmrest.simulator.policy.Timestamp;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the HSM itself demands before it uses a key with a policy (contract 5.2). */
public final class Authorisation {
  private final Hsm hsm;
  private final Partition partition;

  /** Authorises the use of keys of one partition. */
  public Authorisation(Hsm hsm, Partition partition) {
    this.hsm = hsm;
    this.partition = partition;
  }

  /**
   * Refuses unless the key may be used for the command with what approvers have said about an
   * asynchronous request.
   *
   * @param requested time of the request's timestamp
   * @param approvedBy public keys (SPKI)
   * @throws ServiceRefusal 701
   */
  public void requireApproved(
      KeyEntry entry, Command command, Instant requested, Set<Bytes> approvedBy) {
    requireUsable(entry, command);
    if (!isFulfilled(rule(entry, command), requested, approvedBy)) {
      throw insufficient();
    }
  }

  /**
   * Refuses unless the key may be used for the command with approvals that were collected before.
   * All that fulfil the rule must be about the same timestamp.
   *
   * @throws ServiceRefusal 701, or 403 for an approval whose signature is wrong
   */
  public void requireSigned(KeyEntry entry, Command command, List<Bytes> signedApprovals) {
    requireUsable(entry, command);
    Rule rule = rule(entry, command);
    if (isFulfilled(rule, hsm.now(), Set.of())) {
      return;
    }
    var byTimestamp =
        signedApprovals.stream()
            .map(this::parsed)
            .filter(approval -> isAbout(approval, entry, command))
            .collect(Collectors.groupingBy(SignedApproval::approvalToBeSigned));
    for (var approvals : byTimestamp.entrySet()) {
      Set<Bytes> approvedBy = new HashSet<>();
      approvals.getValue().forEach(approval -> approvedBy.add(approval.publicKey()));
      if (isFulfilled(rule, requestedAt(approvals.getKey()), approvedBy)) {
        return;
      }
    }
    throw insufficient();
  }

  private static void requireUsable(KeyEntry entry, Command command) {
    if (command.kind() != RequestKind.UNBLOCK) {
      KeyAccess.checkNotBlocked(entry.key());
    }
  }

  private static @Nullable Rule rule(KeyEntry entry, Command command) {
    Policy policy = entry.key().policy();
    return policy == null ? null : policy.rule(command.kind().operation());
  }

  private boolean isFulfilled(@Nullable Rule rule, Instant requested, Set<Bytes> approvedBy) {
    if (rule == null) {
      return true;
    }
    Outcome outcome = hsm.evaluation().evaluate(rule, requested, hsm.now(), approvedBy, Set.of());
    return outcome.state() == Outcome.State.FULFILLED;
  }

  private SignedApproval parsed(Bytes encoded) {
    try {
      SignedApproval approval = SignedApproval.parse(encoded);
      approval.check();
      return approval;
    } catch (IllegalArgumentException e) {
      throw ServiceRefusal.inHsm("The extended Key Attribute Parameters are invalid");
    }
  }

  private boolean isAbout(SignedApproval approval, KeyEntry entry, Command command) {
    ApprovalToBeSigned signed = content(approval.approvalToBeSigned());
    return signed.operation() == command.kind().operation()
        && signed.keyLabel().equals(entry.key().label())
        && signed.payload().equals(command.payload())
        && Timestamp.parse(signed.timestamp()).payload().equals(command.payload())
        && SystemKeys.timestampSigner(hsm, partition)
            .verify(signed.timestamp(), signed.timestampSignature());
  }

  private static Instant requestedAt(Bytes approvalToBeSigned) {
    return Timestamp.parse(content(approvalToBeSigned).timestamp()).time();
  }

  private static ApprovalToBeSigned content(Bytes encoded) {
    try {
      return ApprovalToBeSigned.parse(encoded);
    } catch (IllegalArgumentException e) {
      throw ServiceRefusal.inHsm("The extended Key Attribute Parameters are invalid");
    }
  }

  private static ServiceRefusal insufficient() {
    return ServiceRefusal.inHsm(
        "Error creating signature. The provided approvals are insufficient.");
  }
}
