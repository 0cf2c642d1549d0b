package io.hsmrest.provider;

import io.hsmrest.client.model.NewKey;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.spec.AlgorithmParameterSpec;

/** EC keys, by their curve, or by the size that stands for one. */
final class EcShapes implements KeyShapes {
  @Override
  public boolean makes(String serviceAlgorithm) {
    return serviceAlgorithm.equals("EC");
  }

  @Override
  public KeyPairAlgorithm.Shape ofBits(int bits) {
    Curve curve =
        Curve.ofBits(bits)
            .orElseThrow(
                () ->
                    new InvalidParameterException(
                        "no curve of "
                            + bits
                            + " bits; ask for 256, 384 or 521, or name the curve"));
    return label -> NewKey.ec(label, curve.oid());
  }

  /**
   * keytool -groupname hands in NamedParameterSpec first; refusing it makes the JDK go on to
   * another provider for good.
   */
  @Override
  public KeyPairAlgorithm.Shape ofParameters(AlgorithmParameterSpec parameters)
      throws InvalidAlgorithmParameterException {
    String name = KeyShapes.nameIn(parameters);
    Curve curve =
        Curve.ofName(name)
            .orElseThrow(
                () ->
                    new InvalidAlgorithmParameterException(
                        "the curve '" + name + "' is none of those that keys are made on"));
    return label -> NewKey.ec(label, curve.oid());
  }

  @Override
  public KeyPairAlgorithm.Shape ofDefault() {
    return ofBits(256);
  }
}
