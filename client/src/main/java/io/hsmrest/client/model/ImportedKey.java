package io.hsmrest.client.model;

import org.jspecify.annotations.Nullable;

/**
 * What goes into the HSM from outside, {@code POST /v1/key/import/plain} (contract 2.1.6): a key
 * pair, or a certificate alone.
 *
 * @param label the name it gets
 * @param algorithm the service's name, such as {@code RSA}
 * @param privateKey PKCS#8 DER, null for a certificate alone
 * @param publicKey SPKI DER, null when a certificate is given
 * @param certificate X.509 DER, null when a public key is given
 * @param flags the attributes; the service asks for them even where they mean nothing
 */
public record ImportedKey(
    String label,
    String algorithm,
    @Nullable Octets privateKey,
    @Nullable Octets publicKey,
    @Nullable Octets certificate,
    KeyFlags flags) {

  /** A certificate without a key, such as a CA certificate. */
  public static ImportedKey loneCertificate(String label, String algorithm, Octets certificate) {
    return new ImportedKey(label, algorithm, null, null, certificate, KeyFlags.forSigning());
  }

  /** No private key in the text. */
  @Override
  public String toString() {
    return "ImportedKey[label=" + label + ", algorithm=" + algorithm + "]";
  }
}
