package io.hsmrest.provider;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the work to the JDK's own engine: every verification, and signing with a software key
 * where the order of calls has tied the application's object to this provider.
 */
final class JdkMode implements SignatureMode {
  private final Signature engine;

  private JdkMode(Signature engine) {
    this.engine = engine;
  }

  static JdkMode verifying(
      SignatureAlgorithm algorithm, @Nullable PSSParameterSpec parameters, PublicKey key)
      throws InvalidKeyException {
    Signature engine = engine(algorithm, parameters);
    engine.initVerify(key);
    return new JdkMode(engine);
  }

  static JdkMode signing(
      SignatureAlgorithm algorithm, @Nullable PSSParameterSpec parameters, PrivateKey softwareKey)
      throws InvalidKeyException {
    Signature engine = engine(algorithm, parameters);
    engine.initSign(softwareKey);
    return new JdkMode(engine);
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

  /** Takes whatever the JDK can verify with. */
  void setParameter(PSSParameterSpec parameters) throws InvalidAlgorithmParameterException {
    engine.setParameter(parameters);
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
