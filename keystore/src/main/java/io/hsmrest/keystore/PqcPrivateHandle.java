package io.hsmrest.keystore;

import java.security.spec.NamedParameterSpec;

/** An ML-DSA or SLH-DSA key. JDK 24 and later read the parameter set from {@code getParams()}. */
final class PqcPrivateHandle extends RemotePrivateKey {
  private static final long serialVersionUID = 1L;

  private final transient PqcParameterSet set;

  PqcPrivateHandle(KeyFacts facts, PqcParameterSet set, HsmSession session) {
    super(facts, session);
    this.set = set;
  }

  @Override
  public NamedParameterSpec getParams() {
    return new NamedParameterSpec(set.parameterName());
  }

  @Override
  String type() {
    return set.parameterName();
  }
}
