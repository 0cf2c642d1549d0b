package io.hsmrest.provider;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.PqcParameterSet;
import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;

/** What key pairs are generated: JCA name, and how sizes and parameters become the service's. */
enum KeyPairAlgorithm {
  RSA("RSA", new RsaShapes()),
  EC("EC", new EcShapes()),
  ED25519("Ed25519", new EdShapes()),
  EDDSA("EdDSA", new EdShapes()),
  ML_DSA("ML-DSA", PqcShapes.family("ML-DSA", PqcParameterSet.ML_DSA_65)),
  ML_DSA_44(PqcParameterSet.ML_DSA_44),
  ML_DSA_65(PqcParameterSet.ML_DSA_65),
  ML_DSA_87(PqcParameterSet.ML_DSA_87),
  SLH_DSA("SLH-DSA", PqcShapes.family("SLH-DSA", PqcParameterSet.SLH_DSA_SHA2_128F)),
  SLH_DSA_SHA2_128S(PqcParameterSet.SLH_DSA_SHA2_128S),
  SLH_DSA_SHA2_128F(PqcParameterSet.SLH_DSA_SHA2_128F),
  SLH_DSA_SHA2_192S(PqcParameterSet.SLH_DSA_SHA2_192S),
  SLH_DSA_SHA2_192F(PqcParameterSet.SLH_DSA_SHA2_192F),
  SLH_DSA_SHA2_256S(PqcParameterSet.SLH_DSA_SHA2_256S),
  SLH_DSA_SHA2_256F(PqcParameterSet.SLH_DSA_SHA2_256F),
  SLH_DSA_SHAKE_128S(PqcParameterSet.SLH_DSA_SHAKE_128S),
  SLH_DSA_SHAKE_128F(PqcParameterSet.SLH_DSA_SHAKE_128F),
  SLH_DSA_SHAKE_192S(PqcParameterSet.SLH_DSA_SHAKE_192S),
  SLH_DSA_SHAKE_192F(PqcParameterSet.SLH_DSA_SHAKE_192F),
  SLH_DSA_SHAKE_256S(PqcParameterSet.SLH_DSA_SHAKE_256S),
  SLH_DSA_SHAKE_256F(PqcParameterSet.SLH_DSA_SHAKE_256F);

  private final String jcaName;

  @SuppressWarnings("ImmutableEnumChecker") // none of them has a field that changes
  private final KeyShapes shapes;

  KeyPairAlgorithm(String jcaName, KeyShapes shapes) {
    this.jcaName = jcaName;
    this.shapes = shapes;
  }

  KeyPairAlgorithm(PqcParameterSet set) {
    this(set.parameterName(), PqcShapes.of(set));
  }

  /** A key that lacks nothing but its label. */
  @FunctionalInterface
  interface Shape {
    NewKey named(String label);
  }

  String jcaName() {
    return jcaName;
  }

  /** Whether keys of this type, by the service's name, are what it generates. */
  boolean makes(String serviceAlgorithm) {
    return shapes.makes(serviceAlgorithm);
  }

  /** By size; {@code InvalidParameterException} where there is no such size. */
  Shape ofBits(int bits) {
    return shapes.ofBits(bits);
  }

  Shape ofParameters(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
    return shapes.ofParameters(parameters);
  }

  /** Without any {@code initialize}. */
  Shape ofDefault() {
    return shapes.ofDefault();
  }
}
