package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.keystore.HsmPrivateKey;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Parameters in every state of a {@code Signature}, and what being asked for them early means. Run
 * again on the newest JDK, by its tag.
 */
@Tag("scenario")
class ParametersTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  private final SoftService service = new SoftService();
  private final KeyPair software = SoftKeys.pair("RSA");
  private final String label = service.add("RSA");
  private final HsmRestProvider provider = service.provider();
  private final HsmPrivateKey handle = SoftService.handle(provider, label);

  @AfterEach
  void stop() {
    service.close();
  }

  private static PSSParameterSpec pss(String digest, int salt) {
    return new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), salt, 1);
  }

  private Signature signature(String name) throws GeneralSecurityException {
    return Signature.getInstance(name, provider);
  }

  /** What has happened to an object before it is given parameters. */
  enum State {
    NEW,
    SIGNS_WITH_A_HANDLE,
    SIGNS_WITH_A_SOFTWARE_KEY,
    VERIFIES;

    void reach(Signature signature, HsmPrivateKey handle, KeyPair software)
        throws GeneralSecurityException {
      switch (this) {
        case NEW -> {}
        case SIGNS_WITH_A_HANDLE -> signature.initSign(handle);
        case SIGNS_WITH_A_SOFTWARE_KEY -> signature.initSign(software.getPrivate());
        case VERIFIES -> signature.initVerify(software.getPublic());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NEW, SHA-512, 64",
    "NEW, SHA-1, 20",
    "SIGNS_WITH_A_HANDLE, SHA-512, 64",
    "SIGNS_WITH_A_SOFTWARE_KEY, SHA-512, 64",
    "SIGNS_WITH_A_SOFTWARE_KEY, SHA-1, 20",
    "VERIFIES, SHA-512, 64",
    "VERIFIES, SHA-512/256, 32"
  })
  void anotherHashThanThatOfTheNameIsRefusedInEveryState(State state, String digest, int salt)
      throws GeneralSecurityException {
    Signature signature = signature("SHA256withRSAandMGF1");
    state.reach(signature, handle, software);
    assertThatThrownBy(() -> signature.setParameter(pss(digest, salt)))
        .isInstanceOf(InvalidAlgorithmParameterException.class)
        .hasMessage("SHA256withRSAandMGF1 hashes with what its name says, not with " + digest);
    assertThat(told(signature).getDigestAlgorithm()).isEqualTo("SHA-256");
    signature.initSign(handle);
    signature.update(MESSAGE);
    assertThat(
            Verifier.verifies(
                SignatureAlgorithm.SHA256_PSS, software.getPublic(), MESSAGE, signature.sign()))
        .isTrue();
  }

  private static PSSParameterSpec told(Signature signature) throws GeneralSecurityException {
    return signature.getParameters().getParameterSpec(PSSParameterSpec.class);
  }

  /** A salt that the HSM does not make. */
  @ParameterizedTest
  @ValueSource(strings = {"RSASSA-PSS", "SHA256withRSAandMGF1"})
  void whatOnlyTheJdkCanDoIsVerifiedWhateverWasSetBefore(String name)
      throws GeneralSecurityException {
    Signature jdk = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
    jdk.setParameter(pss("SHA-256", 20));
    jdk.initSign(software.getPrivate());
    jdk.update(MESSAGE);
    byte[] made = jdk.sign();
    Signature verifier = signature(name);
    verifier.setParameter(pss("SHA-256", 32));
    verifier.setParameter(pss("SHA-256", 20));
    verifier.initVerify(software.getPublic());
    verifier.update(MESSAGE);
    assertThat(verifier.verify(made)).isTrue();
    assertThat(told(verifier).getSaltLength()).isEqualTo(20);
  }

  @Test
  void whatOnlyTheJdkCanDoIsNotSignedWithAHandle() throws GeneralSecurityException {
    Signature signature = signature("RSASSA-PSS");
    signature.setParameter(pss("SHA-256", 20));
    assertThatThrownBy(() -> signature.initSign(handle))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessage("the HSM's salt is as long as the digest (got 20 bytes, want 32)");
    signature.setParameter(pss("SHA-256", 32));
    signature.initSign(handle);
    assertThatThrownBy(() -> signature.setParameter(pss("SHA-256", 20)))
        .isInstanceOf(InvalidAlgorithmParameterException.class)
        .hasMessageContaining("got 20 bytes, want 32");
    signature.update(MESSAGE);
    assertThat(signature.sign()).hasSize(256);
  }

  @Test
  void whatNobodyCanDoIsRefusedAtOnce() throws GeneralSecurityException {
    Signature signature = signature("RSASSA-PSS");
    for (AlgorithmParameterSpec wrong :
        new AlgorithmParameterSpec[] {
          null, new java.security.spec.ECGenParameterSpec("P-256"), pss("SHA-42", 16)
        }) {
      assertThatThrownBy(() -> signature.setParameter(wrong))
          .isInstanceOf(InvalidAlgorithmParameterException.class);
    }
  }

  /** What ties an object of no named provider to this one, where it comes first. */
  enum Early {
    GET_PARAMETERS,
    SET_NOTHING;

    void call(Signature signature) throws GeneralSecurityException {
      switch (this) {
        case GET_PARAMETERS -> signature.getParameters();
        case SET_NOTHING -> signature.setParameter((AlgorithmParameterSpec) null);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET_PARAMETERS, SHA256_RSA, RSA",
    "GET_PARAMETERS, NONE_RSA, RSA",
    "GET_PARAMETERS, SHA256_ECDSA, EC",
    "GET_PARAMETERS, ED25519, Ed25519",
    "GET_PARAMETERS, RSASSA_PSS, RSA",
    "SET_NOTHING, SHA512_RSA, RSA",
    "SET_NOTHING, SHA256_ECDSA_P1363, EC",
    "SET_NOTHING, EDDSA_ANY, Ed25519"
  })
  void whoeverCalledEarlySignsAndVerifiesWithSoftwareKeys(
      Early early, SignatureAlgorithm row, String type) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
    if (type.equals("EC")) {
      generator.initialize(256);
    }
    KeyPair pair = generator.generateKeyPair();
    Signature signer = signature(row.jcaName());
    early.call(signer);
    signer.initSign(pair.getPrivate());
    Signature verifier = signature(row.jcaName());
    early.call(verifier);
    verifier.initVerify(pair.getPublic());
    if (row == SignatureAlgorithm.RSASSA_PSS) {
      signer.setParameter(pss("SHA-1", 7));
      verifier.setParameter(pss("SHA-1", 7));
    }
    signer.update(MESSAGE);
    verifier.update(MESSAGE);
    assertThat(verifier.verify(signer.sign())).isTrue();
    assertThat(service.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA256withRSA", "RSASSA-PSS"})
  void whoeverDidNotIsRefusedThem(String name) throws GeneralSecurityException {
    Signature signature = signature(name);
    assertNotOurs(signature);
    // Too late: the object was asked for by name, or has met a handle.
    signature.getParameters();
    assertNotOurs(signature);
    signature.initSign(handle);
    signature.getParameters();
    assertNotOurs(signature);
  }

  private void assertNotOurs(Signature signature) {
    assertThatThrownBy(() -> signature.initSign(software.getPrivate()))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessage("no key of provider HsmRest");
  }

  /** RFC 8017 9.1.1: the encoding takes hash, salt and two bytes. */
  @ParameterizedTest
  @CsvSource({
    "1024, SHA-512, 64, 1034",
    "1024, SHA-384, 48, 0",
    "1033, SHA-512, 64, 1034",
    "1034, SHA-512, 64, 0"
  })
  void aKeyThatIsTooShortForItsParametersIsRefusedHere(
      int bits, String digest, int salt, int needed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    service.put("short", "RSA", generator.generateKeyPair());
    HsmRestProvider own = service.provider();
    HsmPrivateKey key = SoftService.handle(own, "short");
    String named = digest.replace("-", "") + "withRSAandMGF1";
    Signature late = Signature.getInstance("RSASSA-PSS", own);
    late.initSign(key);
    Signature early = Signature.getInstance("RSASSA-PSS", own);
    early.setParameter(pss(digest, salt));
    Signature byName = Signature.getInstance(named, own);
    if (needed == 0) {
      late.setParameter(pss(digest, salt));
      early.initSign(key);
      byName.initSign(key);
      assertThat(byName.sign()).hasSize((bits + 7) / 8);
      return;
    }
    String why = "takes " + needed + " bits or more, and this is " + key;
    assertThatThrownBy(() -> late.setParameter(pss(digest, salt)))
        .isInstanceOf(InvalidAlgorithmParameterException.class)
        .hasMessageContaining(why);
    assertThatThrownBy(() -> early.initSign(key))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining(why);
    assertThatThrownBy(() -> byName.initSign(key))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining(why);
    assertThatThrownBy(() -> AsyncSigner.of(named, key))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining(why);
    assertThat(service.asked()).isEmpty();
  }
}
