package io.hsmrest.tests.scenario.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hsmrest.client.model.SubjectAttribute;
import io.hsmrest.client.model.SubjectAttributes;
import io.hsmrest.keystore.CertificateTemplate;
import io.hsmrest.keystore.HsmCertificates;
import io.hsmrest.tests.scenario.Policies;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an approver is shown, which has to be enough to say yes or no. */
@Tag("scenario")
class ApproversViewTest {
  private static final String[] TICKET = {
    "approval.metadata.ticket = CHG-4711", "approval.metadata.contact = ops@example.org"
  };

  private static final CertificateTemplate TEMPLATE =
      CertificateTemplate.of(
              SubjectAttributes.ofCommonName("Payments CA")
                  .with(SubjectAttribute.ORGANIZATION, "Example, Inc.")
                  .with(SubjectAttribute.COUNTRY, "CH"))
          .validFor(3650);

  private final GatedHsm gated = new GatedHsm();

  @BeforeEach
  void makeKey() {
    gated.create("ca", gated.policies().use(1, "alice"));
  }

  @AfterEach
  void end() {
    gated.close();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void aSignatureSaysWhoAsksForWhatAndCarriesTheDigest() throws Exception {
    gated.signing("ca", TICKET);
    String request = gated.awaitRequest();
    JsonNode shown = gated.metadataFor("alice");

    assertThat(names(shown))
        .contains("app", "host", "user", "purpose", "time", "algorithm", "digest")
        .contains("ticket", "contact");
    assertThat(shown.path("host").asText()).isEqualTo(InetAddress.getLocalHost().getHostName());
    assertThat(shown.path("user").asText()).isEqualTo(System.getProperty("user.name"));
    assertThat(shown.path("app").asText()).isNotBlank();
    assertThat(shown.path("purpose").asText()).isEqualTo("sign");
    assertThat(shown.path("algorithm").asText()).isEqualTo("SHA256withECDSA");
    assertThat(shown.path("ticket").asText()).isEqualTo("CHG-4711");
    assertThat(shown.path("contact").asText()).isEqualTo("ops@example.org");
    assertThat(Instant.parse(shown.path("time").asText())).isBefore(Instant.now());
    String digest =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(GatedHsm.MESSAGE));
    assertThat(shown.path("digest").asText()).contains(digest);

    JsonNode task = gated.tasksOf("alice").get(0);
    assertThat(task.path("requestId").asText()).isEqualTo(request);
    assertThat(task.path("key").asText()).isEqualTo("ca");
    assertThat(task.path("payload").path("hex").asText()).as("what is signed").isEqualTo(digest);
  }

  /** Whoever has the message can compare it with what is on the approver's screen. */
  @Test
  void withTheMessageSentTheApproverReadsIt() throws Exception {
    KeyStore keyStore = gated.keyStore("sign.hash = hsm");
    gated.running(
        () -> {
          Signature signature = Signature.getInstance("SHA256withECDSA", keyStore.getProvider());
          signature.initSign((PrivateKey) keyStore.getKey("ca", null));
          signature.update("pay 10 CHF to Bob".getBytes(StandardCharsets.UTF_8));
          return signature.sign();
        });
    gated.awaitRequest();

    assertThat(gated.tasksOf("alice").get(0).path("payload").path("text").asText())
        .isEqualTo("pay 10 CHF to Bob");
    assertThat(gated.metadataFor("alice").path("algorithm").asText()).isEqualTo("SHA256withECDSA");
  }

  private HsmCertificates certificates() throws Exception {
    return HsmCertificates.open(
        gated.hsm().config("approval.poll = 5ms..20ms", "approval.progress = none", TICKET[0]));
  }

  private void showsSubject(String purpose) throws Exception {
    JsonNode shown = gated.metadataFor("alice");
    assertThat(names(shown))
        .contains("app", "host", "user", "purpose", "time", "algorithm", "subject", "ticket");
    assertThat(shown.path("purpose").asText()).isEqualTo(purpose);
    assertThat(shown.path("subject").asText())
        .contains("Payments CA")
        .contains("Example, Inc.")
        .contains("CH");
    assertThat(shown.path("algorithm").asText()).isEqualTo("SHA256withECDSA");
  }

  @Test
  void aSelfSignedCertificateSaysItsWholeSubject() throws Exception {
    HsmCertificates certificates = certificates();
    gated.running(() -> certificates.selfSign("ca", TEMPLATE));
    gated.awaitRequest();
    showsSubject("self-sign");
  }

  @Test
  void aCsrSaysItsWholeSubject() throws Exception {
    HsmCertificates certificates = certificates();
    gated.running(() -> certificates.requestCsr("ca", TEMPLATE));
    gated.awaitRequest();
    showsSubject("CSR");
  }

  @Test
  void anIssuedCertificateSaysItsWholeSubject() throws Exception {
    HsmCertificates certificates = certificates();
    gated.create("web", Policies.free());
    var rooting = gated.running(() -> certificates.selfSign("ca", TEMPLATE));
    gated.simulator().approve(gated.awaitRequest(), "alice");
    assertThat(GatedHsm.result(rooting)).isNotNull();
    byte[] csr = certificates.requestCsr("web", CertificateTemplate.ofCommonName("web"));
    gated.running(() -> certificates.issue("ca", csr, TEMPLATE));
    gated.awaitRequest();
    showsSubject("issue certificate");
  }

  @Test
  void aSettingCannotPassForWhoAsks() throws Exception {
    gated.signing("ca", "approval.metadata.user = chief", "approval.metadata.purpose = nothing");
    gated.awaitRequest();

    JsonNode shown = gated.metadataFor("alice");
    assertThat(shown.path("user").asText()).isEqualTo(System.getProperty("user.name"));
    assertThat(shown.path("purpose").asText()).isEqualTo("sign");
  }
}
