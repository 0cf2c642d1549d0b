package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.DSAKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.jspecify.annotations.Nullable;

/** Reads key material that a client brings (contract 2.1.6). Thread-safe. */
public final class KeyImport {
  private KeyImport() {}

  /**
   * A key pair.
   *
   * @param algorithm name of contract 3.1
   * @param privateKey PKCS#8 DER, or PKCS#1 DER for RSA
   * @param publicKey SubjectPublicKeyInfo DER; null derives it where the private key tells it
   * @param certificate X.509 DER that carries the public key instead, or null
   * @throws ServiceRefusal 600 for an unknown algorithm, 625 for a key that is not DER, 626 for a
   *     certificate that is not, 407 for a key of another algorithm, or halves that do not belong
   *     together
   */
  public static KeyMaterial keyPair(
      String algorithm, Bytes privateKey, @Nullable Bytes publicKey, @Nullable Bytes certificate) {
    KeyFamily family = family(algorithm, false);
    PrivateKeyInfo info = PrivateKeyDecoder.read(privateKey.content());
    if (info == null) {
      throw badEncoding("private");
    }
    try {
      AsymmetricKeyParameter parsed = KeyCodec.privateKey(family, info.getEncoded("DER"));
      SubjectPublicKeyInfo derived =
          SubjectPublicKeyInfo.getInstance(
              KeyCodec.spki(family, PrivateKeyDecoder.publicHalf(parsed)).content());
      KeyMaterial pair = material(algorithm, family, Bytes.owning(info.getEncoded("DER")), derived);
      checkSame(pair, algorithm, publicKey, certificate);
      return pair;
    } catch (ServiceRefusal e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw unusable(algorithm, e);
    }
  }

  private static void checkSame(
      KeyMaterial pair, String algorithm, @Nullable Bytes publicKey, @Nullable Bytes certificate) {
    KeyMaterial given =
        publicKey != null
            ? publicKey(algorithm, publicKey)
            : certificate != null ? certificate(algorithm, certificate) : null;
    if (given != null && !Objects.equals(given.publicKey(), pair.publicKey())) {
      throw new ServiceRefusal(
          Reason.PARSING_KEY, "The public key does not belong to the private key.");
    }
  }

  /**
   * A lone public key.
   *
   * @throws ServiceRefusal 600, 625 or 407, see {@link #keyPair}
   */
  public static KeyMaterial publicKey(String algorithm, Bytes publicKey) {
    KeyFamily family = family(algorithm, false);
    SubjectPublicKeyInfo info;
    try {
      info = SubjectPublicKeyInfo.getInstance(publicKey.content());
    } catch (RuntimeException e) {
      throw badEncoding("public");
    }
    try {
      return material(algorithm, family, null, canonical(family, info));
    } catch (ServiceRefusal e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw unusable(algorithm, e);
    }
  }

  /** The same key as Bouncy Castle writes it, so that two encodings of one key are equal. */
  private static SubjectPublicKeyInfo canonical(KeyFamily family, SubjectPublicKeyInfo info)
      throws IOException {
    AsymmetricKeyParameter parsed = KeyCodec.publicKey(family, info.getEncoded("DER"));
    return SubjectPublicKeyInfo.getInstance(KeyCodec.spki(family, parsed).content());
  }

  /**
   * The public key of a lone certificate.
   *
   * @param algorithm name of contract 3.1, or null to take the certificate's own
   * @throws ServiceRefusal 600, 626 or 407, see {@link #keyPair}
   */
  public static KeyMaterial certificate(@Nullable String algorithm, Bytes certificate) {
    Bytes publicKey =
        CertificateFacts.read(certificate, Reason.CERTIFICATE_INVALID_ENCODING).publicKey();
    return publicKey(
        algorithm == null ? AlgorithmName.of(KeyCodec.algorithm(publicKey)) : algorithm, publicKey);
  }

  /**
   * A secret key.
   *
   * @throws ServiceRefusal 600 for an unknown algorithm, 625 for a length it cannot have
   */
  public static KeyMaterial secretKey(String algorithm, Bytes raw) {
    KeyFamily family = family(algorithm, true);
    int bits = raw.size() * Byte.SIZE;
    if (!SecretKeys.isPossible(family, bits)) {
      throw badEncoding("secret");
    }
    return KeyMaterial.secret(algorithm, bits, raw);
  }

  private static KeyFamily family(String algorithm, boolean symmetric) {
    KeyFamily family = KeyFamily.byName(algorithm);
    if (family == null) {
      throw ServiceRefusal.invalidInput("Unsupported algorithm: '" + algorithm + "'");
    }
    if (family == KeyFamily.MISSING) {
      throw new ServiceRefusal(
          Reason.ALGORITHM_NOT_SUPPORTED_BY_KEY,
          "The algorithm '" + algorithm + "' is not supported by this simulator.");
    }
    if (family.isSymmetric() != symmetric) {
      throw unusable(algorithm, null);
    }
    return family;
  }

  private static KeyMaterial material(
      String algorithm, KeyFamily family, @Nullable Bytes pkcs8, SubjectPublicKeyInfo publicKey)
      throws IOException {
    AlgorithmIdentifier identifier = publicKey.getAlgorithm();
    if (!AlgorithmName.of(identifier).equals(algorithm)) {
      throw unusable(algorithm, null);
    }
    Bytes spki = Bytes.owning(publicKey.getEncoded("DER"));
    AsymmetricKeyParameter parsed = KeyCodec.publicKey(family, spki.content());
    return KeyMaterial.pair(
        algorithm, family == KeyFamily.EC ? curve(identifier) : null, size(parsed), pkcs8, spki);
  }

  private static @Nullable Integer size(AsymmetricKeyParameter key) {
    if (key instanceof RSAKeyParameters rsa) {
      return rsa.getModulus().bitLength();
    }
    return key instanceof DSAKeyParameters dsa ? dsa.getParameters().getP().bitLength() : null;
  }

  private static String curve(AlgorithmIdentifier identifier) {
    ASN1ObjectIdentifier curve = KeyCodec.curve(identifier);
    if (curve == null || !Curves.isSupported(curve)) {
      throw ServiceRefusal.invalidInput(
          "Unsupported Curve: '" + (curve == null ? "explicit parameters" : curve.getId()) + "'");
    }
    return curve.getId();
  }

  private static ServiceRefusal badEncoding(String which) {
    return new ServiceRefusal(
        Reason.KEY_INVALID_ENCODING, "The " + which + " key has an invalid encoding.");
  }

  private static ServiceRefusal unusable(String algorithm, @Nullable Exception cause) {
    return new ServiceRefusal(
        Reason.PARSING_KEY, "The key can not be used as a key of '" + algorithm + "'.", cause);
  }
}
