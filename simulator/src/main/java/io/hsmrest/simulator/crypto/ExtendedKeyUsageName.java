package io.hsmrest.simulator.crypto;

/** The service's {@code extendedKeyUsage} values (contract 3.9), under the service's names. */
public enum ExtendedKeyUsageName {
  ANY_EXTENDED_KEY_USAGE,
  SERVER_AUTH,
  CLIENT_AUTH,
  CODE_SIGNING,
  EMAIL_PROTECTION,
  TIME_STAMPING,
  OCSP_SIGNING
}
