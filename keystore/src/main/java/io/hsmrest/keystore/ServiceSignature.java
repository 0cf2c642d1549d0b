package io.hsmrest.keystore;

import org.jspecify.annotations.Nullable;

/**
 * How the service is asked to sign.
 *
 * @param algorithm the service's name, such as {@code NONESHA256_WITH_RSA} (contract 3.4)
 * @param type {@code DER} or {@code RAW} (contract 3.7); null leaves it to the service
 */
public record ServiceSignature(String algorithm, @Nullable String type) {}
