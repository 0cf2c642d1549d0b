package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.SignInput;
import io.hsmrest.simulator.crypto.SignatureAlgorithm;
import io.hsmrest.simulator.crypto.SignatureSettings;
import io.hsmrest.simulator.crypto.Signing;
import io.hsmrest.simulator.crypto.Verification;
import java.time.Instant;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The timestamp (integrity) key at work (contract 2.6.2, 0x1056). Thread-safe. */
public final class TimestampSigner {

  /** Name of the signature algorithm, {@code timestampSignatureAlgorithm} at level 4. */
  public static final String ALGORITHM = "SHA256_WITH_ECDSA";

  private static final SignatureAlgorithm ECDSA = SignatureAlgorithm.of(ALGORITHM);

  /** With the NULL that RFC 5758 forbids and the published samples have. */
  private static final AlgorithmIdentifier IDENTIFIER =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256, DERNull.INSTANCE);

  private final Signing signing;
  private final Verification verification = new Verification(SignatureSettings.defaults());
  private final KeyMaterial key;
  private final String keyLabel;

  /** Signs with {@code key}, an EC key whose label is {@code keyLabel}. */
  public TimestampSigner(Signing signing, KeyMaterial key, String keyLabel) {
    this.signing = signing;
    this.key = key;
    this.keyLabel = keyLabel;
  }

  /**
   * A signed timestamp.
   *
   * @param timestamp encoded {@link Timestamp}
   * @param signature plain signature, DER SEQUENCE of r and s
   * @param signatureWithAlgorithm DER SEQUENCE of AlgorithmIdentifier and BIT STRING
   */
  public record Signed(Bytes timestamp, Bytes signature, Bytes signatureWithAlgorithm) {}

  /**
   * Signs the time at which {@code payload} was requested, cut to whole seconds.
   *
   * @throws io.hsmrest.simulator.crypto.ServiceRefusal 701 when the payload is too large for the
   *     HSM
   */
  public Signed sign(Payload payload, Instant time) {
    Bytes timestamp = new Timestamp(payload, time, keyLabel).toBytes();
    Bytes signature = signing.sign(key, SignInput.of(ECDSA, timestamp)).signature();
    return new Signed(
        timestamp, signature, new SignatureWithAlgorithm(IDENTIFIER, signature).toDer());
  }

  /** Whether {@code signatureWithAlgorithm} is this key's over {@code timestamp}. */
  public boolean verify(Bytes timestamp, Bytes signatureWithAlgorithm) {
    try {
      SignatureWithAlgorithm parsed = SignatureWithAlgorithm.parse(signatureWithAlgorithm);
      return parsed.algorithm().equals(IDENTIFIER)
          && verification.verify(key, ECDSA, timestamp, parsed.signature(), null);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
