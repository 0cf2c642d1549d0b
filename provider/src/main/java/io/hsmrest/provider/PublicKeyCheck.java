package io.hsmrest.provider;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.jspecify.annotations.Nullable;

/**
 * Checks a signature with the public key from the digest alone, so that nobody hashes a large
 * message twice. JDK first; Bouncy Castle where the JDK takes no digest (RSASSA-PSS) or lacks the
 * curve.
 */
final class PublicKeyCheck {
  private PublicKeyCheck() {}

  /**
   * Whether the signature is the key's.
   *
   * @param hash null for raw input and schemes that hash inside
   * @param input the digest, or the raw input, or the message
   */
  static boolean verifies(
      KeyFamily family, @Nullable Hash hash, PublicKey key, byte[] input, byte[] signature) {
    try {
      return switch (family) {
        case RSA ->
            rsa((RSAPublicKey) key, hash == null ? input : digestInfo(hash, input), signature);
        case RSA_PSS -> hash != null && pss((RSAPublicKey) key, hash, input, signature);
        case ECDSA -> ecdsa((ECPublicKey) key, input, signature);
        case EDDSA, ML_DSA, SLH_DSA -> jdk(key.getAlgorithm(), key, input, signature);
      };
    } catch (GeneralSecurityException | RuntimeException e) {
      // Garbage in the signature shows as any of these; it is no signature of this key.
      return false;
    }
  }

  private static boolean rsa(RSAPublicKey key, byte[] expected, byte[] signature)
      throws GeneralSecurityException {
    Cipher cipher = JdkEngines.rsaCipher();
    cipher.init(Cipher.DECRYPT_MODE, key);
    return MessageDigest.isEqual(expected, cipher.doFinal(signature));
  }

  private static boolean pss(RSAPublicKey key, Hash hash, byte[] digest, byte[] signature) {
    PSSSigner signer =
        PSSSigner.createRawSigner(
            new RSAEngine(), content(hash), content(hash), hash.length(), (byte) 0xBC);
    signer.init(false, new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent()));
    signer.update(digest, 0, digest.length);
    return signer.verifySignature(signature);
  }

  private static boolean ecdsa(ECPublicKey key, byte[] digest, byte[] signature)
      throws GeneralSecurityException {
    if (EcCheck.isBeyondTheJdk(key)) {
      return EcCheck.verifies(key, digest, signature);
    }
    // SunEC's raw engine buffers 64 bytes and takes the leftmost bits of them itself.
    return jdk("NONEwithECDSA", key, digest, signature);
  }

  private static boolean jdk(String algorithm, PublicKey key, byte[] input, byte[] signature)
      throws GeneralSecurityException {
    Signature engine =
        JdkEngines.signature(algorithm)
            .orElseThrow(() -> new GeneralSecurityException("no " + algorithm + " in this Java"));
    engine.initVerify(key);
    engine.update(input);
    return engine.verify(signature);
  }

  /** DER of the DigestInfo of PKCS#1 v1.5 (RFC 8017 9.2). */
  static byte[] digestInfo(Hash hash, byte[] digest) {
    try {
      return new DigestInfo(
              new AlgorithmIdentifier(new ASN1ObjectIdentifier(hash.oid()), DERNull.INSTANCE),
              digest)
          .getEncoded("DER");
    } catch (java.io.IOException e) {
      throw new IllegalStateException("a digest cannot be encoded", e);
    }
  }

  private static Digest content(Hash hash) {
    return switch (hash) {
      case SHA224 -> new SHA224Digest();
      case SHA256 -> new SHA256Digest();
      case SHA384 -> new SHA384Digest();
      case SHA512 -> new SHA512Digest();
      default -> throw new IllegalArgumentException("no RSASSA-PSS with " + hash.jdkName());
    };
  }
}
