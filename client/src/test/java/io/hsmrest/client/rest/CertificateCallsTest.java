package io.hsmrest.client.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.hsmrest.client.rest.ServiceDouble.error;
import static io.hsmrest.client.rest.ServiceDouble.json;
import static io.hsmrest.client.rest.ServiceDouble.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.hsmrest.client.Golden;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.UnknownKeyException;
import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.ExtendedKeyUsage;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.KeyUsage;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.Secret;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.SubjectAttribute;
import io.hsmrest.client.model.SubjectAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of the certificate operations (contract 2.3). */
class CertificateCallsTest {
  private static final String SELF_SIGN = "/v1/certificate/synchronous/selfsign";
  private static final List<ExtendedKeyUsage> ANY =
      List.of(ExtendedKeyUsage.ANY_EXTENDED_KEY_USAGE);

  @RegisterExtension static final WireMockExtension SERVICE = ServiceDouble.start();

  private HsmClient client;

  @BeforeEach
  void open() throws Exception {
    client = RestClients.open(SERVICE.baseUrl());
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static SelfSignCertificateRequest selfSignK(SubjectAttributes subject) {
    return new SelfSignCertificateRequest(
        "k",
        null,
        "SHA256_WITH_RSA",
        365,
        subject,
        true,
        List.of(KeyUsage.KEY_CERT_SIGN),
        ANY,
        List.of());
  }

  private static SubjectAttributes inZurich(String commonName, String organization, String unit) {
    return SubjectAttributes.ofCommonName(commonName)
        .with(SubjectAttribute.COUNTRY, "CH")
        .with(SubjectAttribute.STATE_OR_PROVINCE, "Zurich")
        .with(SubjectAttribute.LOCALITY, "Zurich")
        .with(SubjectAttribute.ORGANIZATION, organization)
        .with(SubjectAttribute.ORGANIZATION_UNIT, unit);
  }

  private static SubjectAttributes swissSubject(String commonName) {
    return SubjectAttributes.ofCommonName(commonName)
        .with(SubjectAttribute.COUNTRY, "CH")
        .with(SubjectAttribute.STATE_OR_PROVINCE, "Zurich")
        .with(SubjectAttribute.LOCALITY, "Zurich");
  }

  private static Octets certificate() {
    return PemText.decode(GoldenJson.member("selfSign.json", "certificate"));
  }

  @Test
  void selfSigns() throws Exception {
    SERVICE.stubFor(on("POST", SELF_SIGN).willReturn(json(200, Golden.text("selfSign.json"))));
    Octets certificate =
        client.selfSign(
            new SelfSignCertificateRequest(
                "tsb-timestamp-signer",
                null,
                "SHA256_WITH_RSA",
                3650,
                SubjectAttributes.ofCommonName("TSB-Timestamp-Signer"),
                true,
                List.of(KeyUsage.DIGITAL_SIGNATURE),
                ANY,
                List.of()));
    SERVICE.verify(
        postRequestedFor(urlEqualTo(SELF_SIGN))
            .withRequestBody(equalToJson(Golden.text("selfSign.request.json"))));
    assertThat(certificate).isEqualTo(certificate());
  }

  @Test
  void sendsAPasswordAndLeavesOutEmptyUsages() throws Exception {
    SERVICE.stubFor(on("POST", SELF_SIGN).willReturn(json(201, Golden.text("selfSign.json"))));
    client.selfSign(
        new SelfSignCertificateRequest(
            "k",
            Secret.of("pw"),
            "EDDSA",
            1,
            SubjectAttributes.ofCommonName("cn"),
            false,
            List.of(),
            List.of(),
            List.of()));
    SERVICE.verify(
        postRequestedFor(urlEqualTo(SELF_SIGN))
            .withRequestBody(
                equalToJson(
                    """
                    {"signKeyName": "k", "keyPassword": ["p", "w"], "validity": 1,
                     "signatureAlgorithm": "EDDSA", "commonName": "cn",
                     "certificateAuthority": false}""")));
  }

  @Test
  void asksForASelfSignatureThatPeopleApprove() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/certificate/selfsign")
            .willReturn(json(201, Golden.text("gatedSelfSign.json"))));
    String id =
        client.submitSelfSign(
            new SelfSignCertificateRequest(
                "CA.approver.securosys.com",
                null,
                "SHA256_WITH_RSA",
                3650,
                SubjectAttributes.ofCommonName("Approver-Intermediate-CA"),
                true,
                List.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_CERT_SIGN),
                ANY,
                List.of()),
            RequestMetadata.none());
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/certificate/selfsign"))
            .withRequestBody(equalToJson(Golden.text("gatedSelfSign.request.json"))));
    assertThat(id).isEqualTo("1c82583f-2cd2-486d-8b03-63f91aad9b7a");
  }

  @Test
  void sendsTheAttributesWhereMoreThanACommonNameIsWanted() throws Exception {
    SERVICE.stubFor(on("POST", SELF_SIGN).willReturn(json(200, Golden.text("selfSign.json"))));
    client.selfSign(
        selfSignK(inZurich("k", "O", "OU").with(SubjectAttribute.EMAIL, "a@example.org")));
    SERVICE.verify(
        postRequestedFor(urlEqualTo(SELF_SIGN))
            .withRequestBody(
                equalToJson(
                    """
                    {"signKeyName": "k", "validity": 365, "signatureAlgorithm": "SHA256_WITH_RSA",
                     "certificateAuthority": true,
                     "standardCertificateAttributes": {"commonName": "k", "country": "CH",
                       "stateOrProvinceName": "Zurich", "locality": "Zurich",
                       "organizationName": "O", "organizationUnitName": "OU",
                       "email": "a@example.org"},
                     "keyUsage": ["KEY_CERT_SIGN"],
                     "extendedKeyUsage": ["ANY_EXTENDED_KEY_USAGE"]}""")));
  }

  private static void knowsNothingButAttributes() {
    SERVICE.stubFor(
        on("POST", SELF_SIGN).willReturn(json(200, Golden.text("selfSign.json"))).atPriority(9));
    SERVICE.stubFor(
        on("POST", SELF_SIGN)
            .withRequestBody(matchingJsonPath("$.commonName"))
            .willReturn(notUnderstood()));
  }

  private static void knowsNothingButACommonName() {
    SERVICE.stubFor(
        on("POST", SELF_SIGN).willReturn(json(200, Golden.text("selfSign.json"))).atPriority(9));
    SERVICE.stubFor(
        on("POST", SELF_SIGN)
            .withRequestBody(matchingJsonPath("$.standardCertificateAttributes"))
            .willReturn(notUnderstood()));
  }

  private static ResponseDefinitionBuilder notUnderstood() {
    return error(
        400, 600, "res.error.input.validation.failed", "Invalid request. Cannot parse json string");
  }

  @Test
  void aServiceThatKnowsNoCommonNameGetsTheAttributesAndKeepsGettingThem() throws Exception {
    knowsNothingButAttributes();
    client.selfSign(selfSignK(SubjectAttributes.ofCommonName("k")));
    client.selfSign(selfSignK(SubjectAttributes.ofCommonName("k")));
    SERVICE.verify(
        1,
        postRequestedFor(urlEqualTo(SELF_SIGN)).withRequestBody(matchingJsonPath("$.commonName")));
    SERVICE.verify(
        2,
        postRequestedFor(urlEqualTo(SELF_SIGN))
            .withRequestBody(equalToJson(Golden.text("selfSignAttributes.request.json"))));
  }

  @Test
  void anOlderServiceBehindTheSameAddressGetsTheCommonNameAgain() throws Exception {
    knowsNothingButAttributes();
    client.selfSign(selfSignK(SubjectAttributes.ofCommonName("k")));
    SERVICE.resetAll();
    knowsNothingButACommonName();
    assertThat(client.selfSign(selfSignK(SubjectAttributes.ofCommonName("k"))))
        .isEqualTo(certificate());
    SERVICE.verify(
        1,
        postRequestedFor(urlEqualTo(SELF_SIGN))
            .withRequestBody(matchingJsonPath("$.standardCertificateAttributes")));
    SERVICE.verify(
        1,
        postRequestedFor(urlEqualTo(SELF_SIGN)).withRequestBody(matchingJsonPath("$.commonName")));
  }

  @Test
  void neverDropsPartsOfASubjectToPleaseAnOlderService() {
    knowsNothingButACommonName();
    assertThatThrownBy(
            () ->
                client.selfSign(
                    selfSignK(
                        SubjectAttributes.ofCommonName("k").with(SubjectAttribute.COUNTRY, "CH"))))
        .isExactlyInstanceOf(HsmResponseException.class)
        .hasMessage(
            "self-sign with key 'k' refused: HTTP 400, error 600"
                + " (res.error.input.validation.failed): Invalid request. Cannot parse json string;"
                + " some versions of the service take nothing but a common name here");
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(1);
  }

  @Test
  void whenNeitherFormIsUnderstoodTheFirstRefusalIsTold() {
    SERVICE.stubFor(
        on("POST", SELF_SIGN)
            .willReturn(error(400, 600, "res.error.input.validation.failed", "'validity' is bad")));
    assertThatThrownBy(() -> client.selfSign(selfSignK(SubjectAttributes.ofCommonName("k"))))
        .hasMessageContaining("'validity' is bad")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(2);
  }

  @Test
  void otherRefusalsAreNoReasonForTheOtherForm() {
    SERVICE.stubFor(
        on("POST", SELF_SIGN).willReturn(error(404, 650, "res.error.key.not.existent", "no")));
    assertThatThrownBy(() -> client.selfSign(selfSignK(SubjectAttributes.ofCommonName("k"))))
        .isInstanceOf(UnknownKeyException.class);
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(1);
  }

  @Test
  void aRequestThatPeopleApproveIsAskedForInTheOtherFormToo() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/certificate/selfsign")
            .willReturn(json(201, Golden.text("gatedSelfSign.json")))
            .atPriority(9));
    SERVICE.stubFor(
        on("POST", "/v1/certificate/selfsign")
            .withRequestBody(matchingJsonPath("$.selfSignCertificateRequest.commonName"))
            .willReturn(notUnderstood()));
    assertThat(
            client.submitSelfSign(
                selfSignK(SubjectAttributes.ofCommonName("k")), RequestMetadata.none()))
        .isEqualTo("1c82583f-2cd2-486d-8b03-63f91aad9b7a");
  }

  private static CsrRequest csr() {
    return new CsrRequest(
        "sub_certificate_key",
        null,
        "SHA256_WITH_RSA",
        inZurich("SUB-Securosys-001", "Securosys SA", "Operations"),
        List.of(KeyUsage.DIGITAL_SIGNATURE),
        ANY);
  }

  @Test
  void makesACsr() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/certificate/synchronous/request")
            .willReturn(json(200, Golden.text("csr.json"))));
    Octets csr = client.requestCsr(csr());
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/certificate/synchronous/request"))
            .withRequestBody(equalToJson(Golden.text("csr.request.json"))));
    assertThat(csr)
        .isEqualTo(PemText.decode(GoldenJson.member("csr.json", "certificateSigningRequest")));
  }

  @Test
  void asksForACsrThatPeopleApprove() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/certificate/request").willReturn(json(201, Golden.text("sign.json"))));
    client.submitCsr(csr(), new RequestMetadata(Octets.of(new byte[] {1}), null));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/certificate/request"))
            .withRequestBody(
                equalToJson(
                    Golden.text("csr.request.json")
                            .replaceFirst("\\{", "{\"csrSignRequest\": {\"metaData\": \"AQ==\",")
                        + "}")));
  }

  private static IssueCertificateRequest issue(@Nullable Integer validityDays) {
    return new IssueCertificateRequest(
        "certificate_key",
        null,
        "SHA256_WITH_RSA",
        PemText.decode(GoldenJson.member("csr.json", "certificateSigningRequest")),
        SubjectAttributes.ofCommonName("SUB-Securosys-001"),
        validityDays,
        false,
        List.of(KeyUsage.DIGITAL_SIGNATURE),
        ANY,
        List.of(),
        false);
  }

  @Test
  void issuesACertificate() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/certificate/synchronous/sign")
            .willReturn(json(200, Golden.text("issue.json"))));
    Octets certificate = client.issueCertificate(issue(null));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/certificate/synchronous/sign"))
            .withRequestBody(equalToJson(Golden.text("issue.request.json"))));
    assertThat(certificate).isEqualTo(certificate());
  }

  @Test
  void asksForACertificateThatPeopleApprove() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/certificate/sign").willReturn(json(201, Golden.text("sign.json"))));
    client.submitIssueCertificate(issue(30), RequestMetadata.none());
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/certificate/sign"))
            .withRequestBody(
                equalToJson(
                    Golden.text("issue.request.json")
                            .replaceFirst("\\{", "{\"signCertificateRequest\": {\"validity\": 30,")
                        + "}")));
  }

  @Test
  void tellsThatACaWithoutACertificateCannotIssue() {
    SERVICE.stubFor(
        on("POST", "/v1/certificate/synchronous/sign")
            .willReturn(
                error(
                    400,
                    402,
                    "res.error.invalid.certificate",
                    "Key with name 'certificate_key' does not have a valid signing-certificate")));
    assertThatThrownBy(() -> client.issueCertificate(issue(null)))
        .hasMessage(
            "issue a certificate with key 'certificate_key' refused: HTTP 400, error 402"
                + " (res.error.invalid.certificate): Key with name 'certificate_key' does not have"
                + " a valid signing-certificate");
  }

  @Test
  void importsACertificateAsBareBase64() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/certificate/import/plain").willReturn(aResponse().withStatus(201)));
    client.importCertificate("sub_certificate_key", certificate());
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/certificate/import/plain"))
            .withRequestBody(equalToJson(Golden.text("importCertificate.request.json"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"certificate\": \"-----BEGIN CERTIFICATE-----\\nMAEA\\n-----END CERTIFICATE-----\"}",
        "{\"certificate\": \"-----BEGIN CERTIFICATE-----\\r\\nMA\\r\\nEA\\r\\n-----END CERTIFICATE-----\\r\\n\"}",
        "{\"certificate\": \"MAEA\", \"rawCertificate\": \"MAEA\"}",
        "{\"certificate\": null, \"rawCertificate\": \"MAEA\"}",
        "{\"label\": \"x\", \"rawCertificate\": \"MAEA\"}",
      })
  void readsACertificateInEveryForm(String body) throws Exception {
    SERVICE.stubFor(on("GET", "/v1/certificate/k").willReturn(json(200, body)));
    assertThat(client.readCertificate("k")).contains(Octets.of(new byte[] {0x30, 1, 0}));
  }

  @ParameterizedTest(name = "HTTP {0}, code {1}")
  @CsvSource({"404, 650", "400, 402"})
  void aKeyWithoutACertificateHasNone(int status, int code) throws Exception {
    SERVICE.stubFor(
        on("GET", "/v1/certificate/k").willReturn(error(status, code, "res.error", "none")));
    assertThat(client.readCertificate("k")).isEmpty();
  }

  @Test
  void aFailureToReadIsNotTheAbsenceOfACertificate() {
    SERVICE.stubFor(on("GET", "/v1/certificate/k").willReturn(aResponse().withStatus(404)));
    assertThatThrownBy(() -> client.readCertificate("k"))
        .hasMessage(
            "read the certificate of 'k' refused: HTTP 404: is 'endpoint' the address of the REST"
                + " API?");
  }

  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource({
    "a b, a%20b",
    "50%, 50%25",
    "a+b, a%2Bb",
    "a/b, a%2Fb",
    "a?b#c, a%3Fb%23c",
    "über, %C3%BCber",
    "hsmrest.ca.0a, hsmrest.ca.0a",
    "me@host:1, me%40host%3A1",
    ".., %2E%2E",
  })
  void encodesLabelsInPaths(String label, String segment) throws Exception {
    SERVICE.stubFor(
        on("DELETE", "/v1/certificate/" + segment).willReturn(aResponse().withStatus(204)));
    client.deleteCertificate(label);
    SERVICE.verify(deleteRequestedFor(urlEqualTo("/v1/certificate/" + segment)));
  }
}
