package io.hsmrest.keystore;

import io.hsmrest.client.HsmLogger;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The key pairs made in this session that have no certificate yet, and those that were not made.
 * Whatever goes wrong between the making of a key and its certificate leaves the key in the HSM,
 * and the user has to be told. Thread-safe.
 */
final class NewKeys {
  private final Map<String, PublicKey> withoutCertificate = new ConcurrentHashMap<>();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Map<String, String> refused = new ConcurrentHashMap<>();

  /**
   * Why a key was not made. Where this provider comes first and is not named, the JDK keeps that to
   * itself and makes a software key.
   */
  void refused(String label, String why) {
    refused.put(label, why);
  }

  /** For the end of the message that refuses the software key; or "". */
  String refusal(String label) {
    String why = refused.get(label);
    return why == null ? "" : "; the HSM made none: " + why;
  }

  void made(String label, PublicKey publicKey) {
    withoutCertificate.put(label, publicKey);
    told.remove(label);
  }

  /** What is there now and what can be done about it. */
  static String leftBehindText(String label) {
    return "key '"
        + label
        + "' was created and stays in the HSM without a certificate: finish it with keytool"
        + " -selfcert or -certreq, each with -dname OWNER (else the owner is a placeholder) and"
        + " -J-Dhsmrest.keys.withoutCertificate=placeholder, or in Java with"
        + " KeyStore.setEntry(alias, new SelfSignRequest(...)); or delete it with keytool -delete and"
        + " -J-Dhsmrest.keys.delete=allow";
  }

  void certificateSet(String label) {
    withoutCertificate.remove(label);
  }

  void gone(String label) {
    withoutCertificate.remove(label);
  }

  /** Whether a certificate is for one of them, so that nothing in the HSM can have it yet. */
  boolean isFor(Certificate certificate) {
    PublicKey publicKey = certificate.getPublicKey();
    return withoutCertificate.values().stream().anyMatch(key -> JdkCrypto.sameKey(key, publicKey));
  }

  /** For the end of a failure's message: what becomes of a key that has just been made, or "". */
  String leftBehind(String label) {
    if (!withoutCertificate.containsKey(label)) {
      return "";
    }
    told.add(label);
    return "; " + leftBehindText(label);
  }

  /**
   * Tells at the end of this program, unless the key has a certificate by then or a failure has
   * told already. keytool ends in many ways after it has made a key, most of them its own.
   */
  void tellAtExit(String label) {
    Thread hook =
        new Thread(
            () -> {
              if (withoutCertificate.containsKey(label) && !told.contains(label)) {
                HsmLogger.makeWay();
                System.err.println("hsmrest: " + leftBehindText(label));
              }
            },
            "hsmrest-left-behind");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending already, and nobody waits for this key.
    }
  }
}
