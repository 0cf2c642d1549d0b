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

  static PSSParameterSpec of(Hash hash) {
    return new PSSParameterSpec(
        hash.jdkName(),
        "MGF1",
        new MGF1ParameterSpec(hash.jdkName()),
        hash.length(),
        PSSParameterSpec.TRAILER_FIELD_BC);
  }

  /** The hash of parameters that the HSM can do. */
  static Hash check(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
    if (!(parameters instanceof PSSParameterSpec pss)) {
      throw new InvalidAlgorithmParameterException(
          "RSASSA-PSS takes a PSSParameterSpec, not a " + parameters.getClass().getSimpleName());
    }
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

  /** A certificate may tie its RSASSA-PSS key to certain parameters (RFC 4055 3.3). */
  static void checkKey(HsmPrivateKey key, PSSParameterSpec asked)
      throws InvalidAlgorithmParameterException {
    if (key instanceof RSAKey rsa
        && rsa.getParams() instanceof PSSParameterSpec tied
        && (!Hash.ofJdkName(tied.getDigestAlgorithm())
                .equals(Hash.ofJdkName(asked.getDigestAlgorithm()))
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
