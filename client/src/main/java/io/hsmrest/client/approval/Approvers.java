package io.hsmrest.client.approval;

import io.hsmrest.client.PlainText;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names approvers for people. The service tells public keys; the policy says whose they are: by the
 * name given there, else the certificate's subject, else the key's fingerprint.
 */
public final class Approvers {
  private final Map<Octets, String> names = new HashMap<>();
  private final Set<String> all = new LinkedHashSet<>();
  private final List<Group> groups = new ArrayList<>();
  private final int quorum;

  /** The groups of the only way there is; keys that the policy does not tell are not in it. */
  private record Group(Set<Octets> keys, int quorum, boolean isComplete) {
    int counted(List<Octets> approvedBy) {
      return Math.min(quorum, (int) approvedBy.stream().filter(keys::contains).count());
    }
  }

  /** Those who may approve a use of a key under this policy; nobody is known without one. */
  public Approvers(@Nullable Policy policy) {
    Policy.Rule rule = policy == null ? null : policy.ruleUse();
    List<Policy.Token> tokens = rule == null ? null : rule.tokens();
    if (tokens != null) {
      for (Policy.Token token : tokens) {
        token.groups().forEach(group -> groups.add(group(group)));
      }
    }
    if (tokens == null || tokens.size() != 1) {
      groups.clear();
    }
    this.quorum = groups.stream().mapToInt(Group::quorum).sum();
  }

  private Group group(Policy.Group group) {
    Set<Octets> keys = new HashSet<>();
    for (Policy.Approver approver : group.approvers()) {
      Octets key = add(approver);
      if (key != null) {
        keys.add(key);
      }
    }
    // The same approver twice is one, and onboarded ones have no key here.
    boolean complete = group.approvers().stream().allMatch(approver -> approver.value() != null);
    return new Group(keys, group.quorum(), complete);
  }

  /** Whether it is known of every approver which group the approval counts for. */
  private boolean isKnown(List<Octets> keys) {
    return !groups.isEmpty()
        && groups.stream().allMatch(Group::isComplete)
        && keys.stream()
            .allMatch(key -> groups.stream().anyMatch(group -> group.keys().contains(key)));
  }

  /** How many of these approvals help: no more of each group than its quorum. */
  public int counted(List<Octets> approvedBy) {
    return isKnown(approvedBy)
        ? groups.stream().mapToInt(group -> group.counted(approvedBy)).sum()
        : approvedBy.size();
  }

  /** Those whose approval would help: whose group has its quorum is not waited for. */
  public List<Octets> missing(List<Octets> approvedBy, List<Octets> notYetApprovedBy) {
    if (!isKnown(approvedBy)) {
      return notYetApprovedBy;
    }
    return notYetApprovedBy.stream()
        .filter(
            key ->
                groups.stream()
                    .filter(group -> group.keys().contains(key))
                    .map(group -> group.counted(approvedBy) < group.quorum())
                    .reduce(Boolean::logicalOr)
                    .orElse(true))
        .toList();
  }

  /** How many approvals are needed in all; 0 when there are several ways. */
  public int quorum() {
    return quorum;
  }

  /** Everybody who may approve a use of the key, separated by commas; empty when not known. */
  public String allNames() {
    return String.join(", ", all);
  }

  /** The names of these keys (SPKI, DER), separated by commas. */
  public String names(List<Octets> publicKeys) {
    return String.join(", ", publicKeys.stream().map(this::name).toList());
  }

  private String name(Octets publicKey) {
    return names.computeIfAbsent(publicKey, key -> "key " + fingerprint(key));
  }

  private @Nullable Octets add(Policy.Approver approver) {
    Octets value = approver.value();
    X509Certificate certificate =
        value != null && approver.type().equals("certificate") ? certificate(value) : null;
    Octets key = certificate == null ? value : Octets.of(certificate.getPublicKey().getEncoded());
    String name = approver.name();
    if ((name == null || name.isBlank()) && certificate != null) {
      name = certificate.getSubjectX500Principal().getName();
    }
    if (name != null && !name.isBlank()) {
      name = PlainText.oneLine(name);
      if (key != null) {
        names.put(key, name);
      }
    } else if (key != null) {
      name = name(key);
    }
    if (name != null) {
      all.add(name);
    }
    return key;
  }

  private static @Nullable X509Certificate certificate(Octets der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509", Security.getProvider("SUN"))
              .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
    } catch (CertificateException e) {
      return null;
    }
  }

  /** The first 16 hex digits of SHA-256 over the SPKI, enough to tell approvers apart. */
  private static String fingerprint(Octets key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return "SHA-256:"
          + HexFormat.of().formatHex(sha256.digest(key.toByteArray())).substring(0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no SHA-256 in this Java", e);
    }
  }
}
