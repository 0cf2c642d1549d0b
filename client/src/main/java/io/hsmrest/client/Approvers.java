package io.hsmrest.client;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashMap;
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
final class Approvers {
  private final Map<Octets, String> names = new HashMap<>();
  private final Set<String> all = new LinkedHashSet<>();
  private final int quorum;

  Approvers(@Nullable Policy policy) {
    Policy.Rule rule = policy == null ? null : policy.ruleUse();
    List<Policy.Token> tokens = rule == null ? null : rule.tokens();
    int needed = 0;
    if (tokens != null) {
      for (Policy.Token token : tokens) {
        token.groups().forEach(group -> group.approvers().forEach(this::add));
      }
      needed =
          tokens.size() == 1
              ? tokens.get(0).groups().stream().mapToInt(Policy.Group::quorum).sum()
              : 0;
    }
    this.quorum = needed;
  }

  /** How many approvals are needed in all; 0 when there are several ways. */
  int quorum() {
    return quorum;
  }

  /** Everybody who may approve a use of the key, separated by commas; empty when not known. */
  String allNames() {
    return String.join(", ", all);
  }

  /** The names of these keys (SPKI, DER), separated by commas. */
  String names(List<Octets> publicKeys) {
    return String.join(", ", publicKeys.stream().map(this::name).toList());
  }

  private String name(Octets publicKey) {
    return names.computeIfAbsent(publicKey, key -> "key " + fingerprint(key));
  }

  private void add(Policy.Approver approver) {
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
