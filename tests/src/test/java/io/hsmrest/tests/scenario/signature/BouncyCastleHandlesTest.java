package io.hsmrest.tests.scenario.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.provider.HsmRestProvider;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handles in the hands of bcpkix, with Bouncy Castle's own provider registered beside ours. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BouncyCastleHandlesTest {
  private final SigningKeys keys =
      new SigningKeys(
          "{}", "RSA", "secp256r1", "secp256k1", "ED", "ML-DSA-65", "SLH-DSA-SHA2-128f");
  private final Provider provider = keys.provider();

  @AfterEach
  void unregister() {
    ProviderOrder.unregister(provider);
  }

  @AfterAll
  void stop() {
    keys.close();
  }

  /** An algorithm with the label of a key for it. */
  private static final String[][] ALGORITHMS = {
    {"SHA256withRSA", "RSA"},
    {"SHA224withRSAandMGF1", "RSA"},
    {"SHA256withRSAandMGF1", "RSA"},
    {"SHA384withRSAandMGF1", "RSA"},
    {"SHA512withRSAandMGF1", "RSA"},
    {"SHA256withECDSA", "secp256r1"},
    {"SHA3-256withECDSA", "secp256r1"},
    {"SHA256withECDSA", "secp256k1"},
    {"Ed25519", "ED"}
  };

  private static final String[][] POST_QUANTUM = {
    {"ML-DSA", "ML-DSA-65"},
    {"ML-DSA-65", "ML-DSA-65"},
    {"SLH-DSA", "SLH-DSA-SHA2-128f"},
    {"SLH-DSA-SHA2-128f", "SLH-DSA-SHA2-128f"}
  };

  record Case(ProviderOrder order, String algorithm, String label) {}

  private static Stream<Case> cases(String[][] algorithms) {
    return Stream.of(ProviderOrder.values())
        .flatMap(order -> Stream.of(algorithms).map(each -> new Case(order, each[0], each[1])));
  }

  static Stream<Case> whereverTheyStand() {
    return cases(ALGORITHMS);
  }

  static Stream<Case> postQuantum() {
    return cases(POST_QUANTUM);
  }

  private static X509CertificateHolder certificate(
      HsmPrivateKey handle, JcaContentSignerBuilder signers, String label)
      throws OperatorCreationException {
    X500Name name = new X500Name("CN=" + label);
    Instant now = Instant.now();
    return new X509v3CertificateBuilder(
            name,
            BigInteger.TWO,
            Date.from(now.minusSeconds(60)),
            Date.from(now.plusSeconds(3600)),
            name,
            SubjectPublicKeyInfo.getInstance(handle.publicKey().getEncoded()))
        .build(signers.build(handle));
  }

  private static void assertVerifies(X509CertificateHolder certificate) throws Exception {
    assertThat(
            certificate.isSignatureValid(
                new JcaContentVerifierProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(certificate.getSubjectPublicKeyInfo())))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("whereverTheyStand")
  void signWithoutAnybodyNamed(Case one) throws Exception {
    one.order().register(provider);
    HsmPrivateKey handle = SigningKeys.handle(provider, one.label());
    assertVerifies(certificate(handle, new JcaContentSignerBuilder(one.algorithm()), one.label()));
  }

  /** Bouncy Castle's engines are no mere engines: the JDK looks no further when they come first. */
  @ParameterizedTest
  @MethodSource("postQuantum")
  void signPostQuantumWhereOurProviderComesFirstOrIsNamed(Case one) throws Exception {
    one.order().register(provider);
    HsmPrivateKey handle = SigningKeys.handle(provider, one.label());
    Signature unnamed = Signature.getInstance(one.algorithm());
    if (one.order().isBefore() || isInJdkBefore(one)) {
      unnamed.initSign(handle);
      assertThat(unnamed.getProvider()).isSameAs(provider);
    } else {
      assertThatThrownBy(() -> unnamed.initSign(handle)).isInstanceOf(InvalidKeyException.class);
    }
    Signature.getInstance(one.algorithm(), "HsmRest").initSign(handle);
  }

  @ParameterizedTest
  @CsvSource({
    "FIRST_AND_BOUNCY_CASTLE_LAST, ML-DSA-65",
    "SECOND_AND_BOUNCY_CASTLE_FIRST, ML-DSA-65",
    "LAST_BUT_FOR_BOUNCY_CASTLE, SLH-DSA-SHA2-128f",
    "BEHIND_BOUNCY_CASTLE, SLH-DSA-SHA2-128f"
  })
  void signPostQuantumForBcpkix(ProviderOrder order, String set) throws Exception {
    order.register(provider);
    HsmPrivateKey handle = SigningKeys.handle(provider, set);
    JcaContentSignerBuilder signers = new JcaContentSignerBuilder(set);
    assertVerifies(
        certificate(handle, order.isBefore() ? signers : signers.setProvider("HsmRest"), set));
  }

  /** JDK 24 and later have ML-DSA, in a mere engine. */
  private static boolean isInJdkBefore(Case one) {
    return one.algorithm().startsWith("ML-DSA")
        && Runtime.version().feature() >= 24
        && !one.order().isBouncyCastlePreferred();
  }

  /** What docs/signatures.md says about {@code setProvider("HsmRest")}. */
  @ParameterizedTest
  @MethodSource("whereverTheyStand")
  void signWithOurProviderNamed(Case one) throws Exception {
    one.order().register(provider);
    HsmPrivateKey handle = SigningKeys.handle(provider, one.label());
    JcaContentSignerBuilder signers =
        new JcaContentSignerBuilder(one.algorithm()).setProvider("HsmRest");
    if (one.algorithm().endsWith("andMGF1")) {
      assertThatThrownBy(() -> signers.build(handle))
          .isInstanceOf(OperatorCreationException.class)
          .hasMessageContaining("no such algorithm: SHA");
      return;
    }
    assertVerifies(certificate(handle, signers, one.label()));
  }

  /** The certificate's key is then of Bouncy Castle's class, where that provider has the name. */
  @ParameterizedTest
  @CsvSource({
    "FIRST_AND_BOUNCY_CASTLE_SECOND, ML-DSA-65",
    "LAST_BUT_FOR_BOUNCY_CASTLE, ML-DSA-65",
    "BEHIND_BOUNCY_CASTLE, ML-DSA-65",
    "LAST_BUT_FOR_BOUNCY_CASTLE, SLH-DSA-SHA2-128f",
    "BEHIND_BOUNCY_CASTLE, SLH-DSA-SHA2-128f"
  })
  void makeAnEntryWithACertificate(ProviderOrder order, String set) throws Exception {
    order.register(provider);
    KeyStore keyStore = KeyStore.getInstance(HsmRestProvider.NAME, provider);
    keyStore.load(null, null);
    HsmPrivateKey handle = (HsmPrivateKey) keyStore.getKey(set, null);
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(
                        certificate(
                                handle,
                                new JcaContentSignerBuilder(set).setProvider("HsmRest"),
                                set)
                            .getEncoded()));
    certificate.verify(certificate.getPublicKey());
    keyStore.setKeyEntry(set, handle, null, new Certificate[] {certificate});
    KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry) keyStore.getEntry(set, null);
    Signature signer = Signature.getInstance(set, provider);
    signer.initSign(entry.getPrivateKey());
    signer.update(new byte[] {1});
    byte[] made = signer.sign();
    // By name, with whatever class the key is of.
    Signature verifier = Signature.getInstance(set, provider);
    verifier.initVerify(entry.getCertificate().getPublicKey());
    verifier.update(new byte[] {1});
    assertThat(verifier.verify(made)).isTrue();
  }

  /** Also where Bouncy Castle's provider is gone, or has never been there. */
  @ParameterizedTest
  @ValueSource(strings = {"ML-DSA-65", "SLH-DSA-SHA2-128f"})
  void areVerifiedByUsWithKeysOfAnyClass(String set) throws Exception {
    HsmPrivateKey handle = SigningKeys.handle(provider, set);
    Signature signer = Signature.getInstance(set, provider);
    signer.initSign(handle);
    signer.update(new byte[] {1});
    byte[] made = signer.sign();
    Signature verifier = Signature.getInstance(set, provider);
    verifier.initVerify(
        BouncyCastleProvider.getPublicKey(
            SubjectPublicKeyInfo.getInstance(handle.publicKey().getEncoded())));
    verifier.update(new byte[] {1});
    assertThat(verifier.verify(made)).isTrue();
  }
}
