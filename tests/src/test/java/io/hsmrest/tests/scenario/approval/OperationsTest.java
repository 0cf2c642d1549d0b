package io.hsmrest.tests.scenario.approval;

import static io.hsmrest.tests.scenario.approval.GatedHsm.failure;
import static io.hsmrest.tests.scenario.approval.GatedHsm.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.approval.ApprovalRejectedException;
import io.hsmrest.client.approval.ApprovalTimedOutException;
import io.hsmrest.client.model.KeyUsage;
import io.hsmrest.keystore.CertificateTemplate;
import io.hsmrest.keystore.HsmCertificates;
import io.hsmrest.keystore.SelfSignRequest;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.Policies;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Certificates made with a gated key wait as signatures do, from Java. */
@Tag("scenario")
class OperationsTest {
  private static final CertificateTemplate CA =
      CertificateTemplate.ofCommonName("Payments CA")
          .asCertificateAuthority(true)
          .validFor(3650)
          .withKeyUsage(KeyUsage.KEY_CERT_SIGN);
  private static final CertificateTemplate WEB = CertificateTemplate.ofCommonName("web");

  private final GatedHsm gated = new GatedHsm();

  @BeforeEach
  void makeKeys() {
    gated.create("ca", gated.policies().use(2, "alice", "bob"));
    gated.create("web", Policies.free());
  }

  @AfterEach
  void end() {
    gated.close();
  }

  private HsmCertificates certificates(String... settings) throws HsmException {
    String[] all = new String[settings.length + 2];
    all[0] = "approval.poll = 5ms..20ms";
    all[1] = "approval.progress = log";
    System.arraycopy(settings, 0, all, 2, settings.length);
    return HsmCertificates.open(gated.hsm().config(all));
  }

  private <T> T approved(Callable<T> operation, String announced) throws Exception {
    Future<T> running = gated.running(operation);
    String request = gated.awaitRequest();
    assertThat(gated.log().awaitLine("request " + request))
        .startsWith("approval needed to " + announced + " with key 'ca': request " + request);
    gated.simulator().approve(request, "alice");
    gated.log().awaitLine("1 of 2 approvals, missing: bob;");
    assertThat(running.isDone()).isFalse();
    gated.simulator().approve(request, "bob");
    return result(running);
  }

  @Test
  void selfSigningWaits() throws Exception {
    HsmCertificates certificates = certificates();
    X509Certificate made = approved(() -> certificates.selfSign("ca", CA), "self-sign");

    made.verify(made.getPublicKey());
    assertThat(HsmContents.of(gated.hsm()).certificateOf("ca")).contains(made);
    assertThat(gated.requests().values()).containsExactly("EXECUTED");
  }

  @Test
  void makingACsrWaits() throws Exception {
    HsmCertificates certificates = certificates();
    byte[] csr = approved(() -> certificates.requestCsr("ca", WEB), "make a CSR");

    JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(csr);
    assertThat(
            request.isSignatureValid(
                new JcaContentVerifierProviderBuilder().build(request.getPublicKey())))
        .isTrue();
    assertThat(gated.requests().values()).containsExactly("EXECUTED");
  }

  @Test
  void issuingWaitsAndMakingTheCsrOfAFreeKeyDoesNot() throws Exception {
    HsmCertificates certificates = certificates();
    X509Certificate root = approved(() -> certificates.selfSign("ca", CA), "self-sign");
    byte[] csr = certificates.requestCsr("web", WEB);
    Future<X509Certificate> issuing =
        gated.running(() -> certificates.issueWithReport("ca", csr, WEB).certificate());
    String request = gated.awaitAnnounced();
    assertThat(gated.log().awaitLine(request))
        .startsWith("approval needed to issue a certificate with key 'ca'");
    gated.simulator().approve(request, "alice");
    gated.simulator().approve(request, "bob");

    result(issuing).verify(root.getPublicKey());
    assertThat(gated.requests().values()).containsExactly("EXECUTED", "EXECUTED");
  }

  @Test
  void importingReadingAndBuildingTheChainAskNobody() throws Exception {
    HsmCertificates certificates = certificates();
    X509Certificate root = approved(() -> certificates.selfSign("ca", CA), "self-sign");
    int asked = gated.requests().size();

    certificates.importCertificate("ca", List.of(root));
    assertThat(certificates.certificateChain("ca")).containsExactly(root);
    assertThat(gated.keyStore().getCertificateChain("ca")).containsExactly(root);
    assertThat(gated.requests()).hasSize(asked);
  }

  @Test
  void aRejectedCertificateIsAKeyStoreExceptionAndChangesNothing() throws Exception {
    KeyStore keyStore = gated.keyStore();
    Future<Boolean> setting =
        gated.running(
            () -> {
              keyStore.setEntry("ca", new SelfSignRequest(CA), null);
              return true;
            });
    String request = gated.awaitAnnounced();
    gated.simulator().reject(request, "bob");

    assertThat(failure(setting))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("request " + request + " to self-sign with key 'ca' was rejected")
        .hasMessageContaining("rejected by: bob")
        .hasCauseInstanceOf(ApprovalRejectedException.class);
    assertThat(HsmContents.of(gated.hsm()).certificateOf("ca")).isEmpty();
    assertThat(gated.requests()).containsExactly(Map.entry(request, "REJECTED"));
  }

  @Test
  void givingUpACertificateWithdrawsItsRequest() throws Exception {
    HsmCertificates certificates = certificates("approval.timeout = 300ms");
    Future<byte[]> running = gated.running(() -> certificates.requestCsr("ca", WEB));
    String request = gated.awaitRequest();

    assertThat(failure(running))
        .isInstanceOf(ApprovalTimedOutException.class)
        .hasMessageContaining(
            "request " + request + " to make a CSR with key 'ca' was given up after ");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "CANCELLED"));
  }
}
