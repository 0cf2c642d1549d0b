package io.hsmrest.client.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.requestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.hsmrest.client.rest.ServiceDouble.error;
import static io.hsmrest.client.rest.ServiceDouble.json;
import static io.hsmrest.client.rest.ServiceDouble.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.hsmrest.client.ApproverClient;
import io.hsmrest.client.ApproverIdentity;
import io.hsmrest.client.Clients;
import io.hsmrest.client.Golden;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.UnknownTaskException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.TaskKind;
import io.hsmrest.client.model.TaskReference;
import io.hsmrest.client.model.TaskReference.Form;
import io.hsmrest.client.model.TaskRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The approvers' calls (contract 2.6), and what the contract does not know of them. */
class ApproverClientTest {
  private static final String ALL = "/v1/filteredAllApprovalTask";
  private static final String ID = "6947856a-e3a1-44cf-bb99-bbd2995642ca";
  private static final TaskReference TASK = new TaskReference(ID, List.of(Form.PUBLIC_KEY));

  @RegisterExtension static final WireMockExtension SERVICE = ServiceDouble.start();

  private final ApproverIdentity keyOnly = new TextIdentity(null);
  private final ApproverIdentity both = new TextIdentity("certificate");
  private ApproverClient client;

  /** Signs by telling how much. */
  private record TextIdentity(@Nullable String certificateText) implements ApproverIdentity {
    @Override
    public Octets publicKey() {
      return octets("key");
    }

    @Override
    public @Nullable Octets certificate() {
      return certificateText == null ? null : octets(certificateText);
    }

    @Override
    public String digestAlgorithm() {
      return "SHA-256";
    }

    @Override
    public Octets sign(Octets content) {
      return octets("signed " + content);
    }
  }

  private static Octets octets(String text) {
    return Octets.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @BeforeEach
  void open() throws Exception {
    VirtualTime time = new VirtualTime();
    client =
        HsmClients.openApprover(
            Clients.config(SERVICE.baseUrl(), "auth.apiKey.approver=an-approvers-key"), time, time);
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static String tasks(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{\"id\": \"task-" + i + "\"}")
        .collect(Collectors.joining(",", "{\"tasks\": [", "]}"));
  }

  @Test
  void listsWithAProofOfTheKeyThatIsALittleOld() throws Exception {
    SERVICE.stubFor(on("POST", ALL).willReturn(json(200, Golden.text("tasks.json"))));
    assertThat(client.listTasks(keyOnly, "request-1")).containsExactly(TASK);
    SERVICE.verify(
        postRequestedFor(urlEqualTo(ALL))
            .withHeader("X-API-KEY", equalTo("an-approvers-key"))
            .withRequestBody(
                equalToJson(
                    """
                    {"timestamp": "2026-01-31T11:59:30Z", "timestampSignature": "%s",
                     "timestampDigestAlgorithm": "SHA-256", "approverPublicKey": "a2V5",
                     "requestId": "request-1", "detailLevel": "level1",
                     "paging": {"pageNumber": 0, "pageSize": 20,
                                "sortOrder": "CREATION_DATE_ASC"}}"""
                        .formatted(octets("signed 20 bytes").toBase64()))));
  }

  /** The file is the one of those who use keys. */
  @ParameterizedTest
  @ValueSource(strings = {"storepass:", "file:/no/such/token", "env:NO_SUCH_TOKEN"})
  void aTokenThatApproversDoNotHaveIsNotNeeded(String token) throws Exception {
    SERVICE.stubFor(on("POST", ALL).willReturn(json(200, tasks(0, 1))));
    VirtualTime time = new VirtualTime();
    try (ApproverClient without =
        HsmClients.openApprover(
            Clients.config(SERVICE.baseUrl(), "auth.token=" + token), time, time)) {
      assertThat(without.listTasks(keyOnly, null)).hasSize(1);
    }
    SERVICE.verify(postRequestedFor(urlEqualTo(ALL)).withoutHeader("Authorization"));
  }

  @Test
  void looksInBothFormsOfTheIdentity() throws Exception {
    SERVICE.stubFor(
        on("POST", ALL)
            .withRequestBody(matchingJsonPath("$.approverPublicKey"))
            .willReturn(json(200, tasks(0, 2))));
    SERVICE.stubFor(
        on("POST", ALL)
            .withRequestBody(matchingJsonPath("$.approverCertificate"))
            .willReturn(json(200, tasks(1, 3))));
    assertThat(client.listTasks(both, null))
        .containsExactly(
            new TaskReference("task-0", List.of(Form.PUBLIC_KEY)),
            new TaskReference("task-1", List.of(Form.PUBLIC_KEY, Form.CERTIFICATE)),
            new TaskReference("task-2", List.of(Form.CERTIFICATE)));
  }

  @Test
  void aCertificateThatTheServiceDoesNotTakeIsNotTriedAgain() throws Exception {
    SERVICE.stubFor(
        on("POST", ALL)
            .withRequestBody(matchingJsonPath("$.approverPublicKey"))
            .willReturn(json(200, tasks(0, 1))));
    SERVICE.stubFor(
        on("POST", ALL)
            .withRequestBody(matchingJsonPath("$.approverCertificate"))
            .willReturn(error(400, 604, "res.error.input.no.name", "no name")));
    assertThat(client.listTasks(both, null)).hasSize(1);
    assertThat(client.listTasks(both, null)).hasSize(1);
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(3);
  }

  @Test
  void aClockThatIsOffIsToldWhateverTheForm() {
    ServiceDouble.always(SERVICE, error(400, 404, "res.error.input.timestamp.off", "off"));
    assertThatThrownBy(() -> client.listTasks(both, null))
        .isInstanceOf(HsmResponseException.class)
        .hasMessageContaining("res.error.input.timestamp.off");
  }

  @Test
  void readsPageAfterPage() throws Exception {
    ServiceDouble.inTurn(
        SERVICE, json(200, tasks(0, 20)), json(200, tasks(20, 40)), json(200, tasks(40, 41)));
    assertThat(client.listTasks(keyOnly, null)).hasSize(41);
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(3);
  }

  @Test
  void aServiceWithoutPagesIsNotAskedForEver() throws Exception {
    ServiceDouble.always(SERVICE, json(200, tasks(0, 50)));
    assertThat(client.listTasks(keyOnly, null)).hasSize(50);
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"404", "405"})
  void anOlderServiceIsAskedForEachKind(int status) throws Exception {
    ServiceDouble.always(SERVICE, json(200, "{\"tasks\": null}"));
    SERVICE.stubFor(on("POST", ALL).willReturn(aResponse().withStatus(status)));
    SERVICE.stubFor(
        on("POST", "/v1/filteredUnwrapKeyApprovalTask").willReturn(json(200, tasks(7, 8))));
    assertThat(client.listTasks(keyOnly, null))
        .extracting(TaskReference::id)
        .containsExactly("task-7");
    assertThat(client.listTasks(keyOnly, null)).hasSize(1);
    SERVICE.verify(1, postRequestedFor(urlEqualTo(ALL)));
    SERVICE.verify(2, postRequestedFor(urlEqualTo("/v1/filteredModifyKeyApprovalTask")));
  }

  @Test
  void aListThatIsMissingIsNotAnEmptyList() {
    ServiceDouble.always(SERVICE, json(200, "{}"));
    assertThatThrownBy(() -> client.listTasks(keyOnly, null))
        .isInstanceOf(HsmProtocolException.class);
  }

  @Test
  void readsATaskWithItsRequestAndWithoutItsPassword() throws Exception {
    TaskReference reference =
        new TaskReference("7c768f4d-d221-4b88-b32b-a7a932108013", List.of(Form.PUBLIC_KEY));
    ServiceDouble.always(SERVICE, json(200, Golden.text("task.json")));
    ApproverTask task = client.readTask(keyOnly, reference).orElseThrow();
    assertThat(task.id()).isEqualTo(reference.id());
    assertThat(task.metaData()).isEqualTo(octets("SomeMetaData"));
    assertThat(Golden.text("task.json"))
        .contains("\"approvalToBeSigned\": \"" + task.approvalToBeSigned().toBase64() + "\"");
    assertThat(task.status()).isNull();
    TaskRequest request = Objects.requireNonNull(task.request());
    assertThat(request.kind()).isEqualTo(TaskKind.SIGN);
    assertThat(request.keyName()).isEqualTo("TESTKEY2020-03-16_10-41-06.38466004371000");
    assertThat(request.algorithm()).isEqualTo("EDDSA");
    assertThat(request.payload()).isEqualTo(octets("ApproveSignTaskPayload"));
    assertThat(request.members())
        .containsOnlyKeys("payloadType", "signKeyName", "signatureAlgorithm");
  }

  @Test
  void asksForLessWhereTheServiceDoesNotKnowTheLastLevel() throws Exception {
    SERVICE.stubFor(
        on("POST", ALL)
            .withRequestBody(matchingJsonPath("$[?(@.detailLevel == 'level6')]"))
            .willReturn(error(400, 600, "res.error.input.validation.failed", "level6")));
    SERVICE.stubFor(
        on("POST", ALL)
            .withRequestBody(matchingJsonPath("$[?(@.detailLevel == 'level5')]"))
            .willReturn(json(200, "{\"tasks\": []}")));
    assertThat(client.readTask(keyOnly, TASK)).isEmpty();
    assertThat(client.readTask(keyOnly, TASK)).isEmpty();
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(3);
  }

  @Test
  void readsTheRequestsStateWhereTheServiceTellsIt() throws Exception {
    ServiceDouble.always(
        SERVICE,
        json(
            200,
            """
            {"tasks": [{"id": "%s", "approvalToBeSigned": "AQID",
              "requestBase64": "%s",
              "requestStatus": {"id": "request-1", "status": "PENDING", "approvedBy": ["AQID"]}}]}"""
                .formatted(
                    ID,
                    octets(
                            "{\"signRequest\": {\"signKeyName\": \"k\", \"payloadType\": \"HEX\","
                                + " \"payload\": \"6b6579\"}}")
                        .toBase64())));
    ApproverTask task = client.readTask(keyOnly, TASK).orElseThrow();
    assertThat(Objects.requireNonNull(task.status()).state()).isEqualTo(RequestState.PENDING);
    assertThat(task.status().id()).isEqualTo("request-1");
    assertThat(Objects.requireNonNull(task.request()).payload()).isEqualTo(octets("key"));
  }

  @Test
  void aTaskThatIsGoneIsNone() throws Exception {
    ServiceDouble.always(SERVICE, error(404, 652, "res.error.task.not.existent", "gone"));
    assertThat(client.readTask(keyOnly, TASK)).isEmpty();
  }

  @Test
  void approvesWithASignatureOverTheBytesThatWereRead() throws Exception {
    ServiceDouble.always(SERVICE, aResponse().withStatus(200));
    client.approve(
        both, new TaskReference(ID, List.of(Form.CERTIFICATE)), Octets.of(new byte[] {1, 2, 3}));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/approval"))
            .withRequestBody(equalToJson(Golden.text("approve.request.json"))));
  }

  @Test
  void approvesInTheFormThatThePolicyHas() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/approval")
            .withRequestBody(matchingJsonPath("$.approverPublicKey"))
            .willReturn(error(400, 403, "res.error.input.invalid.signature", "no")));
    SERVICE.stubFor(
        on("POST", "/v1/approval")
            .withRequestBody(matchingJsonPath("$.approverCertificate"))
            .willReturn(aResponse().withStatus(200)));
    client.approve(
        both, new TaskReference(ID, List.of(Form.PUBLIC_KEY, Form.CERTIFICATE)), octets("x"));
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(2);
  }

  @Test
  void whatIsAnsweredAlreadyIsToldApart() {
    ServiceDouble.always(SERVICE, error(404, 652, "res.error.task.not.existent", "gone"));
    assertThatThrownBy(() -> client.approve(keyOnly, TASK, octets("x")))
        .isInstanceOf(UnknownTaskException.class);
    assertThatThrownBy(() -> client.reject(keyOnly, TASK)).isInstanceOf(UnknownTaskException.class);
  }

  @Test
  void anApprovalWhoseAnswerIsLostIsSentAgain() throws Exception {
    ServiceDouble.inTurn(SERVICE, aResponse().withStatus(503), aResponse().withStatus(200));
    client.approve(keyOnly, TASK, octets("x"));
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"PATCH, 1", "DELETE, 2", "POST, 3"})
  void rejectsByWhicheverMethodTheServiceTakes(String method, int requests) throws Exception {
    ServiceDouble.always(SERVICE, aResponse().withStatus(405));
    SERVICE.stubFor(on(method, "/v1/task").willReturn(aResponse().withStatus(204)));
    client.reject(keyOnly, TASK);
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(requests);
    SERVICE.verify(
        requestedFor(method, urlEqualTo("/v1/task"))
            .withRequestBody(
                equalToJson(
                    """
                    {"id": "%s", "timestamp": "2026-01-31T11:59:30Z",
                     "timestampSignature": "%s", "timestampDigestAlgorithm": "SHA-256",
                     "approverPublicKey": "a2V5"}"""
                        .formatted(ID, octets("signed 20 bytes").toBase64()))));
  }

  @Test
  void aServiceThatTakesNoRejectionSaysSo() {
    ServiceDouble.always(SERVICE, aResponse().withStatus(405));
    assertThatThrownBy(() -> client.reject(keyOnly, TASK))
        .isInstanceOf(HsmResponseException.class)
        .hasMessageStartingWith("reject task " + ID + " refused: HTTP 405");
  }
}
