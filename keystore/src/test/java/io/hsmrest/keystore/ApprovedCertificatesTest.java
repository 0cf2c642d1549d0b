package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.KeyUsage;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Certificates made with a key that people approve, whose results come as text (contract 2.3.5).
 */
class ApprovedCertificatesTest {
  private static final KeyPair CA_KEY = Certificates.ec();
  private static final CertificateTemplate CA =
      CertificateTemplate.ofCommonName("Gated CA")
          .asCertificateAuthority(true)
          .withKeyUsage(KeyUsage.KEY_CERT_SIGN);
  private static final CertificateTemplate WEB = CertificateTemplate.ofCommonName("web");

  private final MakingHsm hsm = new MakingHsm();

  @BeforeEach
  void gated() {
    hsm.withGatedKey("ca", CA_KEY).withKey("web", Certificates.rsa());
  }

  private HsmCertificates certificates() throws HsmException {
    return CertificateWorld.over(hsm.client()).certificates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "pem", "base64"})
  void theCertificateIsTheSameWhateverTheResultSays(String result) throws Exception {
    hsm.selfSignResult = result;
    X509Certificate made = certificates().selfSign("ca", CA);
    made.verify(CA_KEY.getPublic());
    assertThat(certificates().certificate("ca")).contains(made);
    assertThat(hsm.submitted()).isOne();
  }

  @Test
  void aResultThatIsNoCertificateNamesTheRequest() {
    hsm.selfSignResult = "certificate signed";
    assertThatThrownBy(() -> certificates().selfSign("ca", CA))
        .isInstanceOf(HsmProtocolException.class)
        .hasMessageStartingWith("the result of request request-0 cannot be read: ");
  }

  @Test
  void aResultThatSaysTrueWithoutACertificateAtTheKeyIsAnError() {
    hsm.attaches = false;
    assertThatThrownBy(() -> certificates().selfSign("ca", CA))
        .isInstanceOf(HsmProtocolException.class)
        .hasMessage("the request to self-sign 'ca' is EXECUTED and the key has no certificate");
  }

  @Test
  void whatComesBackIsComparedJustTheSame() throws Exception {
    hsm.selfSignResult = "pem";
    hsm.selfSigning =
        asked ->
            new io.hsmrest.client.model.SelfSignCertificateRequest(
                asked.keyName(),
                asked.keyPassword(),
                asked.signatureAlgorithm(),
                90,
                asked.subject(),
                asked.certificateAuthority(),
                asked.keyUsage(),
                asked.extendedKeyUsage());
    assertThat(certificates().selfSignWithReport("ca", CA).differences())
        .containsExactly(new CertificateDifference("validity", "365 days", "90 days"));
  }

  @Test
  void csrsAndIssuedCertificatesCostOneRequestEach() throws Exception {
    certificates().selfSign("ca", CA);
    byte[] sub = certificates().requestCsr("ca", CA);
    X509Certificate issued = certificates().issue("ca", certificates().requestCsr("web", WEB), WEB);
    assertThat(sub).isNotEmpty();
    issued.verify(CA_KEY.getPublic());
    assertThat(hsm.submitted()).isEqualTo(3);
  }

  @Test
  void readingImportingAndCleaningUpAskNobody() throws Exception {
    X509Certificate own = TestCertificate.root("CN=Gated CA", CA_KEY).make();
    HsmCertificates certificates = certificates();
    certificates.importCertificate("ca", java.util.List.of(own));
    assertThat(certificates.certificateChain("ca")).containsExactly(own);
    certificates.removeUnusedChainCertificates();
    assertThat(hsm.submitted()).isZero();
  }

  @Test
  void aKeyThatIsGatedSinceItWasReadIsAskedForWithARequest() throws Exception {
    KeyPair pair = Certificates.ec();
    hsm.withKey("late", pair);
    HsmCertificates certificates = certificates();
    certificates.selfSign("late", CertificateTemplate.ofCommonName("late"));
    hsm.withGatedKey("late", pair);
    hsm.directRefusal = Refusal.insufficientApprovals("self-sign with key 'late'");

    assertThat(certificates.selfSign("late", CertificateTemplate.ofCommonName("late"))).isNotNull();
    assertThat(hsm.submitted()).isOne();
  }
}
