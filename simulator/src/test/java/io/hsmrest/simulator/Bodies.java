package io.hsmrest.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Request bodies that many tests need. */
final class Bodies {
  static final String P256 = "1.2.840.10045.3.1.7";

  private static final String ATTRIBUTES =
      "`attributes`: {`sign`: true, `decrypt`: false, `unwrap`: false, `destroyable`: true}";

  private Bodies() {}

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String ecKey(String label) {
    return "{`label`: `%s`, `algorithm`: `EC`, `curveOid`: `%s`, %s}"
        .formatted(label, P256, ATTRIBUTES);
  }

  static String rsaKey(String label) {
    return "{`label`: `%s`, `algorithm`: `RSA`, `keySize`: 2048, %s}".formatted(label, ATTRIBUTES);
  }

  static String key(String label, String algorithm) {
    return "{`label`: `%s`, `algorithm`: `%s`, %s}".formatted(label, algorithm, ATTRIBUTES);
  }

  /** An EC key whose four rules are the same. */
  static String gatedKey(String label, String rule) {
    return gated(label, "`algorithm`: `EC`, `curveOid`: `" + P256 + "`", rule);
  }

  /** An RSA key whose four rules are the same. */
  static String gatedRsaKey(String label, String rule) {
    return gated(label, "`algorithm`: `RSA`, `keySize`: 2048", rule);
  }

  private static String gated(String label, String algorithm, String rule) {
    return """
    {`label`: `%s`, %s, %s,
     `policy`: {`ruleUse`: %s, `ruleBlock`: %s, `ruleUnblock`: %s, `ruleModify`: %s,
                `keyStatus`: {`blocked`: false}}}
    """
        .formatted(label, algorithm, ATTRIBUTES, rule, rule, rule, rule);
  }

  static String rule(String... tokens) {
    return "{`tokens`: [" + String.join(", ", tokens) + "]}";
  }

  static String token(int timelock, int timeout, String... groups) {
    return "{`name`: `token`, `timelock`: %d, `timeout`: %d, `groups`: [%s]}"
        .formatted(timelock, timeout, String.join(", ", groups));
  }

  static String group(int quorum, TestApprover... approvers) {
    return "{`name`: `group`, `quorum`: %d, `approvals`: [%s]}"
        .formatted(
            quorum,
            List.of(approvers).stream()
                .map(TestApprover::approval)
                .collect(Collectors.joining(", ")));
  }

  static String sign(String label, String payload) {
    return "{`signRequest`: {`payload`: `%s`, `signKeyName`: `%s`, %s}}"
        .formatted(base64(payload), label, "`signatureAlgorithm`: `SHA256_WITH_ECDSA`");
  }

  static String selfSign(String label, String algorithm) {
    return """
    {`signKeyName`: `%s`, `validity`: 365, `signatureAlgorithm`: `%s`, `commonName`: `%s`,
     `certificateAuthority`: true}
    """
        .formatted(label, algorithm, label);
  }
}
