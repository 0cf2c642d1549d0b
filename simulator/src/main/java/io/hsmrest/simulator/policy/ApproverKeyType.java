package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.BouncyCastle;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** The key types that approvers may have (contract 2.6.5, without BLS). */
enum ApproverKeyType {
  RSA("RSA"),
  EC("ECDSA"),
  DSA("DSA"),
  ED25519("Ed25519");

  private final String scheme;

  ApproverKeyType(String scheme) {
    this.scheme = scheme;
  }

  /** JCA name of the signature with that digest, in JCA's spelling. */
  String signature(String digest) {
    return this == ED25519 ? scheme : digest + "with" + scheme;
  }

  /** The type of an encoded public key; 407 when it is none, 601 when it is of another type. */
  static ApproverKeyType of(Bytes spki) {
    String oid;
    try {
      oid = SubjectPublicKeyInfo.getInstance(spki.toArray()).getAlgorithm().getAlgorithm().getId();
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
    return switch (oid) {
      case "1.2.840.113549.1.1.1" -> RSA;
      case "1.2.840.10045.2.1" -> EC;
      case "1.2.840.10040.4.1" -> DSA;
      case "1.3.101.112" -> ED25519;
      default ->
          throw new ServiceRefusal(
              Reason.UNSUPPORTED_APPROVER_KEY_TYPE,
              "Approver keys of the algorithm " + oid + " are not supported.");
    };
  }

  /** The key itself; 407 when it is none. */
  PublicKey read(Bytes spki) {
    String algorithm = this == EC ? "EC" : scheme;
    try {
      return KeyFactory.getInstance(algorithm, BouncyCastle.provider())
          .generatePublic(new X509EncodedKeySpec(spki.toArray()));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  private static ServiceRefusal unreadable(Exception cause) {
    return new ServiceRefusal(
        Reason.PARSING_KEY, "The public key of the approver can not be read.", cause);
  }
}
