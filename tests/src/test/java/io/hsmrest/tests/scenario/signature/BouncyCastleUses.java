package io.hsmrest.tests.scenario.signature;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jcajce.spec.ContextParameterSpec;
import org.bouncycastle.jcajce.spec.MLDSAParameterSpec;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * What Bouncy Castle's software keys are used for without naming a provider, and what comes of each
 * use.
 */
final class BouncyCastleUses {
  private static final Provider BC = BouncyCastleKey.BC;
  private static final byte[] MESSAGE = BouncyCastleKey.MESSAGE;
  private static final AlgorithmParameterSpec CONTEXT = new ContextParameterSpec(new byte[] {7, 8});
  private static final AlgorithmParameterSpec SALT =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 20, 1);

  private final List<BouncyCastleKey> keys;
  private final KeyPair rsa;
  private final Map<String, String> outcomes = new LinkedHashMap<>();

  private BouncyCastleUses(List<BouncyCastleKey> keys, KeyPair rsa) {
    this.keys = keys;
    this.rsa = rsa;
  }

  /** Something that is asked of no provider in particular; says what came out. */
  @FunctionalInterface
  private interface Use {
    Object run() throws Exception;
  }

  /** Tries everything; a failure is the outcome {@code failed}. */
  static Map<String, String> outcomes(List<BouncyCastleKey> keys, KeyPair rsa) {
    BouncyCastleUses uses = new BouncyCastleUses(keys, rsa);
    uses.all();
    return uses.outcomes;
  }

  private void add(String use, Use what) {
    String outcome;
    try {
      outcome = String.valueOf(what.run());
    } catch (Exception e) {
      outcome = "failed";
    }
    outcomes.put(use, outcome);
  }

  private void all() {
    for (BouncyCastleKey subject : keys) {
      String family = subject.set().substring(0, subject.set().indexOf("-DSA") + 4);
      for (String name : List.of(subject.set(), family)) {
        generating(name);
        signing(name, subject);
        keys(name, subject.pair());
      }
      certificates(subject);
    }
    classical();
  }

  private void generating(String name) {
    add(
        "generate " + name,
        () -> KeyPairGenerator.getInstance(name).generateKeyPair().getPublic().getClass());
    if (name.equals("ML-DSA")) {
      add(
          "generate ML-DSA with parameters",
          () -> {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(name);
            generator.initialize(MLDSAParameterSpec.ml_dsa_44);
            return generator.generateKeyPair().getPublic().getEncoded().length;
          });
    }
  }

  private void signing(String name, BouncyCastleKey subject) {
    KeyPair pair = subject.pair();
    add("sign " + name, () -> verifies(name, pair, null, sign(name, pair, null, true)));
    if (name.startsWith("ML-DSA")) {
      add("sign " + name + " after getParameters", () -> signEarly(pair, name, true));
      add("sign " + name + " after getProvider", () -> signEarly(pair, name, false));
    }
    add(
        "sign " + name + " with a context",
        () -> verifies(name, pair, CONTEXT, sign(name, pair, CONTEXT, false)));
    add(
        "sign " + name + " with a context that comes before the key",
        () -> verifies(name, pair, CONTEXT, sign(name, pair, CONTEXT, true)));
    add(
        "verify " + name,
        () -> {
          Signature verifier = Signature.getInstance(name);
          verifier.initVerify(pair.getPublic());
          verifier.update(MESSAGE);
          return verifier.verify(subject.signature());
        });
  }

  private static boolean signEarly(KeyPair pair, String name, boolean parameters) throws Exception {
    Signature signer = Signature.getInstance(name);
    Object unused = parameters ? signer.getParameters() : signer.getProvider();
    signer.initSign(pair.getPrivate());
    signer.update(MESSAGE);
    return verifies(name, pair, null, signer.sign());
  }

  private static byte[] sign(
      String name, KeyPair pair, AlgorithmParameterSpec parameters, boolean parametersFirst)
      throws Exception {
    Signature signer = Signature.getInstance(name);
    if (parameters != null && parametersFirst) {
      signer.setParameter(parameters);
    }
    signer.initSign(pair.getPrivate());
    if (parameters != null && !parametersFirst) {
      signer.setParameter(parameters);
    }
    signer.update(MESSAGE);
    return signer.sign();
  }

  private static boolean verifies(
      String name, KeyPair pair, AlgorithmParameterSpec parameters, byte[] signature)
      throws Exception {
    Signature verifier = Signature.getInstance(name, BC);
    verifier.initVerify(pair.getPublic());
    if (parameters != null) {
      verifier.setParameter(parameters);
    }
    verifier.update(MESSAGE);
    return verifier.verify(signature);
  }

  private void keys(String name, KeyPair pair) {
    PKCS8EncodedKeySpec secret = new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded());
    X509EncodedKeySpec open = new X509EncodedKeySpec(pair.getPublic().getEncoded());
    add(
        "read a private key " + name,
        () -> KeyFactory.getInstance(name).generatePrivate(secret).getClass());
    add(
        "read a public key " + name,
        () -> KeyFactory.getInstance(name).generatePublic(open).getClass());
    add(
        "take a private key apart " + name,
        () ->
            KeyFactory.getInstance(name)
                .getKeySpec(pair.getPrivate(), PKCS8EncodedKeySpec.class)
                .getEncoded()
                .length);
    add(
        "translate " + name,
        () -> KeyFactory.getInstance(name).translateKey(pair.getPrivate()).getClass());
  }

  private void certificates(BouncyCastleKey subject) {
    String set = subject.set();
    add("read a certificate " + set, () -> subject.parsed().getPublicKey().getClass());
    add(
        "verify a certificate " + set,
        () -> {
          subject.parsed().verify(subject.parsed().getPublicKey());
          return "good";
        });
    add(
        "verify it by Bouncy Castle " + set,
        () -> {
          subject.parsed().verify(subject.parsed().getPublicKey(), "BC");
          return "good";
        });
    add(
        "sign by bcpkix " + set,
        () ->
            new JcaContentSignerBuilder(set)
                .build(subject.pair().getPrivate())
                .getAlgorithmIdentifier()
                .getAlgorithm());
  }

  private void classical() {
    add(
        "generate RSA",
        () -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
          generator.initialize(1024);
          return generator.generateKeyPair().getPublic().getClass();
        });
    for (String name : List.of("EC", "Ed25519", "EdDSA")) {
      add(
          "generate " + name,
          () -> KeyPairGenerator.getInstance(name).generateKeyPair().getPublic().getClass());
    }
    add(
        "generate on a curve that the JDK lacks",
        () -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
          try {
            generator.initialize(new ECGenParameterSpec("secp256k1"));
          } catch (InvalidAlgorithmParameterException e) {
            return "refused";
          }
          return generator.generateKeyPair().getPublic().getClass();
        });
    add(
        "sign PSS with a salt of its own",
        () -> {
          byte[] made = sign("SHA256withRSAandMGF1", rsa, SALT, true);
          return verifies("SHA256withRSAandMGF1", rsa, SALT, made);
        });
  }
}
