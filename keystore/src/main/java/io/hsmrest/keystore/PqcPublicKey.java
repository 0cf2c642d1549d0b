package io.hsmrest.keystore;

import java.io.Serial;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;

/**
 * An ML-DSA or SLH-DSA public key where the JDK has no class for it: ML-DSA before JDK 24, SLH-DSA
 * so far everywhere. Its algorithm is the name of its parameter set. Immutable.
 */
public final class PqcPublicKey implements PublicKey {
  @Serial private static final long serialVersionUID = 1L;

  private final PqcParameterSet set;
  private final byte[] spki;

  private PqcPublicKey(PqcParameterSet set, byte[] spki) {
    this.set = set;
    this.spki = spki;
  }

  /**
   * Reads a SubjectPublicKeyInfo.
   *
   * @param spki DER; copied
   * @throws InvalidKeySpecException when it is no key of a known set
   */
  public static PqcPublicKey decode(byte[] spki) throws InvalidKeySpecException {
    PqcParameterSet set =
        PqcParameterSet.ofEncoded(spki)
            .orElseThrow(
                () -> new InvalidKeySpecException("no ML-DSA or SLH-DSA public key in DER"));
    return new PqcPublicKey(set, set.canonical(spki));
  }

  /** Its parameter set. */
  public PqcParameterSet parameterSet() {
    return set;
  }

  @Override
  public String getAlgorithm() {
    return set.parameterName();
  }

  @Override
  public String getFormat() {
    return "X.509";
  }

  @Override
  public byte[] getEncoded() {
    return spki.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey that
        && PqcParameterSet.of(that).orElse(null) == set
        && Arrays.equals(set.bareKey(this), set.bareKey(that));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(spki);
  }

  @Override
  public String toString() {
    return set.parameterName() + " public key";
  }
}
