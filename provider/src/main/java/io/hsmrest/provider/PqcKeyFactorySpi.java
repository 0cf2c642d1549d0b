package io.hsmrest.provider;

import io.hsmrest.keystore.PqcParameterSet;
import io.hsmrest.keystore.PqcPublicKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/**
 * Public keys of one post-quantum parameter set that the JDK has no factory for, so that it can
 * read and verify certificates with them. Another provider's factory goes before: its engines take
 * keys of its own classes alone. Private keys are none of our business.
 */
final class PqcKeyFactorySpi extends KeyFactorySpi {
  private final PqcParameterSet set;

  PqcKeyFactorySpi(PqcParameterSet set) {
    this.set = set;
  }

  /** What is asked of a factory. */
  @FunctionalInterface
  private interface Question<T> {
    T to(KeyFactory factory) throws GeneralSecurityException;
  }

  private <T> Optional<T> elsewhere(Question<T> question) {
    String name = set.parameterName();
    return OtherProviders.first(
        "KeyFactory", name, provider -> question.to(KeyFactory.getInstance(name, provider)));
  }

  @Override
  protected PublicKey engineGeneratePublic(KeySpec keySpec) throws InvalidKeySpecException {
    Optional<PublicKey> elsewhere = elsewhere(factory -> factory.generatePublic(keySpec));
    return elsewhere.isPresent() ? elsewhere.get() : read(keySpec);
  }

  private PublicKey read(KeySpec keySpec) throws InvalidKeySpecException {
    if (!(keySpec instanceof X509EncodedKeySpec x509)) {
      throw new InvalidKeySpecException(set + " public keys are read from X509EncodedKeySpec");
    }
    PqcPublicKey key = PqcPublicKey.decode(x509.getEncoded());
    if (key.parameterSet() != set) {
      throw new InvalidKeySpecException("a " + key + " where one of " + set + " was expected");
    }
    return key;
  }

  @Override
  protected PrivateKey engineGeneratePrivate(KeySpec keySpec) throws InvalidKeySpecException {
    return elsewhere(factory -> factory.generatePrivate(keySpec))
        .orElseThrow(() -> new InvalidKeySpecException("private keys stay in the HSM"));
  }

  @Override
  protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> wanted)
      throws InvalidKeySpecException {
    Optional<T> elsewhere = elsewhere(factory -> factory.getKeySpec(key, wanted));
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    if (key instanceof PublicKey && wanted.isAssignableFrom(X509EncodedKeySpec.class)) {
      return wanted.cast(new X509EncodedKeySpec(key.getEncoded()));
    }
    throw new InvalidKeySpecException(set + " keys have no " + wanted.getSimpleName());
  }

  @Override
  protected Key engineTranslateKey(Key key) throws InvalidKeyException {
    Optional<Key> elsewhere = elsewhere(factory -> factory.translateKey(key));
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    if (!(key instanceof PublicKey)) {
      throw new InvalidKeyException("only public keys are translated");
    }
    try {
      return engineGeneratePublic(new X509EncodedKeySpec(key.getEncoded()));
    } catch (InvalidKeySpecException e) {
      throw new InvalidKeyException(e.getMessage(), e);
    }
  }
}
