package io.hsmrest.keystore;

/**
 * A CA certificate that was kept with a chain and that no certificate needs any more.
 *
 * @param label where it lies at the service
 * @param subject whose certificate it is, for people
 */
public record UnusedChainCertificate(String label, String subject) {}
