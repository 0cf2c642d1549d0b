package io.hsmrest.provider;

import io.hsmrest.client.model.NewKey;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** RSA keys, by their size. */
final class RsaShapes implements KeyShapes {
  @Override
  public boolean makes(String serviceAlgorithm) {
    return serviceAlgorithm.equals("RSA");
  }

  @Override
  public KeyPairAlgorithm.Shape ofBits(int bits) {
    if (bits < 1024 || bits > 8192 || bits % 1024 != 0) {
      throw new InvalidParameterException(
          "RSA keys of " + bits + " bits are not made in the HSM; ask for 2048, 3072 or 4096");
    }
    return label -> NewKey.rsa(label, bits);
  }

  @Override
  public KeyPairAlgorithm.Shape ofParameters(AlgorithmParameterSpec parameters)
      throws InvalidAlgorithmParameterException {
    if (!(parameters instanceof RSAKeyGenParameterSpec rsa)) {
      throw KeyShapes.unknown(parameters);
    }
    if (!RSAKeyGenParameterSpec.F4.equals(rsa.getPublicExponent())) {
      throw new InvalidAlgorithmParameterException(
          "the HSM makes RSA keys with the public exponent 65537 alone");
    }
    try {
      return ofBits(rsa.getKeysize());
    } catch (InvalidParameterException e) {
      throw new InvalidAlgorithmParameterException(e.getMessage(), e);
    }
  }

  @Override
  public KeyPairAlgorithm.Shape ofDefault() {
    return ofBits(3072);
  }
}
