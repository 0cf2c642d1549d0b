package io.hsmrest.simulator.crypto;

/** What a signature algorithm does with its payload. */
enum Scheme {
  /** PKCS#1 v1.5 over a message. */
  RSA(KeyFamily.RSA),
  /** PKCS#1 v1.5 over a digest. */
  RSA_DIGEST(KeyFamily.RSA),
  /** PKCS#1 v1.5 padding around whatever is given. */
  RSA_PLAIN(KeyFamily.RSA),
  RSA_PSS(KeyFamily.RSA),
  /** PSS over a digest; without a hash, over a digest whose length tells the hash. */
  RSA_PSS_DIGEST(KeyFamily.RSA),
  /** Over a message; without a hash, over a digest. */
  ECDSA(KeyFamily.EC),
  /** RFC 6979. */
  ECDSA_DETERMINISTIC(KeyFamily.EC),
  BIP340(KeyFamily.EC),
  /** Over a message; without a hash, over a digest. */
  DSA(KeyFamily.DSA),
  EDDSA(KeyFamily.ED),
  /** Pure, or over the hash of the message. */
  ML_DSA(KeyFamily.ML_DSA),
  /** Over the 64-byte message representative mu. */
  ML_DSA_MU(KeyFamily.ML_DSA),
  /** Pure, or over the hash of the message. */
  SLH_DSA(KeyFamily.SLH_DSA),
  LMS(KeyFamily.LMS),
  XMSS(KeyFamily.XMSS),
  /** Known to the service, not to this simulator: fits no key. */
  MISSING(KeyFamily.MISSING);

  private final KeyFamily family;

  Scheme(KeyFamily family) {
    this.family = family;
  }

  KeyFamily family() {
    return family;
  }
}
