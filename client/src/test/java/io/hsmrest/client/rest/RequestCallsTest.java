package io.hsmrest.client.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.hsmrest.client.rest.ServiceDouble.error;
import static io.hsmrest.client.rest.ServiceDouble.json;
import static io.hsmrest.client.rest.ServiceDouble.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.hsmrest.client.Golden;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.UnknownRequestException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.RequestSummary;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of requests that people approve (contract 2.4), and of the version (2.8). */
class RequestCallsTest {
  private static final String ID = "4e8731d8-0ae6-4444-8a8c-b73ab5f0ba18";
  private static final String PATH = "/v1/request/" + ID;

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

  @Test
  void readsAnExecutedRequest() throws Exception {
    SERVICE.stubFor(on("GET", PATH).willReturn(json(200, Golden.text("requestExecuted.json"))));
    RequestStatus status = client.readRequest(ID);
    assertThat(status.id()).isEqualTo(ID);
    assertThat(status.state()).isEqualTo(RequestState.EXECUTED);
    assertThat(status.executionTime()).isEqualTo(Instant.parse("2020-06-24T08:54:47Z"));
    assertThat(status.approvedBy()).hasSize(1);
    assertThat(status.notYetApprovedBy()).isEmpty();
    assertThat(status.result()).isEqualTo("H3bq8PdgSiAlhB0kt1RSD6a3");
    assertThat(ServiceDouble.only(SERVICE).getBodyAsString()).isEmpty();
  }

  @Test
  void readsAPendingRequest() throws Exception {
    SERVICE.stubFor(on("GET", PATH).willReturn(json(200, Golden.text("requestPending.json"))));
    RequestStatus status = client.readRequest(ID);
    assertThat(status.state()).isEqualTo(RequestState.PENDING);
    assertThat(status.executionTime()).isNull();
    assertThat(status.notYetApprovedBy()).hasSize(1);
    assertThat(status.result()).isNull();
  }

  @Test
  void readsASelfSignatureWhoseResultIsTrue() throws Exception {
    SERVICE.stubFor(
        on("GET", PATH).willReturn(json(200, Golden.text("gatedSelfSignExecuted.json"))));
    assertThat(client.readRequest(ID).result()).isEqualTo("true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "{\"status\": \"EXECUTED\"}                                          | none",
        "{\"status\": \"EXECUTED\", \"result\": true}                        | true",
        "{\"status\": \"EXECUTED\", \"result\": 123456}                      | 123456",
        "{\"status\": \"EXECUTED\", \"executionTime\": \"2020-06-24 08:54\"} | none",
        "{\"status\": \"EXECUTED\", \"approvedBy\": null, \"inputOfflineHsm\": {}} | none",
      })
  void neverLosesAResultOverWhatIsBesideIt(String body, String result) throws Exception {
    SERVICE.stubFor(on("GET", PATH).willReturn(json(200, body)));
    RequestStatus status = client.readRequest(ID);
    assertThat(status.id()).isEqualTo(ID);
    assertThat(status.state()).isEqualTo(RequestState.EXECUTED);
    assertThat(status.result()).isEqualTo(result);
  }

  @Test
  void countsApproversThatAreNoKeys() throws Exception {
    SERVICE.stubFor(
        on("GET", PATH)
            .willReturn(
                json(
                    200,
                    "{\"status\": \"PENDING\", \"approvedBy\": [\"alice@example.org\", \"AQID\"]}")));
    assertThat(client.readRequest(ID).approvedBy())
        .containsExactly(
            Octets.of("alice@example.org".getBytes(StandardCharsets.UTF_8)),
            Octets.of(new byte[] {1, 2, 3}));
  }

  @Test
  void keepsTheNameOfAStateOfANewerService() throws Exception {
    SERVICE.stubFor(on("GET", PATH).willReturn(json(200, "{\"status\": \"ON_HOLD\"}")));
    RequestStatus status = client.readRequest(ID);
    assertThat(status.state()).isEqualTo(RequestState.UNKNOWN);
    assertThat(status.stateName()).isEqualTo("ON_HOLD");
  }

  @Test
  void aStateIsNeeded() {
    SERVICE.stubFor(on("GET", PATH).willReturn(json(200, "{}")));
    assertThatThrownBy(() -> client.readRequest(ID))
        .isInstanceOf(HsmProtocolException.class)
        .hasMessage("HTTP 200 answer of GET " + PATH + ".status is missing");
  }

  @Test
  void anUnknownRequestIsToldApart() {
    SERVICE.stubFor(
        on("GET", PATH).willReturn(error(404, 651, "res.error.request.not.existent", "no")));
    assertThatThrownBy(() -> client.readRequest(ID))
        .isInstanceOf(UnknownRequestException.class)
        .hasMessage(
            "read request "
                + ID
                + " refused: HTTP 404, error 651"
                + " (res.error.request.not.existent): no");
  }

  @Test
  void anIdOfAUserCannotLeadElsewhere() throws Exception {
    SERVICE.stubFor(
        on("GET", "/v1/request/..%2Fkey%20%3F").willReturn(json(200, "{\"status\": \"FAILED\"}")));
    assertThat(client.readRequest("../key ?").state()).isEqualTo(RequestState.FAILED);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204})
  void cancels(int status) throws Exception {
    SERVICE.stubFor(on("DELETE", PATH).willReturn(aResponse().withStatus(status)));
    client.cancelRequest(ID);
    SERVICE.verify(deleteRequestedFor(urlEqualTo(PATH)));
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(1);
  }

  @Test
  void cancellingWhatIsGoneIsNoError() {
    SERVICE.stubFor(
        on("DELETE", PATH).willReturn(error(404, 651, "res.error.request.not.existent", "no")));
    assertThatCode(() -> client.cancelRequest(ID)).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "HTTP {0}")
  @ValueSource(ints = {400, 404, 409, 500})
  void cancellingWhatIsFinishedIsNoError(int status) {
    SERVICE.stubFor(on("DELETE", PATH).willReturn(aResponse().withStatus(status)));
    SERVICE.stubFor(on("GET", PATH).willReturn(json(200, Golden.text("requestExecuted.json"))));
    assertThatCode(() -> client.cancelRequest(ID)).doesNotThrowAnyException();
  }

  @Test
  void cancellingThatFailsWhileTheRequestIsOpenIsAnError() {
    SERVICE.stubFor(on("DELETE", PATH).willReturn(error(500, 703, "res.error.io", "disk full")));
    SERVICE.stubFor(on("GET", PATH).willReturn(json(200, Golden.text("requestPending.json"))));
    assertThatThrownBy(() -> client.cancelRequest(ID))
        .hasMessage(
            "cancel request " + ID + " refused: HTTP 500, error 703 (res.error.io): disk full");
  }

  @Test
  void cancellingThatIsRepeatedAfterALostAnswerDoesNoHarm() {
    ServiceDouble.inTurn(
        SERVICE,
        aResponse().withStatus(503),
        error(404, 651, "res.error.request.not.existent", "gone"));
    assertThatCode(() -> client.cancelRequest(ID)).doesNotThrowAnyException();
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(2);
  }

  @Test
  void listsRequestsByState() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/filteredRequests")
            .willReturn(
                json(
                    200,
                    """
                    {"requests": [{"id": "a", "status": "PENDING"},
                                  {"id": "b", "status": "NEWER", "more": 1}]}""")));
    assertThat(client.listRequests(Set.of(RequestState.PENDING, RequestState.APPROVED)))
        .containsExactly(
            new RequestSummary("a", RequestState.PENDING),
            new RequestSummary("b", RequestState.UNKNOWN));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/filteredRequests"))
            .withRequestBody(equalToJson("{\"requestStatusList\": [\"PENDING\", \"APPROVED\"]}")));
  }

  @Test
  void asksForNoStateThatTheServiceDoesNotHave() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/filteredRequests").willReturn(json(200, "{\"requests\": null}")));
    assertThat(client.listRequests(EnumSet.allOf(RequestState.class))).isEmpty();
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/filteredRequests"))
            .withRequestBody(
                equalToJson(
                    """
                    {"requestStatusList": ["PENDING", "APPROVED", "EXECUTED", "FAILED", "EXPIRED",
                     "REJECTED", "CANCELLED"]}""")));
  }

  @Test
  void aListThatIsMissingIsNotAnEmptyList() {
    SERVICE.stubFor(on("POST", "/v1/filteredRequests").willReturn(json(200, "{}")));
    assertThatThrownBy(() -> client.listRequests(Set.of(RequestState.PENDING)))
        .isInstanceOf(HsmProtocolException.class)
        .hasMessage("HTTP 200 answer of POST /v1/filteredRequests.requests is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Version\": \"2.1.0\"} | 2.1.0",
        "{\"Version\": \"2.5.1-b7\", \"Vendor\": \"Securosys SA\"} | 2.5.1-b7",
      })
  void readsTheVersion(String body, String version) throws Exception {
    SERVICE.stubFor(on("GET", "/v1/versionInfo").willReturn(json(200, body)));
    assertThat(client.version().text()).isEqualTo(version);
  }

  @Test
  void readsTheVersionOfTheSample() throws Exception {
    SERVICE.stubFor(
        on("GET", "/v1/versionInfo").willReturn(json(200, Golden.text("version.json"))));
    assertThat(client.version().text()).isEqualTo("2.5.1");
  }
}
