package io.hsmrest.client.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.hsmrest.client.rest.ServiceDouble.error;
import static io.hsmrest.client.rest.ServiceDouble.json;
import static io.hsmrest.client.rest.ServiceDouble.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.Golden;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.SubjectAlternativeName;
import io.hsmrest.client.model.SubjectAttribute;
import io.hsmrest.client.model.SubjectAttributes;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What of a certificate's content travels, and how, beyond the service's own samples. */
class CertificateMembersTest {
  private static final String CSR = "/v1/certificate/synchronous/request";
  private static final String ISSUE = "/v1/certificate/synchronous/sign";
  private static final SubjectAttributes CN = SubjectAttributes.ofCommonName("k");
  private static final List<SubjectAlternativeName> NAMES =
      List.of(SubjectAlternativeName.dns("www.example.org"), SubjectAlternativeName.ip("10.0.0.1"));

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

  private static CsrRequest csr(SubjectAttributes subject, List<SubjectAlternativeName> names) {
    return new CsrRequest("k", null, "SHA256_WITH_RSA", subject, List.of(), List.of(), names);
  }

  @Test
  void everyAttributeTravelsUnderTheServicesName() throws Exception {
    SERVICE.stubFor(on("POST", CSR).willReturn(json(200, Golden.text("csr.json"))));
    SubjectAttributes all = CN;
    for (SubjectAttribute attribute : SubjectAttribute.values()) {
      all = all.with(attribute, attribute.memberName() + "?");
    }

    client.requestCsr(csr(all, List.of()));

    SERVICE.verify(
        postRequestedFor(urlEqualTo(CSR))
            .withRequestBody(
                equalToJson(
                    """
                    {"signKeyName": "k", "signatureAlgorithm": "SHA256_WITH_RSA", "validity": 0,
                     "standardCertificateAttributes": {
                       "commonName": "commonName?", "country": "country?",
                       "stateOrProvinceName": "stateOrProvinceName?", "locality": "locality?",
                       "organizationName": "organizationName?",
                       "organizationIdentifier": "organizationIdentifier?",
                       "organizationUnitName": "organizationUnitName?", "email": "email?",
                       "title": "title?", "surname": "surname?", "givenName": "givenName?",
                       "initials": "initials?", "pseudonym": "pseudonym?",
                       "generationQualifier": "generationQualifier?"}}""")));
  }

  @Test
  void whatIsSpecialInADistinguishedNameIsEscapedInBothForms() throws Exception {
    SERVICE.stubFor(on("POST", CSR).willReturn(json(200, Golden.text("csr.json"))));
    SERVICE.stubFor(
        on("POST", "/v1/certificate/synchronous/selfsign")
            .willReturn(json(200, Golden.text("selfSign.json"))));
    SubjectAttributes acme = SubjectAttributes.ofCommonName("Acme, Inc.");

    client.requestCsr(csr(acme, List.of()));
    client.selfSign(
        new SelfSignCertificateRequest(
            "k", null, "SHA256_WITH_RSA", 1, acme, false, List.of(), List.of()));

    assertThat(ServiceDouble.arrived(SERVICE))
        .extracting(request -> request.getBodyAsString())
        .allMatch(body -> body.contains("\"commonName\":\"Acme\\\\, Inc.\""));
  }

  @Test
  void alternativeNamesAndCopiedExtensionsAreSentOnlyWhenAskedFor() throws Exception {
    SERVICE.stubFor(on("POST", ISSUE).willReturn(json(200, Golden.text("issue.json"))));

    client.issueCertificate(
        new IssueCertificateRequest(
            "k",
            null,
            "SHA256_WITH_RSA",
            Octets.of(new byte[] {0x30, 0}),
            CN,
            null,
            false,
            List.of(),
            List.of(),
            NAMES,
            true));

    SERVICE.verify(
        postRequestedFor(urlEqualTo(ISSUE))
            .withRequestBody(
                equalToJson(
                    """
                    {"signKeyName": "k", "signatureAlgorithm": "SHA256_WITH_RSA",
                     "commonName": "k", "certificateAuthority": false,
                     "certificateSigningRequest":
                       "-----BEGIN NEW CERTIFICATE REQUEST-----\\nMAA=\\n-----END NEW CERTIFICATE REQUEST-----\\n",
                     "subjectAlternativeNames": [
                       {"sanType": "DNS", "sanValue": "www.example.org"},
                       {"sanType": "IP", "sanValue": "10.0.0.1"}],
                     "copyExtensions": "COPY"}""")));
  }

  @Test
  void aServiceThatKnowsNoAlternativeNamesIsNotAskedWithoutThem() {
    SERVICE.stubFor(
        on("POST", CSR)
            .willReturn(
                error(400, 600, "res.error.input.validation.failed", "Unrecognized field")));

    assertThatThrownBy(() -> client.requestCsr(csr(CN, NAMES)))
        .hasMessage(
            "make a CSR with key 'k' refused: HTTP 400, error 600"
                + " (res.error.input.validation.failed): Unrecognized field; not every release of"
                + " the service knows subjectAlternativeNames here");
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(1);
  }

  @Test
  void theRefusalOfARequestThatPeopleWouldApproveSaysTheSame() {
    SERVICE.stubFor(
        on("POST", "/v1/certificate/request").willReturn(error(400, 600, "res.error", "no")));

    assertThatThrownBy(() -> client.submitCsr(csr(CN, NAMES), RequestMetadata.none()))
        .hasMessageEndingWith(
            "not every release of the service knows subjectAlternativeNames here");
  }

  @Test
  void anOlderServiceThatKnowsNoValidityIsNamedAsThePossibleReason() {
    SERVICE.stubFor(on("POST", ISSUE).willReturn(error(400, 600, "res.error", "no")));

    assertThatThrownBy(
            () ->
                client.issueCertificate(
                    new IssueCertificateRequest(
                        "k",
                        null,
                        "SHA256_WITH_RSA",
                        Octets.of(new byte[] {0x30, 0}),
                        CN,
                        30,
                        false,
                        List.of(),
                        List.of())))
        .hasMessageEndingWith("not every release of the service knows validity here")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(2);
  }

  @Test
  void aServiceThatMissesTheCommonNameGetsTheAttributes() throws Exception {
    ServiceDouble.inTurn(
        SERVICE,
        error(400, 411, "res.error.invalid.certificate.request", "The common name is missing."),
        json(200, Golden.text("selfSign.json")));

    client.selfSign(
        new SelfSignCertificateRequest(
            "k", null, "SHA256_WITH_RSA", 1, CN, false, List.of(), List.of()));

    assertThat(ServiceDouble.arrived(SERVICE).get(1).getBodyAsString())
        .contains("\"standardCertificateAttributes\":{\"commonName\":\"k\"}");
  }

  @Test
  void aServiceThatWantsTheKeyForManagementHereGetsItAfterTheOneForOperations() throws Exception {
    SERVICE.stubFor(
        on("GET", "/v1/certificate/k")
            .willReturn(error(401, 631, "res.error.invalid.api.key", "no"))
            .atPriority(9));
    SERVICE.stubFor(
        ServiceDouble.withKey(on("GET", "/v1/certificate/k"), "test-management")
            .willReturn(json(200, "{\"certificate\": \"MAEA\"}")));
    try (HsmClient keyed =
        RestClients.open(
            SERVICE.baseUrl(),
            "auth.apiKey.keyOperation=test-operation",
            "auth.apiKey.keyManagement=test-management")) {
      assertThat(keyed.readCertificate("k")).contains(Octets.of(new byte[] {0x30, 1, 0}));
      assertThat(keyed.readCertificate("k")).isPresent();
    }
    assertThat(ServiceDouble.arrived(SERVICE))
        .extracting(request -> request.getHeader("X-API-KEY"))
        .containsExactlyInAnyOrder("test-operation", "test-management", "test-management");
  }

  @Test
  void whereThereIsNoKeyForManagementTheRefusalIsTold() throws Exception {
    SERVICE.stubFor(
        on("GET", "/v1/certificate/k")
            .willReturn(error(401, 631, "res.error.invalid.api.key", "no")));
    try (HsmClient keyed =
        RestClients.open(SERVICE.baseUrl(), "auth.apiKey.keyOperation=test-operation")) {
      assertThatThrownBy(() -> keyed.readCertificate("k"))
          .isInstanceOf(AuthenticationException.class);
    }
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(1);
  }
}
