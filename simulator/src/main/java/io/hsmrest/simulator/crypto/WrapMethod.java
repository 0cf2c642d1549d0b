package io.hsmrest.simulator.crypto;

import java.util.Arrays;
import java.util.Optional;

/** The service's {@code wrapMethod} (contract 2.5). */
public enum WrapMethod {
  AES_WRAP,
  AES_WRAP_DSA,
  AES_WRAP_EC,
  AES_WRAP_ED,
  AES_WRAP_RSA,
  AES_WRAP_BLS,
  AES_WRAP_PAD,
  AES_WRAP_PAD_DSA,
  AES_WRAP_PAD_EC,
  AES_WRAP_PAD_ED,
  AES_WRAP_PAD_RSA,
  AES_WRAP_PAD_BLS,
  RSA_WRAP_PAD,
  RSA_WRAP_OAEP,
  ML_KEM_512,
  ML_KEM_768,
  ML_KEM_1024;

  /** The service's name: {@code ML-KEM-512} and its like have hyphens. */
  public String wireName() {
    return name().startsWith("ML_KEM") ? name().replace('_', '-') : name();
  }

  /** Whether the AES wrapping inside is that of RFC 5649, which takes any length. */
  boolean isPadded() {
    return name().startsWith("AES_WRAP_PAD") || name().startsWith("ML_KEM");
  }

  /** Finds one by its exact wire name. */
  public static Optional<WrapMethod> byName(String name) {
    return Arrays.stream(values()).filter(value -> value.wireName().equals(name)).findFirst();
  }
}
