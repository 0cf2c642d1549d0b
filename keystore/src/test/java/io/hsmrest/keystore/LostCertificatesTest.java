package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.SubjectAttribute;
import io.hsmrest.client.model.SubjectAttributes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The answer to a request for a certificate or CSR is lost after the request was created: the
 * result is found by its key and its subject, among those of others.
 */
class LostCertificatesTest {
  private static final KeyPair CA_KEY = Certificates.ec();
  private static final KeyPair WEB_KEY = Certificates.rsa();
  private static final CertificateTemplate CA = CertificateTemplate.ofCommonName("Gated CA");
  private static final CertificateTemplate WEB = CertificateTemplate.ofCommonName("web");

  private final MakingHsm hsm = new MakingHsm();
  private Others others = client -> {};
  private int lost;

  /** What other clients ask for at the same time. */
  private interface Others {
    void ask(HsmClient client) throws HsmException;
  }

  @BeforeEach
  void keys() {
    hsm.withGatedKey("ca", CA_KEY).withGatedKey("other", Certificates.ec()).withKey("web", WEB_KEY);
  }

  /** The first answer to a creation is lost, after others have asked for something too. */
  private HsmClient losing() {
    HsmClient client = hsm.client();
    return (HsmClient)
        Proxy.newProxyInstance(
            HsmClient.class.getClassLoader(),
            new Class<?>[] {HsmClient.class},
            (proxy, method, arguments) -> {
              boolean creates = method.getName().startsWith("submit");
              if (creates && lost == 0) {
                others.ask(client);
              }
              Object answer;
              try {
                answer = method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (creates && lost++ == 0) {
                throw Refusal.lostAnswer(method.getName());
              }
              return answer;
            });
  }

  private HsmCertificates certificates(String... settings) throws HsmException {
    return CertificateWorld.over(losing(), settings).certificates();
  }

  private static CsrRequest csr(String key, SubjectAttributes subject) {
    return new CsrRequest(key, null, "SHA256_WITH_ECDSA", subject, List.of(), List.of(), List.of());
  }

  private static String commonName(byte[] csr) throws HsmException {
    return CertificateContent.of(CertificationRequest.read(csr), "k").subject().stream()
        .filter(attribute -> attribute.getKey().equals(SubjectAttribute.COMMON_NAME.oid()))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void aCsrIsFound() throws Exception {
    assertThat(commonName(certificates().requestCsr("ca", CA))).isEqualTo("Gated CA");
    assertThat(hsm.submitted()).isOne();
  }

  @Test
  void aCsrIsToldFromThoseOfOthers() throws Exception {
    others =
        client -> {
          client.submitCsr(
              csr("ca", SubjectAttributes.ofCommonName("another subject")), RequestMetadata.none());
          // Our name, in another place of the subject.
          client.submitCsr(
              csr(
                  "ca",
                  SubjectAttributes.ofCommonName("x")
                      .with(SubjectAttribute.ORGANIZATION, "Gated CA")),
              RequestMetadata.none());
          client.submitCsr(
              csr("other", SubjectAttributes.ofCommonName("Gated CA")), RequestMetadata.none());
        };
    byte[] found = certificates().requestCsr("ca", CA);
    assertThat(commonName(found)).isEqualTo("Gated CA");
    assertThat(CertificationRequest.read(found).carries(CA_KEY.getPublic())).isTrue();
    assertThat(hsm.submitted()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "pem", "base64"})
  void aSelfSignedCertificateIsFoundWhateverTheResultSays(String result) throws Exception {
    hsm.selfSignResult = result;
    X509Certificate made = certificates().selfSign("ca", CA);
    made.verify(CA_KEY.getPublic());
    assertThat(made.getSubjectX500Principal().getName()).isEqualTo("CN=Gated CA");
    assertThat(hsm.submitted()).isOne();
  }

  @Test
  void aSelfSignedCertificateIsToldFromThatOfAnotherKey() throws Exception {
    hsm.selfSignResult = "pem";
    others =
        client ->
            client.submitSelfSign(
                new SelfSignCertificateRequest(
                    "other",
                    null,
                    "SHA256_WITH_ECDSA",
                    90,
                    SubjectAttributes.ofCommonName("Gated CA"),
                    false,
                    List.of(),
                    List.of()),
                RequestMetadata.none());
    certificates().selfSign("ca", CA).verify(CA_KEY.getPublic());
    assertThat(hsm.submitted()).isEqualTo(2);
  }

  @Test
  void anIssuedCertificateIsToldFromThatForAnotherKey() throws Exception {
    HsmCertificates undisturbed = CertificateWorld.over(hsm.client()).certificates();
    undisturbed.selfSign("ca", CA);
    byte[] ours = undisturbed.requestCsr("web", WEB);
    byte[] theirs = undisturbed.requestCsr("other", WEB);
    int before = hsm.submitted();
    others =
        client ->
            client.submitIssueCertificate(
                new IssueCertificateRequest(
                    "ca",
                    null,
                    "SHA256_WITH_ECDSA",
                    CertificationRequest.read(theirs).der(),
                    SubjectAttributes.ofCommonName("web"),
                    90,
                    false,
                    List.of(),
                    List.of(),
                    List.of(),
                    false),
                RequestMetadata.none());
    X509Certificate issued = certificates().issue("ca", ours, WEB);
    assertThat(issued.getPublicKey().getEncoded()).isEqualTo(WEB_KEY.getPublic().getEncoded());
    assertThat(hsm.submitted()).isEqualTo(before + 2);
  }

  @Test
  void whereThatIsSetItIsAnError() throws Exception {
    HsmCertificates certificates = certificates("approval.recover=fail");
    assertThatThrownBy(() -> certificates.requestCsr("ca", CA))
        .isInstanceOf(RequestOutcomeUnknownException.class)
        .hasMessageContaining("submitCsr: the answer was lost");
    assertThat(hsm.submitted()).isOne();
  }
}
