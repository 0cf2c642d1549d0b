package io.hsmrest.provider;

import io.hsmrest.keystore.HsmPrivateKey;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs with handles of HSM keys and leaves everything else to the JDK. Initialising asks the
 * service nothing; all that can go wrong there shows in {@code sign}. Not thread-safe, as JCA has
 * it; can be used again after each {@code sign}, a failed one included; cannot be cloned, because
 * what was hashed so far and the key's use belong to one object.
 */
final class HsmSignatureSpi extends SignatureSpi {
  private final SignatureAlgorithm algorithm;
  private @Nullable PSSParameterSpec parameters;
  private @Nullable SignatureMode mode;
  private @Nullable HsmPrivateKey handle;
  private boolean updated;
  private boolean initialised;

  /** Whether parameters were given, or asked for, before the first key. */
  private boolean early;

  HsmSignatureSpi(SignatureAlgorithm algorithm) {
    this.algorithm = algorithm;
    this.parameters = PssParameters.of(algorithm);
  }

  @Override
  protected void engineInitSign(@Nullable PrivateKey privateKey) throws InvalidKeyException {
    reset();
    if (privateKey instanceof HsmPrivateKey key) {
      HandleCheck.check(algorithm, key, parameters);
      mode = signing(key);
      handle = key;
    } else if (privateKey != null
        && (early || parameters != null || ForeignKeys.areTaken(algorithm, privateKey))) {
      // A call before initSign has tied the caller's object to us, or the JDK has no engine of this
      // name, or does not go on to whoever has one.
      mode = SoftwareMode.signing(algorithm, parameters, privateKey);
    } else {
      throw new InvalidKeyException("no key of provider HsmRest");
    }
  }

  /** Nothing is carried over from what the object did before, even where what follows fails. */
  private void reset() {
    mode = null;
    handle = null;
    updated = false;
    initialised = true;
  }

  private @Nullable SignatureMode signing(HsmPrivateKey key) {
    if (algorithm == SignatureAlgorithm.RSASSA_PSS) {
      // Without parameters there is nothing to hash with yet.
      return parameters == null ? null : new RemoteSigning(algorithm, hashOf(parameters, key), key);
    }
    return new RemoteSigning(algorithm, algorithm.hash(), key);
  }

  @Override
  protected void engineInitVerify(@Nullable PublicKey publicKey) throws InvalidKeyException {
    reset();
    if (publicKey == null) {
      throw new InvalidKeyException("there is no public key to verify with");
    }
    if (algorithm.family() == KeyFamily.ECDSA
        && publicKey instanceof ECPublicKey ec
        && EcCheck.isBeyondTheJdk(ec)) {
      mode = LocalVerifying.ecdsa(algorithm, ec);
    } else if (algorithm == SignatureAlgorithm.NONE_RSA && publicKey instanceof RSAPublicKey rsa) {
      mode = LocalVerifying.rawRsa(rsa);
    } else if (algorithm.family().isPostQuantum()) {
      Optional<SignatureMode> elsewhere = SoftwareMode.verifyingElsewhere(algorithm, publicKey);
      mode =
          elsewhere.isPresent()
              ? elsewhere.get()
              : LocalVerifying.postQuantum(algorithm, publicKey);
    } else {
      mode = SoftwareMode.verifying(algorithm, parameters, publicKey);
    }
  }

  @Override
  protected void engineUpdate(byte b) throws SignatureException {
    engineUpdate(new byte[] {b}, 0, 1);
  }

  @Override
  protected void engineUpdate(byte[] bytes, int offset, int count) throws SignatureException {
    current().update(bytes, offset, count);
    updated = true;
  }

  @Override
  protected byte[] engineSign() throws SignatureException {
    updated = false;
    try {
      return current().sign();
    } catch (SignatureException | ProviderException e) {
      if (handle != null) {
        HandshakeLog.SYSTEM.failed(handle.label(), e);
      }
      throw e;
    }
  }

  @Override
  protected int engineSign(byte[] out, int offset, int length) throws SignatureException {
    updated = false;
    current().checkRoom(length);
    return super.engineSign(out, offset, length);
  }

  @Override
  protected boolean engineVerify(byte[] signature) throws SignatureException {
    updated = false;
    return current().verify(signature);
  }

  private SignatureMode current() throws SignatureException {
    if (mode == null) {
      throw new SignatureException(
          handle == null
              ? "this Signature object is not initialised"
              : "RSASSA-PSS needs its parameters first: setParameter(new PSSParameterSpec(...))");
    }
    return mode;
  }

  @Override
  protected void engineSetParameter(@Nullable AlgorithmParameterSpec given)
      throws InvalidAlgorithmParameterException {
    if (algorithm.family() == KeyFamily.RSA_PSS) {
      setPss(PssParameters.named(algorithm, given));
    } else if (mode instanceof SoftwareMode software) {
      software.setParameter(given);
    } else if (given != null) {
      throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " takes no parameters");
    }
    early |= !initialised;
  }

  /**
   * Before there is a key whatever the JDK takes is taken: the object may be meant for
   * verification, or for a software key, and be tied to us all the same.
   */
  private void setPss(PSSParameterSpec given) throws InvalidAlgorithmParameterException {
    if (updated) {
      throw new InvalidAlgorithmParameterException(
          "parameters cannot change between update and sign");
    }
    if (mode instanceof SoftwareMode software) {
      software.setParameter(given);
    } else if (handle == null) {
      PssParameters.checkForJdk(given);
    } else {
      PssParameters.checkForHsm(given, handle);
    }
    parameters = given;
    if (handle != null) {
      mode = signing(handle);
    }
  }

  private static Hash hashOf(PSSParameterSpec accepted, HsmPrivateKey key) {
    try {
      return PssParameters.checkForHsm(accepted, key);
    } catch (InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("parameters that were accepted before", e);
    }
  }

  @Override
  protected @Nullable AlgorithmParameters engineGetParameters() {
    early |= !initialised;
    return algorithm.family() != KeyFamily.RSA_PSS && mode instanceof SoftwareMode software
        ? software.getParameters()
        : PssParameters.encoded(parameters);
  }

  @Override
  @Deprecated
  protected void engineSetParameter(String name, Object value) {
    throw new InvalidParameterException(
        "'" + name + "': use setParameter(AlgorithmParameterSpec) instead");
  }

  @Override
  @Deprecated
  protected Object engineGetParameter(String name) {
    throw new InvalidParameterException("'" + name + "': use getParameters() instead");
  }
}
