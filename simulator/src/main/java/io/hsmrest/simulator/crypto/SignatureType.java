package io.hsmrest.simulator.crypto;

/** How the signature is written (contract 3.7). The constants' names are the service's. */
public enum SignatureType {
  /** As the HSM makes it: DER for EC and DSA, the block for RSA. */
  DER,
  /** r and s of equal length, one after the other. */
  RAW,
  /** r, s, v for Ethereum: 65 bytes, v 27 or 28. */
  ETH
}
