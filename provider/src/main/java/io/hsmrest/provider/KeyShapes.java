package io.hsmrest.provider;

import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;

/** The keys of one type that the HSM can make. Immutable. */
interface KeyShapes {

  /** Whether keys of this type, by the service's name, belong here. */
  boolean makes(String serviceAlgorithm);

  /** By size; {@code InvalidParameterException} where there is no such size. */
  KeyPairAlgorithm.Shape ofBits(int bits);

  KeyPairAlgorithm.Shape ofParameters(AlgorithmParameterSpec parameters)
      throws InvalidAlgorithmParameterException;

  KeyPairAlgorithm.Shape ofDefault();

  /** The name in parameters that consist of nothing else. */
  static String nameIn(AlgorithmParameterSpec parameters)
      throws InvalidAlgorithmParameterException {
    if (parameters instanceof ECGenParameterSpec ec) {
      return ec.getName();
    }
    if (parameters instanceof NamedParameterSpec named) {
      return named.getName();
    }
    throw unknown(parameters);
  }

  static InvalidAlgorithmParameterException unknown(AlgorithmParameterSpec parameters) {
    return new InvalidAlgorithmParameterException(
        "parameters of type "
            + parameters.getClass().getSimpleName()
            + " are not understood; use HsmKeyGenParameterSpec, which also names the key");
  }
}
