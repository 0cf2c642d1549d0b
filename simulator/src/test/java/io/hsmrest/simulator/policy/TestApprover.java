package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.BouncyCastle;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.CertificateCreation;
import io.hsmrest.simulator.crypto.CertificateTemplate;
import io.hsmrest.simulator.crypto.KeyImport;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.SignatureAlgorithm;
import io.hsmrest.simulator.crypto.SignatureSettings;
import io.hsmrest.simulator.crypto.Signing;
import io.hsmrest.simulator.crypto.SubjectAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An approver with the JDK's own keys and signatures, as an approver program has them. */
final class TestApprover {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Map<String, TestApprover> NAMED = new ConcurrentHashMap<>();

  private final String type;
  private final KeyPair pair;

  private TestApprover(String type, KeyPair pair) {
    this.type = type;
    this.pair = pair;
  }

  /** A fresh approver with a key of a JCA type. */
  static TestApprover create(String type) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      if (!type.startsWith("Ed")) {
        generator.initialize(type.equals("EC") ? 256 : 2048);
      }
      return new TestApprover(type, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same approver for the same name, with an EC key. */
  static TestApprover named(String name) {
    return NAMED.computeIfAbsent(name, key -> create("EC"));
  }

  Bytes publicKey() {
    return Bytes.of(pair.getPublic().getEncoded());
  }

  /** A self-signed certificate; only for RSA, EC and Ed25519. */
  Bytes certificate(SubjectAttributes subject) {
    boolean rsa = type.equals("RSA");
    boolean ec = type.equals("EC");
    KeyMaterial key =
        KeyImport.keyPair(
            rsa ? "RSA" : ec ? "EC" : "ED", Bytes.of(pair.getPrivate().getEncoded()), null, null);
    return new CertificateCreation(
            new Signing(SignatureSettings.defaults(), RANDOM), Clock.systemUTC(), RANDOM, true)
        .selfSign(
            key,
            new CertificateTemplate(
                SignatureAlgorithm.of(rsa ? "SHA256_WITH_RSA" : ec ? "SHA256_WITH_ECDSA" : "EDDSA"),
                subject,
                1,
                false,
                List.of(),
                List.of(),
                List.of(),
                false));
  }

  Bytes certificate(String commonName) {
    return certificate(SubjectAttributes.ofCommonName(commonName));
  }

  /** Signs with the service's digest name; SHA-3 with RSA or DSA is Bouncy Castle's. */
  Bytes sign(String digest, Bytes content) {
    String jcaDigest = digest.startsWith("SHA-") ? digest.replace("-", "") : digest;
    String scheme = type.equals("EC") ? "ECDSA" : type;
    try {
      Signature signature =
          type.startsWith("Ed")
              ? Signature.getInstance("Ed25519")
              : Signature.getInstance(jcaDigest + "with" + scheme, BouncyCastle.provider());
      signature.initSign(pair.getPrivate());
      signature.update(content.toArray());
      return Bytes.of(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
