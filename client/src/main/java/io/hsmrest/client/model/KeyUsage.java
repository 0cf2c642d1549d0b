package io.hsmrest.client.model;

/** Key usages the service can put into a certificate (contract 3.9, RFC 5280 4.2.1.3). */
public enum KeyUsage {
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
