package io.hsmrest.simulator.crypto;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One value of the service's {@code signatureAlgorithm} (contract 3.4). */
public final class SignatureAlgorithm {
  private static final Map<String, SignatureAlgorithm> ALL = table();

  private static final Set<String> FOR_CERTIFICATES =
      Set.of(
          "SHA224_WITH_RSA",
          "SHA256_WITH_RSA",
          "SHA384_WITH_RSA",
          "SHA512_WITH_RSA",
          "SHA256_WITH_ECDSA",
          "SHA384_WITH_ECDSA",
          "SHA512_WITH_ECDSA",
          "EDDSA");

  private final String name;
  private final Scheme scheme;
  private final @Nullable Hash hash;

  private SignatureAlgorithm(String name, Scheme scheme, @Nullable Hash hash) {
    this.name = name;
    this.scheme = scheme;
    this.hash = hash;
  }

  private static Map<String, SignatureAlgorithm> table() {
    Map<String, SignatureAlgorithm> table = new LinkedHashMap<>();
    add(table, "NONE_WITH_RSA", Scheme.RSA_PLAIN, null);
    add(table, "NONE_WITH_RSA_PSS", Scheme.RSA_PSS_DIGEST, null);
    add(table, "NONE_WITH_ECDSA", Scheme.ECDSA, null);
    add(table, "NONE_WITH_DSA", Scheme.DSA, null);
    for (Hash hash : new Hash[] {Hash.SHA1, Hash.SHA224, Hash.SHA256, Hash.SHA384, Hash.SHA512}) {
      add(table, hash + "_WITH_RSA", Scheme.RSA, hash);
      add(table, "NONE" + hash + "_WITH_RSA", Scheme.RSA_DIGEST, hash);
      add(table, hash + "_WITH_RSA_PSS", Scheme.RSA_PSS, hash);
      if (hash != Hash.SHA1) {
        add(table, "NONE" + hash + "_WITH_RSA_PSS", Scheme.RSA_PSS_DIGEST, hash);
      }
      add(table, hash + "_WITH_ECDSA", Scheme.ECDSA, hash);
      add(table, hash + "_WITH_DSA", Scheme.DSA, hash);
    }
    for (Hash hash : new Hash[] {Hash.SHA3_224, Hash.SHA3_256, Hash.SHA3_384, Hash.SHA3_512}) {
      add(table, hash.name().replace("_", "") + "_WITH_ECDSA", Scheme.ECDSA, hash);
      addHashForms(table, hash.name(), hash);
    }
    for (Hash hash : new Hash[] {Hash.KECCAK224, Hash.KECCAK256, Hash.KECCAK384, Hash.KECCAK512}) {
      add(table, hash + "_WITH_ECDSA", Scheme.ECDSA, hash);
    }
    add(table, "SHA256_WITH_ECDSA_DETERMINISTIC", Scheme.ECDSA_DETERMINISTIC, Hash.SHA256);
    add(table, "DOUBLE_SHA256_WITH_ECDSA", Scheme.ECDSA, Hash.DOUBLE_SHA256);
    add(table, "NONE_WITH_EC_SCHNORR_BIP0340", Scheme.BIP340, null);
    add(table, "EDDSA", Scheme.EDDSA, null);
    for (Hash hash : new Hash[] {Hash.SHA224, Hash.SHA256, Hash.SHA384, Hash.SHA512}) {
      addHashForms(table, hash.name().replace("SHA", "SHA2_"), hash);
    }
    addHashForms(table, "SHAKE_128", Hash.SHAKE_128);
    addHashForms(table, "SHAKE_256", Hash.SHAKE_256);
    add(table, "ML_DSA", Scheme.ML_DSA, null);
    add(table, "ML_DSA_M", Scheme.ML_DSA_MU, null);
    add(table, "SLH_DSA", Scheme.SLH_DSA, null);
    add(table, "LMS", Scheme.LMS, null);
    add(table, "XMSS-SHA256_10_256", Scheme.XMSS, null);
    add(table, "XMSS-SHAKE256_10_256", Scheme.XMSS, null);
    for (String name : new String[] {"BLS", "ISS_KERL", "DILITHIUM", "SPHINCS_PLUS", "KYBER"}) {
      add(table, name, Scheme.MISSING, null);
    }
    return Collections.unmodifiableMap(table);
  }

  private static void addHashForms(
      Map<String, SignatureAlgorithm> table, String hashName, Hash hash) {
    add(table, hashName + "_WITH_ML_DSA", Scheme.ML_DSA, hash);
    add(table, hashName + "_WITH_SLH_DSA", Scheme.SLH_DSA, hash);
  }

  private static void add(
      Map<String, SignatureAlgorithm> table, String name, Scheme scheme, @Nullable Hash hash) {
    table.put(name, new SignatureAlgorithm(name, scheme, hash));
  }

  /** The service's name, such as {@code SHA256_WITH_RSA}. */
  public String name() {
    return name;
  }

  /** Finds one of contract 3.4 by its exact name. */
  public static Optional<SignatureAlgorithm> byName(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** Finds one of the small list for certificates (contract 3.8) by its exact name. */
  public static Optional<SignatureAlgorithm> forCertificates(String name) {
    return byName(name).filter(SignatureAlgorithm::isForCertificates);
  }

  /** One that is known to exist. */
  public static SignatureAlgorithm of(String name) {
    return byName(name).orElseThrow(() -> new IllegalArgumentException(name));
  }

  /** All names of contract 3.4. */
  public static Set<String> names() {
    return ALL.keySet();
  }

  boolean isForCertificates() {
    return FOR_CERTIFICATES.contains(name);
  }

  Scheme scheme() {
    return scheme;
  }

  /** The hash; null where the payload is signed as it is. */
  @Nullable Hash hash() {
    return hash;
  }

  /** What is signed: the hash of the payload, or the payload itself. */
  byte[] digest(Bytes payload) {
    return hash == null ? payload.content() : hash.of(payload.content());
  }

  /** Whether this algorithm works with that key. */
  boolean fits(KeyMaterial key) {
    return switch (scheme) {
      case MISSING -> false;
      case XMSS -> key.name().equals(name);
      default -> key.family() == scheme.family();
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
