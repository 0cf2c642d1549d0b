package io.hsmrest.keystore;

import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.Secret;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What all handles share. */
abstract sealed class RemotePrivateKey implements HsmPrivateKey
    permits RsaPrivateHandle, EcPrivateHandle, EdPrivateHandle, PqcPrivateHandle {
  private static final long serialVersionUID = 1L;

  private final transient KeyFacts facts;
  private final transient HsmSession session;

  RemotePrivateKey(KeyFacts facts, HsmSession session) {
    this.facts = facts;
    this.session = session;
  }

  /**
   * The public parameters. Declared here with this return type because JDK 22 and later look for a
   * method of this erasure ({@code AsymmetricKey.getParams}), which a class compiled for 17 would
   * otherwise not have; subclasses narrow it and the compiler adds the bridge.
   */
  public abstract @Nullable AlgorithmParameterSpec getParams();

  /** What kind of key it is, for people: algorithm and size. */
  abstract String type();

  final HsmSession session() {
    return session;
  }

  final @Nullable Policy policy() {
    return facts.policy();
  }

  final @Nullable Secret password() {
    return facts.password();
  }

  @Override
  public final String label() {
    return facts.label();
  }

  @Override
  public final PublicKey publicKey() {
    return facts.publicKey();
  }

  @Override
  public final boolean requiresApproval() {
    return facts.requiresApproval() || session.signingMemory().isGated(label());
  }

  @Override
  public final Optional<Instant> created() {
    return Optional.ofNullable(facts.created());
  }

  @Override
  public final String getAlgorithm() {
    return facts.publicKey().getAlgorithm();
  }

  @Override
  public final @Nullable String getFormat() {
    return null;
  }

  @Override
  public final byte @Nullable [] getEncoded() {
    return null;
  }

  /** Same key at the same service and partition; a re-created key of the same name differs. */
  @Override
  public final boolean equals(Object other) {
    return other instanceof RemotePrivateKey that
        && label().equals(that.label())
        && publicKey().equals(that.publicKey())
        && session.config().equals(that.session.config());
  }

  @Override
  public final int hashCode() {
    return 31 * label().hashCode() + publicKey().hashCode();
  }

  @Override
  public final String toString() {
    return "HSM key '" + label() + "' (" + type() + ")";
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("a key that stays in the HSM cannot be serialised: " + this);
  }
}
