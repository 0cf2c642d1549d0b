package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.KeyUsage;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.SubjectAlternativeName;
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
  private Afterwards afterwards = () -> {};
  private int lost;

  /** What other clients ask for at the same time. */
  private interface Others {
    void ask(HsmClient client) throws HsmException;
  }

  /** What happens once the request is there. */
  private interface Afterwards {
    void run() throws HsmException;
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
                afterwards.run();
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

  /** Of the same key and common name: what else is asked for tells one from the other. */
  @ParameterizedTest
  @ValueSource(strings = {"organization", "names", "other names"})
  void aCsrIsToldFromOneForAnotherSubject(String difference) throws Exception {
    SubjectAttributes subject = SubjectAttributes.ofCommonName("Gated CA");
    others =
        client ->
            client.submitCsr(
                new CsrRequest(
                    "ca",
                    null,
                    "SHA256_WITH_ECDSA",
                    difference.equals("organization")
                        ? subject.with(SubjectAttribute.ORGANIZATION, "Somebody Else")
                        : subject,
                    List.of(),
                    List.of(),
                    difference.equals("organization")
                        ? List.of()
                        : List.of(SubjectAlternativeName.dns("evil.example"))),
                RequestMetadata.none());
    CertificateTemplate asked =
        difference.equals("other names")
            ? CA.withSubjectAlternativeNames(SubjectAlternativeName.dns("www.example.org"))
            : CA;
    CsrReport found = certificates().requestCsrWithReport("ca", asked);
    assertThat(found.differences()).isEmpty();
    assertThat(hsm.submitted()).isEqualTo(2);
  }

  @Test
  void aSelfSignedCertificateIsToldFromOneOfAnotherValidity() throws Exception {
    hsm.selfSignResult = "pem";
    others = client -> client.submitSelfSign(selfSign(90, List.of()), RequestMetadata.none());
    assertThat(certificates().selfSignWithReport("ca", CA).differences()).isEmpty();
    assertThat(hsm.submitted()).isEqualTo(2);
  }

  @Test
  void aSelfSignedCertificateIsToldFromOneForOtherUses() throws Exception {
    hsm.selfSignResult = "pem";
    others =
        client ->
            client.submitSelfSign(
                selfSign(365, List.of(KeyUsage.CRL_SIGN)), RequestMetadata.none());
    assertThat(certificates().selfSignWithReport("ca", CA).differences()).isEmpty();
    assertThat(hsm.submitted()).isEqualTo(2);
  }

  private static SelfSignCertificateRequest selfSign(int days, List<KeyUsage> usages) {
    return new SelfSignCertificateRequest(
        "ca",
        null,
        "SHA256_WITH_ECDSA",
        days,
        SubjectAttributes.ofCommonName("Gated CA"),
        false,
        usages,
        List.of());
  }

  /** Services up to 2.2 leave usages out (contract U11): it may be ours, and may be another's. */
  @Test
  void oneWithoutTheUsagesAskedForIsNeitherTakenNorAskedForAgain() throws Exception {
    hsm.requesting =
        asked ->
            new CsrRequest(
                asked.keyName(),
                asked.keyPassword(),
                asked.signatureAlgorithm(),
                asked.subject(),
                List.of(),
                List.of(),
                List.of());
    HsmCertificates certificates = certificates();
    assertThatThrownBy(
            () -> certificates.requestCsr("ca", CA.withKeyUsage(KeyUsage.DIGITAL_SIGNATURE)))
        .isInstanceOf(RequestOutcomeUnknownException.class)
        .hasMessageEndingWith("one of these requests may be this operation's: request-0");
    assertThat(hsm.submitted()).isOne();
  }

  /** What the key carries says whose request came last, not which one this is. */
  @Test
  void whereAnotherHasReplacedWhatIsAttachedItIsNotAskedForAgain() throws Exception {
    HsmClient other = hsm.client();
    afterwards = () -> other.submitSelfSign(selfSign(90, List.of()), RequestMetadata.none());
    HsmCertificates certificates = certificates();
    assertThatThrownBy(() -> certificates.selfSign("ca", CA))
        .isInstanceOf(RequestOutcomeUnknownException.class)
        .hasMessageEndingWith("may be this operation's: request-0, request-1");
    assertThat(hsm.submitted()).isEqualTo(2);
  }

  @Test
  void aResultThatCannotBeFetchedNowLeavesItOpen() throws Exception {
    HsmClient client = losing();
    HsmClient cut =
        (HsmClient)
            Proxy.newProxyInstance(
                HsmClient.class.getClassLoader(),
                new Class<?>[] {HsmClient.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("readCertificate") && lost == 1) {
                    throw new HsmConnectionException("away", 1, true, null);
                  }
                  try {
                    return method.invoke(client, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    HsmCertificates certificates = CertificateWorld.over(cut).certificates();
    assertThatThrownBy(() -> certificates.selfSign("ca", CA))
        .isInstanceOf(RequestOutcomeUnknownException.class)
        .hasMessageEndingWith("may be this operation's: request-0");
    assertThat(hsm.submitted()).isOne();
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
