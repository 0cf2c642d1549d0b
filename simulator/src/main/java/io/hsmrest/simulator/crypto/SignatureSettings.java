package io.hsmrest.simulator.crypto;

/**
 * The plausible behaviours of the service where the contract does not know (section 8).
 *
 * @param pssSalt U5: salt length of RSA-PSS
 * @param edEncoding U4: how an EdDSA signature is written for {@link SignatureType#DER}
 * @param edRawRefused U4: {@link SignatureType#RAW} on an ED key is refused with 635 unless the
 *     encoding is a pair of INTEGERs; otherwise 64 raw bytes
 */
public record SignatureSettings(PssSalt pssSalt, EdEncoding edEncoding, boolean edRawRefused) {

  /** Salt length of RSA-PSS; MGF1 always uses the message's own hash. */
  public enum PssSalt {
    /** As long as the digest. */
    DIGEST_LENGTH,
    /** As long as fits. */
    MAXIMUM,
    /** 20 bytes, the default of RFC 8017's ASN.1. */
    TWENTY
  }

  /** Encodings of an Ed25519 signature. */
  public enum EdEncoding {
    /** The 64 bytes of RFC 8032. */
    RAW,
    /** An OCTET STRING around them: 04 40. */
    OCTET_STRING,
    /** A BIT STRING around them: 03 41 00. */
    BIT_STRING,
    /** SEQUENCE of two INTEGERs, R and S as big-endian numbers of their 32 bytes. */
    SEQUENCE
  }

  /** The most plausible behaviour. */
  public static SignatureSettings defaults() {
    return new SignatureSettings(PssSalt.DIGEST_LENGTH, EdEncoding.RAW, false);
  }
}
