package io.hsmrest.simulator.crypto;

/** The service's {@code keyUsage} values (contract 3.9). The constants' names are the service's. */
public enum KeyUsageName {
  DIGITAL_SIGNATURE,
  CONTENT_COMMITMENT,
  KEY_ENCIPHERMENT,
  DATA_ENCIPHERMENT,
  KEY_AGREEMENT,
  KEY_CERT_SIGN,
  CRL_SIGN,
  ENCIPHER_ONLY,
  DECIPHER_ONLY
}
