package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.CertificateFacts;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.policy.PolicyInput.ApprovalInput;
import io.hsmrest.simulator.policy.PolicyInput.GroupInput;
import io.hsmrest.simulator.policy.PolicyInput.RuleInput;
import io.hsmrest.simulator.policy.PolicyInput.TokenInput;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds out whom the well-formed fields of a policy mean. */
final class ApproverReader {
  private final OnboardedApprovers onboarded;

  ApproverReader(OnboardedApprovers onboarded) {
    this.onboarded = onboarded;
  }

  Rule rule(RuleInput input) {
    List<@Nullable TokenInput> tokens = input.tokens();
    return new Rule(
        tokens == null
            ? null
            : tokens.stream().map(token -> token(Objects.requireNonNull(token))).toList());
  }

  private Token token(TokenInput input) {
    List<@Nullable GroupInput> groups =
        Objects.requireNonNullElse(input.groups(), List.<@Nullable GroupInput>of());
    return new Token(
        input.name(),
        Objects.requireNonNull(input.timelock()),
        Objects.requireNonNull(input.timeout()),
        groups.stream().map(group -> group(Objects.requireNonNull(group))).toList());
  }

  private Group group(GroupInput input) {
    List<ApprovalInput> inputs =
        Objects.requireNonNull(input.approvals()).stream()
            .map(approval -> Objects.requireNonNull(approval))
            .toList();
    if (inputs.isEmpty()) {
      throw new ServiceRefusal(Reason.MISSING_APPROVAL, "Group does not contain any approval");
    }
    if (inputs.stream()
            .map(approval -> approval.type() == ApprovalType.PUBLIC_KEY)
            .distinct()
            .count()
        > 1) {
      throw new ServiceRefusal(
          Reason.UNSUPPORTED_COMBINATION_OF_APPROVAL_TYPES,
          "A group must not contain both certificates and public keys.");
    }
    return new Group(
        input.name(),
        Objects.requireNonNull(input.quorum()),
        inputs.stream().map(this::approval).toList());
  }

  private Approval approval(ApprovalInput input) {
    return switch (Objects.requireNonNull(input.type())) {
      case PUBLIC_KEY -> {
        Bytes key = value(input);
        ApproverSignature.checkKeyType(key);
        yield Approval.ofPublicKey(input.name(), key);
      }
      case CERTIFICATE -> {
        CertificateFacts certificate =
            CertificateFacts.read(value(input), Reason.INVALID_CERTIFICATE);
        if (certificate.commonName() == null || certificate.commonName().isEmpty()) {
          throw new ServiceRefusal(
              Reason.INPUT_NO_NAME_FOR_CERTIFICATE_APPROVER,
              "The certificate of an approver has no common name.");
        }
        yield certificate(ApprovalType.CERTIFICATE, certificate.commonName(), certificate);
      }
      case ONBOARDED_APPROVER_CERTIFICATE -> onboarded(input.name());
    };
  }

  private Approval onboarded(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      throw new ServiceRefusal(
          Reason.INPUT_NO_VALUE_FOR_APPROVER_MGMT, "The name of an onboarded approver is missing.");
    }
    return certificate(
        ApprovalType.ONBOARDED_APPROVER_CERTIFICATE,
        name,
        CertificateFacts.read(onboarded.certificate(name), Reason.INVALID_CERTIFICATE));
  }

  private static Approval certificate(
      ApprovalType type, String name, CertificateFacts certificate) {
    ApproverSignature.checkKeyType(certificate.publicKey());
    return new Approval(type, name, certificate.der(), certificate.publicKey());
  }

  private static Bytes value(ApprovalInput input) {
    return Objects.requireNonNull(decode(Objects.requireNonNull(input.value())));
  }

  /**
   * Bare base64; the service's validator takes PEM's first and last line away before it looks
   * (contract 1.4). Null when it is no base64.
   */
  static @Nullable Bytes decode(String text) {
    String bare = text.replaceAll("-----(BEGIN|END) (PUBLIC KEY|CERTIFICATE)-----", "");
    try {
      return Bytes.ofBase64(bare);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
