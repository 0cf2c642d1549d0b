package io.hsmrest.provider;

import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;

/**
 * The JDK's own engines, taken by provider object: a lookup by name walks the list of providers, in
 * which this one may come first.
 */
final class JdkEngines {
  private static final List<String> PROVIDERS = List.of("SunRsaSign", "SunEC", "SUN", "SunJCE");

  private JdkEngines() {}

  /** The JDK's signature of this name, empty where this JDK has none. */
  static Optional<Signature> signature(String algorithm) {
    for (String name : PROVIDERS) {
      Provider provider = Security.getProvider(name);
      if (provider != null && has(provider, algorithm)) {
        try {
          return Optional.of(Signature.getInstance(algorithm, provider));
        } catch (NoSuchAlgorithmException e) {
          throw new IllegalStateException(algorithm + " of provider " + name + " is unusable", e);
        }
      }
    }
    return Optional.empty();
  }

  /** Older JDKs make {@code NONEwithRSA} of SunJCE's cipher, without a service of that name. */
  private static boolean has(Provider provider, String algorithm) {
    return provider.getService("Signature", algorithm) != null
        || algorithm.equals("NONEwithRSA") && provider.getName().equals("SunJCE");
  }

  /** The JDK's signature of a name that every JDK has. */
  static Signature existing(String algorithm) {
    return signature(algorithm)
        .orElseThrow(() -> new IllegalStateException("no " + algorithm + " in this Java"));
  }

  /** The JDK's own reading of a key, which knows named curves alone. */
  static ECPublicKey ecKey(ECPublicKey key) throws InvalidKeyException {
    try {
      KeyFactory factory = KeyFactory.getInstance("EC", provider("SunEC"));
      return (ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
      throw new InvalidKeyException("the JDK cannot read this EC key: " + e.getMessage(), e);
    }
  }

  static MessageDigest digest(Hash hash) {
    try {
      return MessageDigest.getInstance(hash.jdkName(), provider("SUN"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no " + hash.jdkName() + " in this Java", e);
    }
  }

  /** RSA with PKCS#1 v1.5 padding, for the public operation. */
  static Cipher rsaCipher() {
    try {
      return Cipher.getInstance("RSA/ECB/PKCS1Padding", provider("SunJCE"));
    } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
      throw new IllegalStateException("no RSA cipher in this Java", e);
    }
  }

  static AlgorithmParameters pssParameters() {
    try {
      return AlgorithmParameters.getInstance("RSASSA-PSS", provider("SunRsaSign"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no RSASSA-PSS parameters in this Java", e);
    }
  }

  static CertPathBuilder pathBuilder() throws CertPathBuilderException {
    try {
      return CertPathBuilder.getInstance("PKIX", provider("SUN"));
    } catch (NoSuchAlgorithmException e) {
      throw new CertPathBuilderException("this Java has no path builder", e);
    }
  }

  static Provider provider(String name) {
    Provider provider = Security.getProvider(name);
    if (provider == null) {
      throw new IllegalStateException("this Java has no security provider " + name);
    }
    return provider;
  }
}
