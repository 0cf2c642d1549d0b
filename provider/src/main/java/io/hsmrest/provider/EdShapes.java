package io.hsmrest.provider;

import io.hsmrest.client.model.NewKey;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;

/** Ed25519 keys; the HSM has no other of this family. */
final class EdShapes implements KeyShapes {
  @Override
  public boolean makes(String serviceAlgorithm) {
    return serviceAlgorithm.equals("ED");
  }

  @Override
  public KeyPairAlgorithm.Shape ofBits(int bits) {
    if (bits != 255 && bits != 256) {
      throw new InvalidParameterException(
          "EdDSA keys of " + bits + " bits are not made in the HSM; it has Ed25519 alone (255)");
    }
    return NewKey::ed25519;
  }

  @Override
  public KeyPairAlgorithm.Shape ofParameters(AlgorithmParameterSpec parameters)
      throws InvalidAlgorithmParameterException {
    String name = KeyShapes.nameIn(parameters);
    if (!name.equalsIgnoreCase(NamedParameterSpec.ED25519.getName())) {
      throw new InvalidAlgorithmParameterException(
          name + " keys are not made in the HSM; it has Ed25519 alone");
    }
    return NewKey::ed25519;
  }

  @Override
  public KeyPairAlgorithm.Shape ofDefault() {
    return NewKey::ed25519;
  }
}
