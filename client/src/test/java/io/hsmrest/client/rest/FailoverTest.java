package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.UnknownRequestException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.SignRequest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several endpoints in order of preference. */
class FailoverTest {
  private static final SignRequest SIGN =
      new SignRequest("k", null, "EDDSA", null, Octets.of(new byte[] {1}));
  private static final String UNKNOWN_REQUEST =
      "{\"errorCode\": 651, \"reason\": \"res.error.request.not.existent\"}";

  private final ScriptedTransport transport = new ScriptedTransport();
  private final VirtualTime time = new VirtualTime();
  private HsmClient client;

  @BeforeEach
  void open() throws Exception {
    HsmClientConfig config = Clients.config("http://a, http://b/, https://c/v1");
    client = RestClients.over(transport, config, time);
  }

  @Test
  void theFirstEndpointIsPreferred() throws Exception {
    transport.thenAnswer(200, "[]").thenAnswer(200, "[]");
    client.listKeys();
    client.listKeys();
    assertThat(transport.hosts()).containsExactly("a", "a");
  }

  @Test
  void aConnectionThatFailsLeadsToTheNextWithoutAPause() throws Exception {
    transport.thenRefuseConnection().thenRefuseConnection().thenAnswer(200, "[]");
    client.listKeys();
    assertThat(transport.hosts()).containsExactly("a", "b", "c");
    assertThat(time.sleeps()).isEmpty();
  }

  /** They hold up who else waits, so that they are given up long before a patient call is. */
  @Test
  void looksAndWithdrawalsAreGivenUpSoon() throws Exception {
    HsmClientConfig patient =
        Clients.config("http://a", "http.responseTimeout=10h", "http.deadline=10h");
    HsmClient longClient = RestClients.over(transport, patient, time);
    transport
        .thenAnswer(200, "[]")
        .thenAnswer(200, "{\"status\": \"PENDING\"}")
        .thenAnswer(200, "{}");
    longClient.listKeys();
    longClient.readRequest("r");
    longClient.cancelRequest("r");
    assertThat(transport.requests().get(0).total()).isEqualTo(Duration.ofHours(10));
    assertThat(transport.requests().subList(1, 3))
        .allSatisfy(
            request -> assertThat(request.total()).isLessThanOrEqualTo(Duration.ofSeconds(15)));
  }

  @ParameterizedTest(name = "HTTP {0}")
  @ValueSource(ints = {502, 503, 504})
  void aGatewayWithoutAServiceLeadsToTheNext(int status) throws Exception {
    transport.thenAnswer(status, "").thenAnswer(200, "[]");
    client.listKeys();
    assertThat(transport.hosts()).containsExactly("a", "b");
  }

  @Test
  void aLostAnswerLeadsToTheNextForWhatIsSafeToRepeat() throws Exception {
    transport.thenLoseAnswer().thenAnswer(200, "{\"signature\": \"AQID\"}");
    client.sign(SIGN);
    assertThat(transport.hosts()).containsExactly("a", "b");
  }

  @Test
  void aKeyIsCreatedAtTheNextOnlyWhenNothingWasSent() throws Exception {
    transport.thenRefuseConnection().thenLoseAnswer();
    assertThatThrownBy(() -> client.createKey(NewKey.rsa("k", 2048)))
        .isInstanceOf(RequestOutcomeUnknownException.class);
    assertThat(transport.hosts()).containsExactly("a", "b");
  }

  @Test
  void aRefusalIsAnAnswer() throws Exception {
    transport.thenAnswer(500, "");
    assertThatThrownBy(client::listKeys).isInstanceOf(HsmResponseException.class);
    assertThat(transport.hosts()).containsExactly("a");
  }

  @Test
  void aFailedEndpointIsSkippedForAWhileAndThenPreferredAgain() throws Exception {
    transport.thenRefuseConnection().thenAnswer(200, "[]");
    client.listKeys();
    time.pass(Duration.ofSeconds(29));
    transport.thenAnswer(200, "[]");
    client.listKeys();
    time.pass(Duration.ofSeconds(1));
    transport.thenAnswer(200, "[]");
    client.listKeys();
    assertThat(transport.hosts()).containsExactly("a", "b", "b", "a");
  }

  @Test
  void whenAllHaveFailedAllAreTriedAgain() throws Exception {
    for (int i = 0; i < 3; i++) {
      transport.thenRefuseConnection();
    }
    transport.thenAnswer(200, "[]");
    client.listKeys();
    assertThat(transport.hosts()).containsExactly("a", "b", "c", "a");
    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(50));
  }

  @Test
  void theDeadlineEndsTheRound() throws Exception {
    for (int i = 0; i < 2; i++) {
      transport.then(
          request -> {
            time.pass(Duration.ofSeconds(30));
            throw new IOException("time out");
          });
    }
    assertThatThrownBy(client::listKeys)
        .isInstanceOf(HsmConnectionException.class)
        .hasMessageContaining("no answer from http://b: time out (1 attempt)");
    assertThat(transport.hosts()).containsExactly("a", "b");
  }

  private String submittedAtB() throws HsmException {
    transport.thenRefuseConnection().thenAnswer(201, "{\"signRequestId\": \"r1\"}");
    String id = client.submitSign(SIGN, RequestMetadata.none());
    time.pass(Duration.ofMinutes(1));
    return id;
  }

  @Test
  void aRequestIsReadWhereItWasMade() throws Exception {
    String id = submittedAtB();
    transport.thenAnswer(200, "{\"status\": \"PENDING\"}");
    assertThat(client.readRequest(id).state()).isEqualTo(RequestState.PENDING);
    assertThat(transport.hosts()).containsExactly("a", "b", "b");
  }

  @Test
  void aRequestIsCancelledWhereItWasMade() throws Exception {
    String id = submittedAtB();
    transport.thenAnswer(200, "");
    client.cancelRequest(id);
    assertThat(transport.hosts()).containsExactly("a", "b", "b");
  }

  @Test
  void aRequestIsReadElsewhereWhenItsEndpointDoesNotAnswer() throws Exception {
    String id = submittedAtB();
    transport.thenRefuseConnection().thenAnswer(200, "{\"status\": \"PENDING\"}");
    client.readRequest(id);
    transport.thenAnswer(200, "{\"status\": \"PENDING\"}");
    client.readRequest(id);
    assertThat(transport.hosts()).containsExactly("a", "b", "b", "a", "a");
  }

  @Test
  void aRequestOfAnotherProcessIsLookedForEverywhere() throws Exception {
    transport
        .thenAnswer(404, UNKNOWN_REQUEST)
        .thenAnswer(404, UNKNOWN_REQUEST)
        .thenAnswer(200, "{\"status\": \"PENDING\"}")
        .thenAnswer(200, "{\"status\": \"EXECUTED\"}");
    assertThat(client.readRequest("r9").state()).isEqualTo(RequestState.PENDING);
    assertThat(client.readRequest("r9").state()).isEqualTo(RequestState.EXECUTED);
    assertThat(transport.hosts()).containsExactly("a", "b", "c", "c");
  }

  @Test
  void aRequestIsUnknownOnlyWhenNobodyKnowsIt() throws Exception {
    for (int i = 0; i < 3; i++) {
      transport.thenAnswer(404, UNKNOWN_REQUEST);
    }
    assertThatThrownBy(() -> client.readRequest("r9")).isInstanceOf(UnknownRequestException.class);
  }

  @Test
  void aRequestIsNotUnknownWhileTheEndpointThatMayKnowItIsAway() throws Exception {
    String id = submittedAtB();
    for (int attempt = 1; attempt <= 4; attempt++) {
      // First where it was made, as long as that has not failed; then all the others.
      transport.then(request -> failingAtB(request));
      transport.then(request -> failingAtB(request));
      transport.then(request -> failingAtB(request));
    }
    assertThatThrownBy(() -> client.readRequest(id))
        .isExactlyInstanceOf(HsmConnectionException.class)
        .hasMessageContaining("no connection to http://b");
    assertThat(transport.unused()).isZero();
  }

  private static HttpTransport.Answer failingAtB(HttpTransport.Request request)
      throws HttpTransport.NotSentException {
    if (request.uri().getHost().equals("b")) {
      throw new HttpTransport.NotSentException("connection refused", null);
    }
    return ScriptedTransport.answer(404, UNKNOWN_REQUEST, null);
  }

  @Test
  void theBaseUrlMayEndInASlashOrInV1() throws Exception {
    transport.thenRefuseConnection().thenRefuseConnection().thenAnswer(200, "[]");
    client.listKeys();
    assertThat(transport.requests().stream().map(request -> request.uri().toString()))
        .containsExactly("http://a/v1/key", "http://b/v1/key", "https://c/v1/key");
  }
}
