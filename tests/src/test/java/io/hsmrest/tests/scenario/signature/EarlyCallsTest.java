package io.hsmrest.tests.scenario.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.keystore.HsmPrivateKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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

/**
 * Whatever is called before the first key, or between two, ties a {@code Signature} of no named
 * provider to one: to us where we come first.
 */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlyCallsTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  private final SigningKeys keys = new SigningKeys("{}", "RSA", "secp256r1", "ED");
  private final Provider provider = keys.provider();

  @AfterEach
  void unregister() {
    Security.removeProvider(provider.getName());
  }

  @AfterAll
  void stop() {
    keys.close();
  }

  private void register(String position) {
    int at =
        position.equals("first")
            ? Security.insertProviderAt(provider, 1)
            : Security.addProvider(provider);
    assertThat(at).isPositive();
  }

  private static PSSParameterSpec pss(int salt) {
    return new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1);
  }

  /** A scheme with the label of its key in the HSM, and the JDK's name of the type. */
  enum Scheme {
    RSA("SHA256withRSA", "RSA", "RSA"),
    PSS("RSASSA-PSS", "RSA", "RSA"),
    ECDSA("SHA256withECDSA", "secp256r1", "EC"),
    ED25519("Ed25519", "ED", "Ed25519");

    private final String algorithm;
    private final String label;
    private final String type;

    Scheme(String algorithm, String label, String type) {
      this.algorithm = algorithm;
      this.label = label;
      this.type = type;
    }

    KeyPair softwareKey() throws GeneralSecurityException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type, "Sun" + provider());
      if (this != ED25519) {
        generator.initialize(type.equals("RSA") ? 2048 : 256);
      }
      return generator.generateKeyPair();
    }

    private String provider() {
      return type.equals("RSA") ? "RsaSign" : "EC";
    }

    Signature signature() throws GeneralSecurityException {
      return Signature.getInstance(algorithm);
    }

    /** Parameters are for RSASSA-PSS alone, and needed there. */
    void prepare(Signature signature) throws GeneralSecurityException {
      if (this == PSS) {
        signature.setParameter(pss(32));
      }
    }
  }

  /** A call that chooses a provider. */
  enum Call {
    GET_PARAMETERS,
    SET_NOTHING,
    GET_PROVIDER;

    void on(Signature signature) throws GeneralSecurityException {
      switch (this) {
        case GET_PARAMETERS -> signature.getParameters();
        case SET_NOTHING -> signature.setParameter((AlgorithmParameterSpec) null);
        case GET_PROVIDER -> assertThat(signature.getProvider()).isNotNull();
      }
    }
  }

  record Case(Scheme scheme, Call call) {}

  /** RSASSA-PSS takes no null. */
  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Scheme scheme : Scheme.values()) {
      for (Call call : Call.values()) {
        if (scheme != Scheme.PSS || call != Call.SET_NOTHING) {
          cases.add(new Case(scheme, call));
        }
      }
    }
    return cases.stream();
  }

  static Stream<Case> casesThatAnEngineSees() {
    return cases().filter(one -> one.call() != Call.GET_PROVIDER);
  }

  @ParameterizedTest
  @MethodSource("casesThatAnEngineSees")
  void softwareKeysSignWhereWeComeFirst(Case one) throws GeneralSecurityException {
    register("first");
    KeyPair software = one.scheme().softwareKey();
    Signature signer = one.scheme().signature();
    one.call().on(signer);
    assertThat(signer.getProvider()).isSameAs(provider);
    signer.initSign(software.getPrivate());
    one.scheme().prepare(signer);
    signer.update(MESSAGE);
    byte[] made = signer.sign();
    Signature verifier = one.scheme().signature();
    verifier.initVerify(software.getPublic());
    one.scheme().prepare(verifier);
    verifier.update(MESSAGE);
    assertThat(verifier.verify(made)).isTrue();
  }

  /** What the documentation says: an engine hears nothing of {@code getProvider}. */
  @ParameterizedTest
  @ValueSource(strings = {"RSA", "PSS", "ECDSA", "ED25519"})
  void softwareKeysAreRefusedAfterGetProviderWhereWeComeFirst(Scheme scheme)
      throws GeneralSecurityException {
    register("first");
    Signature signer = scheme.signature();
    assertThat(signer.getProvider()).isSameAs(provider);
    KeyPair software = scheme.softwareKey();
    assertThatThrownBy(() -> signer.initSign(software.getPrivate()))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessage("no key of provider HsmRest");
    Signature verifier = scheme.signature();
    assertThat(verifier.getProvider()).isSameAs(provider);
    verifier.initVerify(software.getPublic());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void softwareKeysSignWhereWeComeLast(Case one) throws GeneralSecurityException {
    register("last");
    Signature signer = one.scheme().signature();
    one.call().on(signer);
    signer.initSign(one.scheme().softwareKey().getPrivate());
    assertThat(signer.getProvider()).isNotSameAs(provider);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void handlesSignWhereWeComeFirst(Case one) throws GeneralSecurityException {
    register("first");
    HsmPrivateKey handle = SigningKeys.handle(provider, one.scheme().label);
    Signature signer = one.scheme().signature();
    one.call().on(signer);
    signer.initSign(handle);
    one.scheme().prepare(signer);
    signer.update(MESSAGE);
    byte[] made = signer.sign();
    signer.initVerify(handle.publicKey());
    signer.update(MESSAGE);
    assertThat(signer.verify(made)).isTrue();
  }

  /** What the documentation says: the object is the JDK's by then. */
  @ParameterizedTest
  @MethodSource("cases")
  void handlesAreRefusedByTheJdkWhereWeComeLast(Case one) throws GeneralSecurityException {
    register("last");
    HsmPrivateKey handle = SigningKeys.handle(provider, one.scheme().label);
    Signature signer = one.scheme().signature();
    one.call().on(signer);
    assertThatThrownBy(() -> signer.initSign(handle)).isInstanceOf(InvalidKeyException.class);
  }

  @ParameterizedTest
  @CsvSource({"GET_PARAMETERS, 20", "GET_PROVIDER, 20", "GET_PROVIDER, 0", "GET_PARAMETERS, 222"})
  void saltsOfTheJdksAreVerifiedWhereWeComeFirst(Call call, int salt)
      throws GeneralSecurityException {
    KeyPair software = Scheme.PSS.softwareKey();
    Signature signer = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
    signer.setParameter(pss(salt));
    signer.initSign(software.getPrivate());
    signer.update(MESSAGE);
    byte[] made = signer.sign();
    register("first");
    Signature verifier = Scheme.PSS.signature();
    call.on(verifier);
    verifier.setParameter(pss(salt));
    verifier.initVerify(software.getPublic());
    verifier.update(MESSAGE);
    assertThat(verifier.verify(made)).isTrue();
    Signature another = Scheme.PSS.signature();
    another.setParameter(pss(32));
    another.setParameter(pss(salt));
    another.initVerify(software.getPublic());
    another.update(MESSAGE);
    assertThat(another.verify(made)).isTrue();
  }

  /** One object, one kind of key, as with the JDK's own providers. */
  @ParameterizedTest
  @CsvSource({"RSA, first", "RSA, last", "ECDSA, first", "ED25519, last", "PSS, first"})
  void anObjectThatHasMetAHandleIsForHandlesAndTheirPublicKeys(Scheme scheme, String position)
      throws GeneralSecurityException {
    register(position);
    HsmPrivateKey handle = SigningKeys.handle(provider, scheme.label);
    Signature signature = scheme.signature();
    signature.initSign(handle);
    signature.initVerify(handle.publicKey());
    signature.initSign(handle);
    scheme.prepare(signature);
    signature.update(MESSAGE);
    assertThat(signature.sign()).isNotEmpty();
    if (scheme != Scheme.PSS) {
      KeyPair software = scheme.softwareKey();
      assertThatThrownBy(() -> signature.initSign(software.getPrivate()))
          .isInstanceOf(InvalidKeyException.class)
          .hasMessage("no key of provider HsmRest");
    }
  }

  @ParameterizedTest
  @CsvSource({"RSA, first", "RSA, last", "ECDSA, first", "ED25519, last", "PSS, first"})
  void anObjectThatHasMetAnyOtherKeyIsNotForHandles(Scheme scheme, String position)
      throws GeneralSecurityException {
    register(position);
    HsmPrivateKey handle = SigningKeys.handle(provider, scheme.label);
    Signature signs = scheme.signature();
    signs.initSign(scheme.softwareKey().getPrivate());
    Signature verifies = scheme.signature();
    verifies.initVerify(handle.publicKey());
    for (Signature signature : List.of(signs, verifies)) {
      assertThatThrownBy(() -> signature.initSign(handle)).isInstanceOf(InvalidKeyException.class);
    }
  }
}
