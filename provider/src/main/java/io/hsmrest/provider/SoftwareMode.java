package io.hsmrest.provider;

import io.hsmrest.keystore.PqcPublicKey;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the work to the JDK's own engine: nearly every verification, and signing with a software
 * key where the order of calls has tied the application's object to this provider. Post-quantum
 * schemes are left to whichever other provider takes the key.
 */
final class SoftwareMode implements SignatureMode {
  private final Signature engine;

  private SoftwareMode(Signature engine) {
    this.engine = engine;
  }

  static SoftwareMode verifying(
      SignatureAlgorithm algorithm, @Nullable PSSParameterSpec parameters, PublicKey key)
      throws InvalidKeyException {
    Signature engine = engine(algorithm, parameters);
    engine.initVerify(key);
    return new SoftwareMode(engine);
  }

  static SoftwareMode signing(
      SignatureAlgorithm algorithm, @Nullable PSSParameterSpec parameters, PrivateKey softwareKey)
      throws InvalidKeyException {
    if (algorithm.family().isPostQuantum()) {
      return elsewhere(algorithm, engine -> engine.initSign(softwareKey))
          .orElseThrow(() -> new InvalidKeyException("no key of provider HsmRest"));
    }
    Signature engine = engine(algorithm, parameters);
    engine.initSign(softwareKey);
    return new SoftwareMode(engine);
  }

  /** Empty where no other provider verifies with this key under this name. */
  static Optional<SignatureMode> verifyingElsewhere(SignatureAlgorithm algorithm, PublicKey key) {
    return key instanceof PqcPublicKey
        ? Optional.empty()
        : elsewhere(algorithm, engine -> engine.initVerify(key)).map(mode -> mode);
  }

  /** What readies an engine. */
  @FunctionalInterface
  private interface Start {
    void on(Signature engine) throws GeneralSecurityException;
  }

  private static Optional<SoftwareMode> elsewhere(SignatureAlgorithm algorithm, Start start) {
    String name = algorithm.jcaName();
    return OtherProviders.first(
        "Signature",
        name,
        provider -> {
          Signature engine = Signature.getInstance(name, provider);
          start.on(engine);
          return new SoftwareMode(engine);
        });
  }

  private static Signature engine(
      SignatureAlgorithm algorithm, @Nullable PSSParameterSpec parameters)
      throws InvalidKeyException {
    boolean pss = algorithm.family() == KeyFamily.RSA_PSS;
    String name = pss ? SignatureAlgorithm.RSASSA_PSS.jcaName() : algorithm.jcaName();
    Signature engine =
        JdkEngines.signature(name)
            .orElseThrow(() -> new InvalidKeyException("this Java has no " + name));
    try {
      if (pss && parameters != null) {
        engine.setParameter(parameters);
      }
      return engine;
    } catch (InvalidAlgorithmParameterException e) {
      throw new InvalidKeyException("the JDK does not take these parameters", e);
    }
  }

  /** Takes whatever the engine takes. */
  void setParameter(@Nullable AlgorithmParameterSpec parameters)
      throws InvalidAlgorithmParameterException {
    engine.setParameter(parameters);
  }

  @Nullable AlgorithmParameters getParameters() {
    return engine.getParameters();
  }

  @Override
  public void update(byte[] bytes, int offset, int count) throws SignatureException {
    engine.update(bytes, offset, count);
  }

  @Override
  public byte[] sign() throws SignatureException {
    return engine.sign();
  }

  @Override
  public boolean verify(byte[] signature) throws SignatureException {
    return engine.verify(signature);
  }
}
