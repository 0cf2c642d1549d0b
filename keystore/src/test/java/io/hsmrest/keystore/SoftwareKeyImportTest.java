package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Software keys come in only where {@code keys.import} allows it, and then non-extractable. */
class SoftwareKeyImportTest {
  private static final String ALLOW = "keys.import = allow";
  private static final KeyPair CA_PAIR = Certificates.ec();
  private static final X509Certificate CA = Certificates.selfSigned("ca", CA_PAIR);

  private final InMemoryHsm hsm = new InMemoryHsm();

  static List<KeyPair> pairsOfEachType() {
    return List.of(Certificates.rsa(), Certificates.ec(), Certificates.ed25519());
  }

  @ParameterizedTest
  @MethodSource("pairsOfEachType")
  void aPairComesInWithItsChainAndCannotBeTakenOutAgain(KeyPair pair) throws Exception {
    Certificate[] chain = chainFor(pair);
    KeyStore store = TestStore.loadedOver(hsm, ALLOW);

    store.setKeyEntry("imported", pair.getPrivate(), null, chain);

    assertThat(store.getKey("imported", null)).isInstanceOf(HsmPrivateKey.class);
    assertThat(store.getCertificateChain("imported")).containsExactly(chain);
    assertThat(hsm.flagsOf("imported").extractable()).isFalse();
    assertThat(hsm.flagsOf("imported").destroyable()).isTrue();
  }

  @Test
  void attributesOfImportedKeysAreThoseOfNewKeys() throws Exception {
    KeyPair pair = Certificates.ec();
    KeyStore store =
        TestStore.loadedOver(hsm, ALLOW, "keygen.extractable = true", "keygen.destroyable = false");

    store.setKeyEntry("imported", pair.getPrivate(), null, chainFor(pair));

    assertThat(hsm.flagsOf("imported").extractable()).isTrue();
    assertThat(hsm.flagsOf("imported").destroyable()).isFalse();
  }

  @Test
  void anExistingEntryIsNeverOverwritten() throws Exception {
    KeyPair pair = Certificates.ec();
    hsm.withKey("key", Certificates.ec()).withCertificate("ca", CA).withSymmetricKey("aes");
    KeyStore store = TestStore.loadedOver(hsm, ALLOW);

    for (String taken : List.of("key", "ca", "aes")) {
      assertThatThrownBy(() -> store.setKeyEntry(taken, pair.getPrivate(), null, chainFor(pair)))
          .isInstanceOf(KeyStoreException.class)
          .hasMessageContaining("'" + taken + "'")
          .hasMessageContaining("nothing was changed");
    }
    assertThat(hsm.takeCalls()).noneMatch(call -> call.startsWith("import"));
  }

  @ParameterizedTest
  @MethodSource("pairsOfEachType")
  void aKeyWithTheCertificateOfAnotherIsRefused(KeyPair pair) throws Exception {
    KeyStore store = TestStore.loadedOver(hsm, ALLOW);
    KeyPair sameType =
        pairsOfEachType().stream()
            .filter(p -> p.getPublic().getAlgorithm().equals(pair.getPublic().getAlgorithm()))
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() -> store.setKeyEntry("k", pair.getPrivate(), null, chainFor(sameType)))
        .isInstanceOf(KeyStoreException.class)
        .hasMessage(
            "software key 'k' is not imported: its certificate belongs to another key; nothing was"
                + " changed");
    assertThat(hsm.has("k")).isFalse();
  }

  @Test
  void keysThatCouldNotBeUsedHereAreRefused() throws Exception {
    KeyPairGenerator x25519 = KeyPairGenerator.getInstance("X25519");
    KeyPair pair = x25519.generateKeyPair();
    Certificate[] chain = {
      Certificates.issued("x", pair.getPublic(), CA, CA_PAIR.getPrivate()), CA
    };
    KeyStore store = TestStore.loadedOver(hsm, ALLOW);

    assertThatThrownBy(() -> store.setKeyEntry("k", pair.getPrivate(), null, chain))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("keys are not used here");
  }

  @Test
  void aServiceThatMakesTheKeyExtractableAllTheSameIsNotAccepted() throws Exception {
    KeyPair pair = Certificates.ec();
    hsm.makingImportsExtractable();
    KeyStore store = TestStore.loadedOver(hsm, ALLOW);

    assertThatThrownBy(() -> store.setKeyEntry("k", pair.getPrivate(), null, chainFor(pair)))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("key 'k' was imported and is in the HSM now")
        .hasMessageContaining("extractable although it was asked not to");
  }

  private static Certificate[] chainFor(KeyPair pair) {
    return new Certificate[] {
      Certificates.issued("leaf", pair.getPublic(), CA, CA_PAIR.getPrivate()), CA
    };
  }
}
