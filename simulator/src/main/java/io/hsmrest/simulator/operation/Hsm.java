package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.config.Behaviour;
import io.hsmrest.simulator.config.Settings;
import io.hsmrest.simulator.crypto.CertificateCreation;
import io.hsmrest.simulator.crypto.Encryption;
import io.hsmrest.simulator.crypto.KeyCreation;
import io.hsmrest.simulator.crypto.KeyWrapping;
import io.hsmrest.simulator.crypto.SignatureSettings;
import io.hsmrest.simulator.crypto.Signing;
import io.hsmrest.simulator.crypto.TimestampToken;
import io.hsmrest.simulator.crypto.Verification;
import io.hsmrest.simulator.policy.Evaluation;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/** The cryptography, the clock and the settings that all operations share. Thread-safe. */
public final class Hsm {
  private final Settings settings;
  private final Clock clock;
  private final SecureRandom random;
  private final Dialect dialect;
  private final Evaluation evaluation;
  private final KeyCreation keyCreation;
  private final Signing signing;
  private final Verification verification;
  private final Encryption encryption;
  private final KeyWrapping wrapping;
  private final CertificateCreation certificates;
  private final TimestampToken timestamps;

  /** An HSM that behaves as the settings say. */
  public Hsm(Settings settings, Clock clock, SecureRandom random) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    Behaviour behaviour = settings.behaviour();
    var signatures =
        new SignatureSettings(
            behaviour.pssSalt(), behaviour.eddsaEncoding(), behaviour.eddsaRawRefused());
    dialect = new Dialect(settings.version(), behaviour);
    evaluation = new Evaluation(behaviour.emptyTokens());
    keyCreation = new KeyCreation(random);
    signing = new Signing(signatures, random);
    verification = new Verification(signatures);
    encryption = new Encryption(random);
    wrapping = new KeyWrapping(random);
    Boolean extensions = behaviour.requestedExtensionsInIssued();
    certificates =
        new CertificateCreation(
            signing, clock, random, extensions == null ? dialect.isNewerThan22() : extensions);
    timestamps = new TimestampToken(signing, clock, random);
  }

  /** The settings. */
  public Settings settings() {
    return settings;
  }

  /** What the contract does not know. */
  public Behaviour behaviour() {
    return settings.behaviour();
  }

  /** What the release that is played understands. */
  public Dialect dialect() {
    return dialect;
  }

  /** The time. */
  public Instant now() {
    return clock.instant();
  }

  /** The source of randomness. */
  public SecureRandom random() {
    return random;
  }

  /** Evaluates rules. */
  public Evaluation evaluation() {
    return evaluation;
  }

  /** Generates keys. */
  public KeyCreation keyCreation() {
    return keyCreation;
  }

  /** Makes signatures. */
  public Signing signing() {
    return signing;
  }

  /** Checks signatures. */
  public Verification verification() {
    return verification;
  }

  /** Encrypts and decrypts. */
  public Encryption encryption() {
    return encryption;
  }

  /** Wraps and unwraps keys. */
  public KeyWrapping wrapping() {
    return wrapping;
  }

  /** Makes certificates and certificate requests. */
  public CertificateCreation certificates() {
    return certificates;
  }

  /** Makes RFC 3161 time stamps. */
  public TimestampToken timestamps() {
    return timestamps;
  }
}
