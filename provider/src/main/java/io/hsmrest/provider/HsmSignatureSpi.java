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
import org.jspecify.annotations.Nullable;

/**
 * Signs with handles of HSM keys and leaves everything else to the JDK. Initialising asks the
 * service nothing; all that can go wrong there shows in {@code sign}. Not thread-safe, as JCA has
 * it; can be used again after each {@code sign}, a failed one included; cannot be cloned.
 */
final class HsmSignatureSpi extends SignatureSpi {
  private final SignatureAlgorithm algorithm;
  private @Nullable PSSParameterSpec parameters;
  private @Nullable SignatureMode mode;
  private @Nullable HsmPrivateKey handle;
  private boolean updated;

  HsmSignatureSpi(SignatureAlgorithm algorithm) {
    this.algorithm = algorithm;
    Hash hash = algorithm.hash();
    if (algorithm.family() == KeyFamily.RSA_PSS && hash != null) {
      parameters = PssParameters.of(hash);
    }
  }

  @Override
  protected void engineInitSign(@Nullable PrivateKey privateKey) throws InvalidKeyException {
    reset();
    if (privateKey instanceof HsmPrivateKey key) {
      if (!algorithm.accepts(key)) {
        throw new InvalidKeyException(
            algorithm.jcaName()
                + " signs with "
                + algorithm.keyName()
                + " keys, and this is "
                + key);
      }
      if (parameters != null) {
        checkParameters(key, parameters);
      }
      mode = signing(key);
      handle = key;
    } else if (parameters != null && privateKey != null) {
      // setParameter before initSign has tied the caller's object to us, or the JDK has no engine
      // of this name; it does the work under its own.
      mode = JdkMode.signing(algorithm, parameters, privateKey);
    } else {
      throw new InvalidKeyException("no key of provider HsmRest");
    }
  }

  /** Parameters may have been set for verification, which can do more than the HSM. */
  private static void checkParameters(HsmPrivateKey key, PSSParameterSpec asked)
      throws InvalidKeyException {
    try {
      PssParameters.check(asked);
      PssParameters.checkKey(key, asked);
    } catch (InvalidAlgorithmParameterException e) {
      throw new InvalidKeyException(e.getMessage(), e);
    }
  }

  /** Nothing is carried over from what the object did before, even where what follows fails. */
  private void reset() {
    mode = null;
    handle = null;
    updated = false;
  }

  private @Nullable SignatureMode signing(HsmPrivateKey key) {
    if (algorithm == SignatureAlgorithm.RSASSA_PSS) {
      // Without parameters there is nothing to hash with yet.
      return parameters == null ? null : new RemoteSigning(algorithm, hashOf(parameters), key);
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
    } else if (algorithm.family().isPostQuantum()
        && JdkEngines.signature(algorithm.jcaName()).isEmpty()) {
      mode = LocalVerifying.postQuantum(algorithm, publicKey);
    } else {
      mode = JdkMode.verifying(algorithm, parameters, publicKey);
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
    if (algorithm.family() != KeyFamily.RSA_PSS) {
      if (given != null) {
        throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " takes no parameters");
      }
      return;
    }
    if (given == null) {
      throw new InvalidAlgorithmParameterException("RSASSA-PSS takes a PSSParameterSpec, not null");
    }
    if (updated) {
      throw new InvalidAlgorithmParameterException(
          "parameters cannot change between update and sign");
    }
    if (mode instanceof JdkMode jdk && given instanceof PSSParameterSpec any) {
      jdk.setParameter(any);
      parameters = any;
      return;
    }
    Hash hash = PssParameters.check(given);
    if (algorithm.hash() != null && algorithm.hash() != hash) {
      throw new InvalidAlgorithmParameterException(
          algorithm.jcaName() + " hashes with what its name says, not with " + hash.jdkName());
    }
    PSSParameterSpec accepted = (PSSParameterSpec) given;
    if (handle != null) {
      PssParameters.checkKey(handle, accepted);
    }
    parameters = accepted;
    if (handle != null) {
      mode = signing(handle);
    }
  }

  private static Hash hashOf(PSSParameterSpec accepted) {
    try {
      return PssParameters.check(accepted);
    } catch (InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("parameters that were accepted before", e);
    }
  }

  @Override
  protected @Nullable AlgorithmParameters engineGetParameters() {
    return PssParameters.encoded(parameters);
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

  /** Refused: what was hashed so far and the key's use belong to one object. */
  @Override
  public Object clone() throws CloneNotSupportedException {
    throw new CloneNotSupportedException("a Signature of provider HsmRest cannot be cloned");
  }
}
