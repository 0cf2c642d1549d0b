package io.hsmrest.keystore;

import java.io.ByteArrayOutputStream;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameter sets of ML-DSA (FIPS 204) and SLH-DSA (FIPS 205). A set is known by the OID in the
 * public key's SubjectPublicKeyInfo (RFC 9881, RFC 9909), because the JDK's name of such a key
 * differs between releases: {@code ML-DSA} where the JDK knows the algorithm, else the set's name
 * or its OID.
 */
public enum PqcParameterSet {
  ML_DSA_44("ML-DSA-44", 17, 1312, 2420),
  ML_DSA_65("ML-DSA-65", 18, 1952, 3309),
  ML_DSA_87("ML-DSA-87", 19, 2592, 4627),
  SLH_DSA_SHA2_128S("SLH-DSA-SHA2-128s", 20, 32, 7856),
  SLH_DSA_SHA2_128F("SLH-DSA-SHA2-128f", 21, 32, 17_088),
  SLH_DSA_SHA2_192S("SLH-DSA-SHA2-192s", 22, 48, 16_224),
  SLH_DSA_SHA2_192F("SLH-DSA-SHA2-192f", 23, 48, 35_664),
  SLH_DSA_SHA2_256S("SLH-DSA-SHA2-256s", 24, 64, 29_792),
  SLH_DSA_SHA2_256F("SLH-DSA-SHA2-256f", 25, 64, 49_856),
  SLH_DSA_SHAKE_128S("SLH-DSA-SHAKE-128s", 26, 32, 7856),
  SLH_DSA_SHAKE_128F("SLH-DSA-SHAKE-128f", 27, 32, 17_088),
  SLH_DSA_SHAKE_192S("SLH-DSA-SHAKE-192s", 28, 48, 16_224),
  SLH_DSA_SHAKE_192F("SLH-DSA-SHAKE-192f", 29, 48, 35_664),
  SLH_DSA_SHAKE_256S("SLH-DSA-SHAKE-256s", 30, 64, 29_792),
  SLH_DSA_SHAKE_256F("SLH-DSA-SHAKE-256f", 31, 64, 49_856);

  /** The DER of 2.16.840.1.101.3.4.3 without the last arc: tag, length and content. */
  private static final byte[] OID_HEAD = {0x06, 0x09, 0x60, -0x7A, 0x48, 0x01, 0x65, 3, 4, 3};

  private static final byte[] NO_PARAMETERS = {};
  private static final byte[] NULL_PARAMETERS = {0x05, 0x00};

  private final String parameterName;
  private final int lastArc;
  private final int keyLength;
  private final int signatureLength;

  PqcParameterSet(String parameterName, int lastArc, int keyLength, int signatureLength) {
    this.parameterName = parameterName;
    this.lastArc = lastArc;
    this.keyLength = keyLength;
    this.signatureLength = signatureLength;
  }

  /** The name of the set, such as {@code ML-DSA-65}; the service's name of the key type as well. */
  public String parameterName() {
    return parameterName;
  }

  /** The dotted OID of keys and of signatures. */
  public String oid() {
    return "2.16.840.1.101.3.4.3." + lastArc;
  }

  /** Length of a signature in bytes. */
  public int signatureLength() {
    return signatureLength;
  }

  /** Whether it is one of ML-DSA's, else it is one of SLH-DSA's. */
  public boolean isMlDsa() {
    return parameterName.startsWith("ML-DSA");
  }

  /** The set of a key, empty for a key of another type or another length. */
  public static Optional<PqcParameterSet> of(PublicKey key) {
    return ofEncoded(key.getEncoded());
  }

  /** The set of a SubjectPublicKeyInfo in DER. */
  static Optional<PqcParameterSet> ofEncoded(byte @Nullable [] spki) {
    return spki == null
        ? Optional.empty()
        : Arrays.stream(values()).filter(set -> set.fits(spki)).findFirst();
  }

  /** The set of this name, in any case. */
  static Optional<PqcParameterSet> ofName(String name) {
    return Arrays.stream(values())
        .filter(set -> set.parameterName.equalsIgnoreCase(name))
        .findFirst();
  }

  /** JDK 17 puts a NULL for the absent parameters when it encodes a key it does not know. */
  private boolean fits(byte[] spki) {
    return startsWith(spki, header(NO_PARAMETERS)) || startsWith(spki, header(NULL_PARAMETERS));
  }

  private boolean startsWith(byte[] spki, byte[] header) {
    return spki.length == header.length + keyLength
        && Arrays.equals(spki, 0, header.length, header, 0, header.length);
  }

  /**
   * The bare public key inside a SubjectPublicKeyInfo of this set.
   *
   * @throws IllegalArgumentException when {@code key} is of another set
   */
  public byte[] bareKey(PublicKey key) {
    return bareKey(key.getEncoded());
  }

  private byte[] bareKey(byte[] spki) {
    if (!fits(spki)) {
      throw new IllegalArgumentException("no public key of " + parameterName);
    }
    return Arrays.copyOfRange(spki, spki.length - keyLength, spki.length);
  }

  /** The same SubjectPublicKeyInfo as the standards write it, without parameters. */
  byte[] canonical(byte[] spki) {
    ByteArrayOutputStream canonical = new ByteArrayOutputStream();
    canonical.writeBytes(header(NO_PARAMETERS));
    canonical.writeBytes(bareKey(spki));
    return canonical.toByteArray();
  }

  /** Everything before the key: DER leaves no other choice. */
  private byte[] header(byte[] parameters) {
    byte[] bitString = tagAndLength(0x03, keyLength + 1);
    int algorithmLength = OID_HEAD.length + 1 + parameters.length;
    byte[] algorithm = tagAndLength(0x30, algorithmLength);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(
        tagAndLength(0x30, algorithm.length + algorithmLength + bitString.length + 1 + keyLength));
    header.writeBytes(algorithm);
    header.writeBytes(OID_HEAD);
    header.write(lastArc);
    header.writeBytes(parameters);
    header.writeBytes(bitString);
    header.write(0);
    return header.toByteArray();
  }

  private static byte[] tagAndLength(int tag, int length) {
    return length < 0x80
        ? new byte[] {(byte) tag, (byte) length}
        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
  }

  @Override
  public String toString() {
    return parameterName;
  }
}
