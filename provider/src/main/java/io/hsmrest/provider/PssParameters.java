package io.hsmrest.provider;

import io.hsmrest.keystore.HsmPrivateKey;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * What the HSM can do of RSASSA-PSS: MGF1 with the hash of the message and a salt as long as its
 * digest (contract 3.5). Anything else is refused, never replaced.
 */
final class PssParameters {
  private PssParameters() {}

  /** The parameters that the name stands for; null where it leaves them open, or has none. */
  static @Nullable PSSParameterSpec of(SignatureAlgorithm algorithm) {
    Hash hash = algorithm.hash();
    return hash == null || algorithm.family() != KeyFamily.RSA_PSS ? null : of(hash);
  }

  private static PSSParameterSpec of(Hash hash) {
    return new PSSParameterSpec(
        hash.jdkName(),
        "MGF1",
        new MGF1ParameterSpec(hash.jdkName()),
        hash.length(),
        PSSParameterSpec.TRAILER_FIELD_BC);
  }

  /** Parameters that go with the name: the right type, and no other hash than it says. */
  static PSSParameterSpec named(
      SignatureAlgorithm algorithm, @Nullable AlgorithmParameterSpec given)
      throws InvalidAlgorithmParameterException {
    if (!(given instanceof PSSParameterSpec pss)) {
      throw new InvalidAlgorithmParameterException(
          "RSASSA-PSS takes a PSSParameterSpec, not "
              + (given == null ? "null" : "a " + given.getClass().getSimpleName()));
    }
    Hash hash = algorithm.hash();
    if (hash != null && Hash.ofJdkName(pss.getDigestAlgorithm()).orElse(null) != hash) {
      throw new InvalidAlgorithmParameterException(
          algorithm.jcaName()
              + " hashes with what its name says, not with "
              + pss.getDigestAlgorithm());
    }
    return pss;
  }

  /** Refuses what no engine of the JDK takes. */
  static void checkForJdk(PSSParameterSpec pss) throws InvalidAlgorithmParameterException {
    JdkEngines.existing("RSASSA-PSS").setParameter(pss);
  }

  /** The hash of parameters with which the HSM can sign with this key. */
  static Hash checkForHsm(PSSParameterSpec pss, HsmPrivateKey key)
      throws InvalidAlgorithmParameterException {
    Hash hash = checkForHsm(pss);
    checkKey(key, pss, hash);
    return hash;
  }

  private static Hash checkForHsm(PSSParameterSpec pss) throws InvalidAlgorithmParameterException {
    Hash hash =
        Hash.ofJdkName(pss.getDigestAlgorithm())
            .filter(Hash::isForRsa)
            .orElseThrow(
                () ->
                    new InvalidAlgorithmParameterException(
                        "the HSM does no RSASSA-PSS with "
                            + pss.getDigestAlgorithm()
                            + "; use SHA-224, SHA-256, SHA-384 or SHA-512"));
    if (!pss.getMGFAlgorithm().equalsIgnoreCase("MGF1")
        || !(pss.getMGFParameters() instanceof MGF1ParameterSpec mgf)
        || Hash.ofJdkName(mgf.getDigestAlgorithm()).orElse(null) != hash) {
      throw new InvalidAlgorithmParameterException(
          "the HSM does RSASSA-PSS with MGF1 over the hash of the message alone, here "
              + hash.jdkName());
    }
    if (pss.getSaltLength() != hash.length()) {
      throw new InvalidAlgorithmParameterException(
          "the HSM's salt is as long as the digest (got "
              + pss.getSaltLength()
              + " bytes, want "
              + hash.length()
              + ")");
    }
    if (pss.getTrailerField() != PSSParameterSpec.TRAILER_FIELD_BC) {
      throw new InvalidAlgorithmParameterException(
          "trailer field " + pss.getTrailerField() + " is not supported, only 1");
    }
    return hash;
  }

  private static void checkKey(HsmPrivateKey key, PSSParameterSpec asked, Hash hash)
      throws InvalidAlgorithmParameterException {
    if (!(key instanceof RSAKey rsa)) {
      return;
    }
    // A certificate may tie its RSASSA-PSS key to certain parameters (RFC 4055 3.3).
    if (rsa.getParams() instanceof PSSParameterSpec tied
        && (Hash.ofJdkName(tied.getDigestAlgorithm()).orElse(null) != hash
            || tied.getSaltLength() > asked.getSaltLength())) {
      throw new InvalidAlgorithmParameterException(
          "the certificate of "
              + key
              + " allows "
              + tied.getDigestAlgorithm()
              + " with a salt of "
              + tied.getSaltLength()
              + " bytes or more, not "
              + asked.getDigestAlgorithm()
              + " with "
              + asked.getSaltLength());
    }
    // RFC 8017 9.1.1: hash, salt and two bytes go into one bit less than the modulus has.
    int bits = 8 * (hash.length() + asked.getSaltLength() + 1) + 2;
    if (rsa.getModulus().bitLength() < bits) {
      throw new InvalidAlgorithmParameterException(
          "RSASSA-PSS with "
              + hash.jdkName()
              + " and a salt of "
              + asked.getSaltLength()
              + " bytes takes "
              + bits
              + " bits or more, and this is "
              + key);
    }
  }

  /** The same in JCA's opaque form, null where there are none. */
  static @Nullable AlgorithmParameters encoded(@Nullable PSSParameterSpec parameters) {
    if (parameters == null) {
      return null;
    }
    try {
      AlgorithmParameters encoded = JdkEngines.pssParameters();
      encoded.init(parameters);
      return encoded;
    } catch (InvalidParameterSpecException e) {
      throw new IllegalStateException("parameters that were accepted cannot be encoded", e);
    }
  }
}
