package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.DSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.DSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.pqc.crypto.lms.HSSPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.mldsa.MLDSAPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMPublicKeyParameters;
import org.bouncycastle.pqc.crypto.slhdsa.SLHDSAPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.slhdsa.SLHDSAPublicKeyParameters;
import org.bouncycastle.pqc.crypto.xmss.XMSSPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.xmss.XMSSPublicKeyParameters;
import org.jspecify.annotations.Nullable;

/** Reads private keys from outside and finds their public halves. */
final class PrivateKeyDecoder {
  private static final AlgorithmIdentifier RSA =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

  private PrivateKeyDecoder() {}

  /** The key as PKCS#8; wraps the older form of RSA keys. Null when it is neither. */
  static @Nullable PrivateKeyInfo read(byte[] der) {
    try {
      return PrivateKeyInfo.getInstance(ASN1Primitive.fromByteArray(der));
    } catch (IOException | RuntimeException notPkcs8) {
      return readPkcs1(der);
    }
  }

  private static @Nullable PrivateKeyInfo readPkcs1(byte[] der) {
    try {
      return new PrivateKeyInfo(RSA, RSAPrivateKey.getInstance(ASN1Primitive.fromByteArray(der)));
    } catch (IOException | RuntimeException notPkcs1) {
      return null;
    }
  }

  /** The public half of {@code key}. */
  static AsymmetricKeyParameter publicHalf(AsymmetricKeyParameter key) {
    if (key instanceof RSAPrivateCrtKeyParameters rsa) {
      return new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
    }
    if (key instanceof ECPrivateKeyParameters ec) {
      return new ECPublicKeyParameters(
          new FixedPointCombMultiplier().multiply(ec.getParameters().getG(), ec.getD()),
          ec.getParameters());
    }
    if (key instanceof Ed25519PrivateKeyParameters ed) {
      return ed.generatePublicKey();
    }
    if (key instanceof DSAPrivateKeyParameters dsa) {
      BigInteger y = dsa.getParameters().getG().modPow(dsa.getX(), dsa.getParameters().getP());
      return new DSAPublicKeyParameters(y, dsa.getParameters());
    }
    return postQuantumPublicHalf(key);
  }

  private static AsymmetricKeyParameter postQuantumPublicHalf(AsymmetricKeyParameter key) {
    if (key instanceof MLDSAPrivateKeyParameters mlDsa) {
      return mlDsa.getPublicKeyParameters();
    }
    if (key instanceof SLHDSAPrivateKeyParameters slhDsa) {
      return new SLHDSAPublicKeyParameters(slhDsa.getParameters(), slhDsa.getPublicKey());
    }
    if (key instanceof MLKEMPrivateKeyParameters mlKem) {
      return new MLKEMPublicKeyParameters(mlKem.getParameters(), mlKem.getPublicKey());
    }
    if (key instanceof HSSPrivateKeyParameters lms) {
      return lms.getPublicKey();
    }
    if (key instanceof XMSSPrivateKeyParameters xmss) {
      return new XMSSPublicKeyParameters.Builder(xmss.getParameters())
          .withPublicSeed(xmss.getPublicSeed())
          .withRoot(xmss.getRoot())
          .build();
    }
    throw new IllegalArgumentException("no public half of " + key.getClass().getSimpleName());
  }
}
