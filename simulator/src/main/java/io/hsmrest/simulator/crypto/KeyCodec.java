package io.hsmrest.simulator.crypto;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * From encodings to Bouncy Castle's key objects and back. Bouncy Castle has two factories, one for
 * each generation of algorithms.
 */
final class KeyCodec {
  private KeyCodec() {}

  static AsymmetricKeyParameter privateKey(KeyFamily family, byte[] pkcs8) throws IOException {
    return isPostQuantum(family)
        ? org.bouncycastle.pqc.crypto.util.PrivateKeyFactory.createKey(pkcs8)
        : org.bouncycastle.crypto.util.PrivateKeyFactory.createKey(pkcs8);
  }

  static AsymmetricKeyParameter publicKey(KeyFamily family, byte[] spki) throws IOException {
    return isPostQuantum(family)
        ? org.bouncycastle.pqc.crypto.util.PublicKeyFactory.createKey(spki)
        : org.bouncycastle.crypto.util.PublicKeyFactory.createKey(spki);
  }

  static Bytes pkcs8(KeyFamily family, AsymmetricKeyParameter key) throws IOException {
    PrivateKeyInfo info =
        isPostQuantum(family)
            ? org.bouncycastle.pqc.crypto.util.PrivateKeyInfoFactory.createPrivateKeyInfo(key)
            : org.bouncycastle.crypto.util.PrivateKeyInfoFactory.createPrivateKeyInfo(key);
    return Bytes.owning(info.getEncoded("DER"));
  }

  static Bytes spki(KeyFamily family, AsymmetricKeyParameter key) throws IOException {
    SubjectPublicKeyInfo info =
        isPostQuantum(family)
            ? org.bouncycastle.pqc.crypto.util.SubjectPublicKeyInfoFactory
                .createSubjectPublicKeyInfo(key)
            : org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                key);
    return Bytes.owning(info.getEncoded("DER"));
  }

  static AlgorithmIdentifier algorithm(Bytes spki) {
    return SubjectPublicKeyInfo.getInstance(spki.content()).getAlgorithm();
  }

  /** The named curve of an EC key; null when it is spelt out. */
  static @Nullable ASN1ObjectIdentifier curve(AlgorithmIdentifier ec) {
    return ec.getParameters() instanceof ASN1ObjectIdentifier oid ? oid : null;
  }

  private static boolean isPostQuantum(KeyFamily family) {
    return switch (family) {
      case ML_DSA, SLH_DSA, ML_KEM, LMS, XMSS -> true;
      default -> false;
    };
  }
}
