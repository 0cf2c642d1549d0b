package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The service's signature algorithms for certificates (contract 3.8). */
enum CertificateSignature {
  SHA224_WITH_RSA("SHA224withRSA", "1.2.840.113549.1.1.14", RSAKey.class),
  SHA256_WITH_RSA("SHA256withRSA", "1.2.840.113549.1.1.11", RSAKey.class),
  SHA384_WITH_RSA("SHA384withRSA", "1.2.840.113549.1.1.12", RSAKey.class),
  SHA512_WITH_RSA("SHA512withRSA", "1.2.840.113549.1.1.13", RSAKey.class),
  SHA256_WITH_ECDSA("SHA256withECDSA", "1.2.840.10045.4.3.2", ECKey.class),
  SHA384_WITH_ECDSA("SHA384withECDSA", "1.2.840.10045.4.3.3", ECKey.class),
  SHA512_WITH_ECDSA("SHA512withECDSA", "1.2.840.10045.4.3.4", ECKey.class),
  /** Known to newer releases only. */
  EDDSA("Ed25519", "1.3.101.112", EdECKey.class);

  private final String jcaName;
  private final String oid;
  private final Class<?> keyType;

  CertificateSignature(String jcaName, String oid, Class<?> keyType) {
    this.jcaName = jcaName;
    this.oid = oid;
    this.keyType = keyType;
  }

  /**
   * The algorithm a key signs certificates with.
   *
   * @param wanted a JCA name, null for the one that fits the key's strength
   * @throws HsmException when the service has none for the key
   */
  static CertificateSignature of(@Nullable String wanted, PublicKey key, String label)
      throws HsmException {
    return wanted == null ? forKey(key, label) : named(wanted, key, label);
  }

  private static CertificateSignature named(String wanted, PublicKey key, String label)
      throws HsmException {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.jcaName.equalsIgnoreCase(wanted))
        .filter(algorithm -> algorithm.keyType.isInstance(key))
        .findFirst()
        .orElseThrow(
            () ->
                new HsmException(
                    "the service signs no certificate with key '"
                        + label
                        + "' ("
                        + key.getAlgorithm()
                        + ") and "
                        + wanted
                        + "; it has "
                        + Arrays.stream(values())
                            .map(CertificateSignature::jcaName)
                            .collect(Collectors.joining(", ")),
                    null));
  }

  private static CertificateSignature forKey(PublicKey key, String label) throws HsmException {
    if (key instanceof ECKey ec) {
      int bits = ec.getParams().getOrder().bitLength();
      return bits <= 256 ? SHA256_WITH_ECDSA : bits <= 384 ? SHA384_WITH_ECDSA : SHA512_WITH_ECDSA;
    }
    if (key instanceof RSAKey) {
      return SHA256_WITH_RSA;
    }
    if (key instanceof EdECKey) {
      return EDDSA;
    }
    throw new HsmException(
        "the service signs certificates with RSA, EC and Ed25519 keys, and '"
            + label
            + "' is a "
            + key.getAlgorithm()
            + " key; sign the certificate in Java with the key's handle instead",
        null);
  }

  /** The service's name. */
  String serviceName() {
    return name();
  }

  /** The JCA's name. */
  String jcaName() {
    return jcaName;
  }

  /** What certificates and CSRs call it. */
  String oid() {
    return oid;
  }

  /** For people: the JCA name of an object identifier, or itself. */
  static String nameOf(String oid) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.oid.equals(oid))
        .findFirst()
        .map(CertificateSignature::jcaName)
        .orElse(oid);
  }
}
