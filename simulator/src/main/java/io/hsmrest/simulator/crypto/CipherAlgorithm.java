package io.hsmrest.simulator.crypto;

import java.util.Optional;

/** The service's {@code cipherAlgorithm} (contract 2.5). The constants' names are the service's. */
public enum CipherAlgorithm {
  RSA,
  RSA_NO_PADDING,
  RSA_PADDING_OAEP,
  RSA_PADDING_OAEP_WITH_SHA1,
  RSA_PADDING_OAEP_WITH_SHA224,
  RSA_PADDING_OAEP_WITH_SHA256,
  RSA_PADDING_OAEP_WITH_SHA384,
  RSA_PADDING_OAEP_WITH_SHA512,
  RSA_PADDING_PKCS,
  AES,
  AES_GCM,
  AES_CTR,
  AES_ECB,
  AES_CBC_NO_PADDING,
  CHACHA20,
  CHACHA20_AEAD,
  CAMELLIA,
  CAMELLIA_CBC_NO_PADDING,
  CAMELLIA_ECB,
  TDEA_CBC,
  TDEA_ECB,
  TDEA_CBC_NO_PADDING;

  /** Finds one by its exact name. */
  public static Optional<CipherAlgorithm> byName(String name) {
    for (CipherAlgorithm value : values()) {
      if (value.name().equals(name)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
