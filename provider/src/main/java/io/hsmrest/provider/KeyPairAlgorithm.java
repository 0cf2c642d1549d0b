package io.hsmrest.provider;

import io.hsmrest.client.model.NewKey;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** What key pairs are generated: JCA name, and how sizes and parameters become the service's. */
enum KeyPairAlgorithm {
  RSA("RSA") {
    @Override
    Shape ofBits(int bits) {
      if (bits < 1024 || bits > 8192 || bits % 1024 != 0) {
        throw new InvalidParameterException(
            "RSA keys of " + bits + " bits are not made in the HSM; ask for 2048, 3072 or 4096");
      }
      return label -> NewKey.rsa(label, bits);
    }

    @Override
    Shape ofParameters(AlgorithmParameterSpec parameters)
        throws InvalidAlgorithmParameterException {
      if (parameters instanceof RSAKeyGenParameterSpec rsa) {
        if (!RSAKeyGenParameterSpec.F4.equals(rsa.getPublicExponent())) {
          throw new InvalidAlgorithmParameterException(
              "the HSM makes RSA keys with the public exponent 65537 alone");
        }
        return checked(() -> ofBits(rsa.getKeysize()));
      }
      throw unknown(parameters);
    }

    @Override
    Shape ofDefault() {
      return ofBits(3072);
    }
  },
  EC("EC") {
    @Override
    Shape ofBits(int bits) {
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

    @Override
    Shape ofParameters(AlgorithmParameterSpec parameters)
        throws InvalidAlgorithmParameterException {
      // keytool -groupname hands in NamedParameterSpec first; refusing it makes the JDK go on to
      // another provider for good.
      String name = nameIn(parameters);
      Curve curve =
          Curve.ofName(name)
              .orElseThrow(
                  () ->
                      new InvalidAlgorithmParameterException(
                          "the curve '" + name + "' is none of those that keys are made on"));
      return label -> NewKey.ec(label, curve.oid());
    }

    @Override
    Shape ofDefault() {
      return ofBits(256);
    }
  },
  ED25519("Ed25519") {
    @Override
    Shape ofBits(int bits) {
      return ed25519(bits);
    }

    @Override
    Shape ofParameters(AlgorithmParameterSpec parameters)
        throws InvalidAlgorithmParameterException {
      return ed25519(parameters);
    }

    @Override
    Shape ofDefault() {
      return NewKey::ed25519;
    }
  },
  EDDSA("EdDSA") {
    @Override
    Shape ofBits(int bits) {
      return ed25519(bits);
    }

    @Override
    Shape ofParameters(AlgorithmParameterSpec parameters)
        throws InvalidAlgorithmParameterException {
      return ed25519(parameters);
    }

    @Override
    Shape ofDefault() {
      return NewKey::ed25519;
    }
  };

  private final String jcaName;

  KeyPairAlgorithm(String jcaName) {
    this.jcaName = jcaName;
  }

  String jcaName() {
    return jcaName;
  }

  /** A key that lacks nothing but its label. */
  @FunctionalInterface
  interface Shape {
    NewKey named(String label);
  }

  /** By size; {@code InvalidParameterException} where there is no such size. */
  abstract Shape ofBits(int bits);

  abstract Shape ofParameters(AlgorithmParameterSpec parameters)
      throws InvalidAlgorithmParameterException;

  /** Without any {@code initialize}. */
  abstract Shape ofDefault();

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

  private static Shape ed25519(int bits) {
    if (bits != 255 && bits != 256) {
      throw new InvalidParameterException(
          "EdDSA keys of " + bits + " bits are not made in the HSM; it has Ed25519 alone (255)");
    }
    return NewKey::ed25519;
  }

  private static Shape ed25519(AlgorithmParameterSpec parameters)
      throws InvalidAlgorithmParameterException {
    if (!nameIn(parameters).equalsIgnoreCase(NamedParameterSpec.ED25519.getName())) {
      throw new InvalidAlgorithmParameterException(
          nameIn(parameters) + " keys are not made in the HSM; it has Ed25519 alone");
    }
    return NewKey::ed25519;
  }

  private static Shape checked(java.util.function.Supplier<Shape> shape)
      throws InvalidAlgorithmParameterException {
    try {
      return shape.get();
    } catch (InvalidParameterException e) {
      throw new InvalidAlgorithmParameterException(e.getMessage(), e);
    }
  }

  private static InvalidAlgorithmParameterException unknown(AlgorithmParameterSpec parameters) {
    return new InvalidAlgorithmParameterException(
        "parameters of type "
            + parameters.getClass().getSimpleName()
            + " are not understood; use HsmKeyGenParameterSpec, which also names the key");
  }
}
