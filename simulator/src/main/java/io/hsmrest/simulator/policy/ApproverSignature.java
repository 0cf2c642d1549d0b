package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.BouncyCastle;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks of what approvers signed (contract 2.6.1, 2.6.3). Thread-safe.
 *
 * <p>Digests: SHA-224, SHA-256, SHA-384, SHA-512, SHA3-224, SHA3-256, SHA3-384, SHA3-512, and EdDSA
 * for Ed25519 keys. Schemes by key: RSA PKCS#1 v1.5, ECDSA in DER, DSA, Ed25519.
 */
public final class ApproverSignature {
  private static final String EDDSA = "EdDSA";

  /** The service's digest names in JCA's spelling for signatures. */
  private static final Map<String, String> DIGESTS =
      Map.of(
          "SHA-224", "SHA224",
          "SHA-256", "SHA256",
          "SHA-384", "SHA384",
          "SHA-512", "SHA512",
          "SHA3-224", "SHA3-224",
          "SHA3-256", "SHA3-256",
          "SHA3-384", "SHA3-384",
          "SHA3-512", "SHA3-512");

  private ApproverSignature() {}

  /** Whether a digest of that name exists; EdDSA counts as one. */
  public static boolean isDigest(String digestAlgorithm) {
    return digestAlgorithm.equals(EDDSA) || DIGESTS.containsKey(digestAlgorithm);
  }

  /**
   * Checks one.
   *
   * @param publicKey SPKI DER
   * @param digestAlgorithm name as sent; for Ed25519 keys any of them is taken
   * @param signed bytes that were signed: of a timestamp its ASCII bytes
   * @throws ServiceRefusal 403 for a bad signature, 407 for an unreadable key, 601 for a key type
   *     approvers cannot have, 600 for an unknown digest
   */
  public static void check(Bytes publicKey, String digestAlgorithm, Bytes signed, Bytes signature) {
    ApproverKeyType type = ApproverKeyType.of(publicKey);
    verify(type, publicKey, jcaName(type, digestAlgorithm), signed, signature);
  }

  /**
   * Checks that approvers can have this key.
   *
   * @throws ServiceRefusal 407 for an unreadable key, 601 for a key type approvers cannot have
   */
  public static void checkKeyType(Bytes publicKey) {
    ApproverKeyType.of(publicKey).read(publicKey);
  }

  /** JCA name of the signature that a key of {@code type} makes with that digest. */
  static String jcaName(ApproverKeyType type, String digestAlgorithm) {
    String digest = DIGESTS.get(digestAlgorithm);
    boolean edDsa = type == ApproverKeyType.ED25519;
    if (digest == null && !(edDsa && digestAlgorithm.equals(EDDSA))) {
      throw ServiceRefusal.invalidInput(
          "The digest algorithm '" + digestAlgorithm + "' is not supported.");
    }
    return type.signature(digest == null ? "" : digest);
  }

  /** Verifies with a JCA algorithm name or its OID; 403 when the signature is bad. */
  static void verify(
      ApproverKeyType type, Bytes publicKey, String algorithm, Bytes signed, Bytes signature) {
    boolean valid;
    try {
      Signature engine = Signature.getInstance(algorithm, BouncyCastle.provider());
      engine.initVerify(type.read(publicKey));
      engine.update(signed.toArray());
      valid = engine.verify(signature.toArray());
    } catch (GeneralSecurityException e) {
      throw invalid(e);
    }
    if (!valid) {
      throw invalid(null);
    }
  }

  private static ServiceRefusal invalid(@Nullable Exception cause) {
    return new ServiceRefusal(
        Reason.INPUT_INVALID_SIGNATURE, "The provided signature is not valid.", cause);
  }
}
