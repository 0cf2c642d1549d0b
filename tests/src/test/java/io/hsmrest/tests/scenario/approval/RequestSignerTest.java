package io.hsmrest.tests.scenario.approval;

import static io.hsmrest.tests.scenario.approval.GatedHsm.failure;
import static io.hsmrest.tests.scenario.approval.GatedHsm.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.scenario.SoftwareKeys;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that takes requests of those whose signing key it knows, and of nobody else. */
@Tag("scenario")
class RequestSignerTest {
  private static final KeyPair KNOWN = SoftwareKeys.newKeys("RSA", 2048);
  private static final String PASSWORD = "test-password";

  @TempDir Path folder;

  private final GatedHsm gated =
      new GatedHsm(
          "{\"requestSigners\": [\""
              + Base64.getEncoder().encodeToString(KNOWN.getPublic().getEncoded())
              + "\"]}");

  @BeforeEach
  void makeKey() {
    gated.create("ca", gated.policies().use(1, "alice"));
  }

  @AfterEach
  void end() {
    gated.close();
  }

  private String[] signer(KeyPair pair) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Certificate[] chain = {SoftwareKeys.selfSigned("Payments", pair)};
    store.setKeyEntry("signer", pair.getPrivate(), PASSWORD.toCharArray(), chain);
    Path file = folder.resolve("signer.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    return new String[] {
      "requestSigner.keyStore = " + file, "requestSigner.password = file:" + password
    };
  }

  @Test
  void whoIsKnownIsServed() throws Exception {
    Future<byte[]> signing = gated.signing("ca", signer(KNOWN));
    gated.simulator().approve(gated.awaitAnnounced(), "alice");

    assertThat(gated.isGood(result(signing), "ca")).isTrue();
  }

  @Test
  void whoIsNotKnownIsToldAndNobodyIsAsked() throws Exception {
    Future<byte[]> signing = gated.signing("ca", signer(SoftwareKeys.newKeys()));

    assertThat(failure(signing))
        .isInstanceOf(SignatureException.class)
        .hasMessageStartingWith("SHA256withECDSA with key 'ca': ")
        .hasMessageContaining("415");
    assertThat(gated.requests()).isEmpty();
  }

  @Test
  void whoDoesNotSignIsToldWhichSettingIsMissing() throws Exception {
    Future<byte[]> signing = gated.signing("ca");

    assertThat(failure(signing))
        .hasMessageContaining("415")
        .hasMessageContaining("requestSigner.keyStore");
    assertThat(gated.requests()).isEmpty();
  }
}
