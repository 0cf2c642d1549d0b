package io.hsmrest.client.model;

/** Extended key usages the service can put into a certificate (contract 3.9). */
public enum ExtendedKeyUsage {
  ANY_EXTENDED_KEY_USAGE,
  SERVER_AUTH,
  CLIENT_AUTH,
  CODE_SIGNING,
  EMAIL_PROTECTION,
  TIME_STAMPING,
  OCSP_SIGNING
}
