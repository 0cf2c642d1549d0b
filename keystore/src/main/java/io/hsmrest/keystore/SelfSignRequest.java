package io.hsmrest.keystore;

import java.security.KeyStore;

/**
 * An entry for {@code KeyStore.setEntry}: asks the service to sign a certificate for the key of
 * that alias with the key itself and to attach it (contract 2.3.3). With a key that people approve
 * the call blocks until they have. It is a request and never comes back from {@code getEntry}.
 *
 * @param template what the certificate is to say
 */
public record SelfSignRequest(CertificateTemplate template) implements KeyStore.Entry {}
