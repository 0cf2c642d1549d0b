package io.hsmrest.provider;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.Secret;
import io.hsmrest.client.rest.PolicyFile;
import io.hsmrest.keystore.PqcParameterSet;
import java.nio.file.Path;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Names the key that a {@code KeyPairGenerator} of this provider makes, and says what it is like.
 * What is not said comes from the {@code keygen} settings. Immutable.
 *
 * <pre>{@code
 * KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "HsmRest");
 * generator.initialize(HsmKeyGenParameterSpec.ec("web-tls", "secp256r1"));
 * KeyPair pair = generator.generateKeyPair();
 * }</pre>
 */
public final class HsmKeyGenParameterSpec implements AlgorithmParameterSpec {
  private final NewKey key;
  private final boolean policyGiven;
  private final @Nullable Boolean destroyable;
  private final @Nullable Boolean extractable;

  private HsmKeyGenParameterSpec(
      NewKey key,
      boolean policyGiven,
      @Nullable Boolean destroyable,
      @Nullable Boolean extractable) {
    this.key = key;
    this.policyGiven = policyGiven;
    this.destroyable = destroyable;
    this.extractable = extractable;
  }

  private static HsmKeyGenParameterSpec of(NewKey key) {
    return new HsmKeyGenParameterSpec(key, false, null, null);
  }

  /** An RSA key of {@code keySizeBits} bits. */
  public static HsmKeyGenParameterSpec rsa(String label, int keySizeBits) {
    return of(KeyPairAlgorithm.RSA.ofBits(keySizeBits).named(label));
  }

  /**
   * An EC key.
   *
   * @param curve a name such as {@code secp256r1} or {@code P-256}, or the curve's OID
   * @throws IllegalArgumentException when there is no such curve
   */
  public static HsmKeyGenParameterSpec ec(String label, String curve) {
    Curve known =
        Curve.ofName(curve)
            .orElseThrow(() -> new IllegalArgumentException("unknown curve '" + curve + "'"));
    return of(NewKey.ec(label, known.oid()));
  }

  /** An Ed25519 key. */
  public static HsmKeyGenParameterSpec ed25519(String label) {
    return of(NewKey.ed25519(label));
  }

  /**
   * A post-quantum key.
   *
   * @param set the service needs to be newer than 2.1 (contract 7)
   */
  public static HsmKeyGenParameterSpec pqc(String label, PqcParameterSet set) {
    return of(PqcShapes.of(set).ofDefault().named(label));
  }

  /**
   * The same key under a policy; null makes a plain key even where {@code keygen.policy} is set.
   */
  public HsmKeyGenParameterSpec withPolicy(@Nullable Policy policy) {
    return new HsmKeyGenParameterSpec(key.withPolicy(policy), true, destroyable, extractable);
  }

  /**
   * The same key under the policy of a JSON file, checked here.
   *
   * @throws HsmConfigurationException naming what is wrong with the file
   */
  public HsmKeyGenParameterSpec withPolicy(Path file) throws HsmConfigurationException {
    return withPolicy(PolicyFile.read(file));
  }

  /** The same key with a password of its own, which every later use needs; copied. */
  public HsmKeyGenParameterSpec withPassword(char[] password) {
    return new HsmKeyGenParameterSpec(
        key.withPassword(Secret.of(password)), policyGiven, destroyable, extractable);
  }

  /** The same key, deletable or not. */
  public HsmKeyGenParameterSpec withDestroyable(boolean value) {
    return new HsmKeyGenParameterSpec(key, policyGiven, value, extractable);
  }

  /** The same key, extractable or not; this project never downloads it either way. */
  public HsmKeyGenParameterSpec withExtractable(boolean value) {
    return new HsmKeyGenParameterSpec(key, policyGiven, destroyable, value);
  }

  /** The name of the key to be made. */
  public String label() {
    return key.label();
  }

  NewKey key() {
    return key;
  }

  boolean isPolicyGiven() {
    return policyGiven;
  }

  @Nullable Boolean destroyable() {
    return destroyable;
  }

  @Nullable Boolean extractable() {
    return extractable;
  }
}
