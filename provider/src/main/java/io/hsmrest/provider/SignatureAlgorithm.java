package io.hsmrest.provider;

import static io.hsmrest.provider.KeyFamily.ECDSA;
import static io.hsmrest.provider.KeyFamily.EDDSA;
import static io.hsmrest.provider.KeyFamily.ML_DSA;
import static io.hsmrest.provider.KeyFamily.RSA;
import static io.hsmrest.provider.KeyFamily.RSA_PSS;
import static io.hsmrest.provider.KeyFamily.SLH_DSA;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.PqcParameterSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every signature algorithm there is here, one row each. Registration, tests and the README's table
 * are made of this.
 */
enum SignatureAlgorithm {
  SHA224_RSA("SHA224withRSA", RSA, Hash.SHA224, "1.2.840.113549.1.1.14"),
  SHA256_RSA("SHA256withRSA", RSA, Hash.SHA256, "1.2.840.113549.1.1.11"),
  SHA384_RSA("SHA384withRSA", RSA, Hash.SHA384, "1.2.840.113549.1.1.12"),
  SHA512_RSA("SHA512withRSA", RSA, Hash.SHA512, "1.2.840.113549.1.1.13"),
  NONE_RSA("NONEwithRSA", RSA, null),

  RSASSA_PSS("RSASSA-PSS", RSA_PSS, null, "1.2.840.113549.1.1.10"),
  SHA224_PSS("SHA224withRSAandMGF1", RSA_PSS, Hash.SHA224),
  SHA256_PSS("SHA256withRSAandMGF1", RSA_PSS, Hash.SHA256),
  SHA384_PSS("SHA384withRSAandMGF1", RSA_PSS, Hash.SHA384),
  SHA512_PSS("SHA512withRSAandMGF1", RSA_PSS, Hash.SHA512),

  SHA224_ECDSA("SHA224withECDSA", ECDSA, Hash.SHA224, "1.2.840.10045.4.3.1"),
  SHA256_ECDSA("SHA256withECDSA", ECDSA, Hash.SHA256, "1.2.840.10045.4.3.2"),
  SHA384_ECDSA("SHA384withECDSA", ECDSA, Hash.SHA384, "1.2.840.10045.4.3.3"),
  SHA512_ECDSA("SHA512withECDSA", ECDSA, Hash.SHA512, "1.2.840.10045.4.3.4"),
  SHA3_224_ECDSA("SHA3-224withECDSA", ECDSA, Hash.SHA3_224, "2.16.840.1.101.3.4.3.9"),
  SHA3_256_ECDSA("SHA3-256withECDSA", ECDSA, Hash.SHA3_256, "2.16.840.1.101.3.4.3.10"),
  SHA3_384_ECDSA("SHA3-384withECDSA", ECDSA, Hash.SHA3_384, "2.16.840.1.101.3.4.3.11"),
  SHA3_512_ECDSA("SHA3-512withECDSA", ECDSA, Hash.SHA3_512, "2.16.840.1.101.3.4.3.12"),
  NONE_ECDSA("NONEwithECDSA", ECDSA, null),

  SHA224_ECDSA_P1363("SHA224withECDSAinP1363Format", ECDSA, Hash.SHA224),
  SHA256_ECDSA_P1363("SHA256withECDSAinP1363Format", ECDSA, Hash.SHA256),
  SHA384_ECDSA_P1363("SHA384withECDSAinP1363Format", ECDSA, Hash.SHA384),
  SHA512_ECDSA_P1363("SHA512withECDSAinP1363Format", ECDSA, Hash.SHA512),
  SHA3_224_ECDSA_P1363("SHA3-224withECDSAinP1363Format", ECDSA, Hash.SHA3_224),
  SHA3_256_ECDSA_P1363("SHA3-256withECDSAinP1363Format", ECDSA, Hash.SHA3_256),
  SHA3_384_ECDSA_P1363("SHA3-384withECDSAinP1363Format", ECDSA, Hash.SHA3_384),
  SHA3_512_ECDSA_P1363("SHA3-512withECDSAinP1363Format", ECDSA, Hash.SHA3_512),
  NONE_ECDSA_P1363("NONEwithECDSAinP1363Format", ECDSA, null),

  ED25519("Ed25519", EDDSA, null, "1.3.101.112"),
  EDDSA_ANY("EdDSA", EDDSA, null),

  ML_DSA_ANY("ML-DSA", ML_DSA, null),
  ML_DSA_44(PqcParameterSet.ML_DSA_44),
  ML_DSA_65(PqcParameterSet.ML_DSA_65),
  ML_DSA_87(PqcParameterSet.ML_DSA_87),

  SLH_DSA_ANY("SLH-DSA", SLH_DSA, null),
  SLH_DSA_SHA2_128S(PqcParameterSet.SLH_DSA_SHA2_128S),
  SLH_DSA_SHA2_128F(PqcParameterSet.SLH_DSA_SHA2_128F),
  SLH_DSA_SHA2_192S(PqcParameterSet.SLH_DSA_SHA2_192S),
  SLH_DSA_SHA2_192F(PqcParameterSet.SLH_DSA_SHA2_192F),
  SLH_DSA_SHA2_256S(PqcParameterSet.SLH_DSA_SHA2_256S),
  SLH_DSA_SHA2_256F(PqcParameterSet.SLH_DSA_SHA2_256F),
  SLH_DSA_SHAKE_128S(PqcParameterSet.SLH_DSA_SHAKE_128S),
  SLH_DSA_SHAKE_128F(PqcParameterSet.SLH_DSA_SHAKE_128F),
  SLH_DSA_SHAKE_192S(PqcParameterSet.SLH_DSA_SHAKE_192S),
  SLH_DSA_SHAKE_192F(PqcParameterSet.SLH_DSA_SHAKE_192F),
  SLH_DSA_SHAKE_256S(PqcParameterSet.SLH_DSA_SHAKE_256S),
  SLH_DSA_SHAKE_256F(PqcParameterSet.SLH_DSA_SHAKE_256F);

  private final String jcaName;
  private final KeyFamily family;
  private final @Nullable Hash hash;
  private final @Nullable PqcParameterSet set;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> oids;

  SignatureAlgorithm(String jcaName, KeyFamily family, @Nullable Hash hash, String... oids) {
    this.jcaName = jcaName;
    this.family = family;
    this.hash = hash;
    this.set = null;
    this.oids = List.of(oids);
  }

  SignatureAlgorithm(PqcParameterSet set) {
    this.jcaName = set.parameterName();
    this.family = set.isMlDsa() ? ML_DSA : SLH_DSA;
    this.hash = null;
    this.set = set;
    this.oids = List.of(set.oid());
  }

  /** The JCA standard name, or Bouncy Castle's where JCA has none. */
  String jcaName() {
    return jcaName;
  }

  /** Whether this key can sign so. */
  boolean accepts(HsmPrivateKey key) {
    return family.accepts(key)
        && (set == null || PqcParameterSet.of(key.publicKey()).filter(this::isFor).isPresent());
  }

  /** Whether it is for keys of this parameter set. */
  boolean isFor(PqcParameterSet keys) {
    return set == null ? family == (keys.isMlDsa() ? ML_DSA : SLH_DSA) : set == keys;
  }

  /** What keys it takes, for messages. */
  String keyName() {
    return set == null ? family.keyName() : set.parameterName();
  }

  /** Type of key and way of signing. */
  KeyFamily family() {
    return family;
  }

  /**
   * The hash that the name fixes; null for {@code NONEwith...}, for schemes that hash inside, and
   * for {@code RSASSA-PSS}, whose parameters name it.
   */
  @Nullable Hash hash() {
    return hash;
  }

  /** Other names under which it is looked up: its OID, with and without prefix. */
  List<String> aliases() {
    return oids.stream().flatMap(oid -> List.of(oid, "OID." + oid).stream()).toList();
  }

  /** Whether an ECDSA signature is r and s of fixed length instead of DER (IEEE P1363). */
  boolean isP1363() {
    return jcaName.endsWith("inP1363Format");
  }

  /** Whether the JDK has the scheme under another name alone. */
  boolean isBouncyCastlesName() {
    return jcaName.endsWith("andMGF1");
  }

  /** Whether the caller hands in the digest, or the DigestInfo, instead of the message. */
  boolean isRaw() {
    return jcaName.startsWith("NONE");
  }
}
