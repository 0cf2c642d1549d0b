package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RateLimitedException;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.SignRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is repeated, what is not, and when (contract 4.3, design: network). */
class RetryTest {
  private static final SignRequest SIGN =
      new SignRequest("k", null, "EDDSA", null, Octets.of(new byte[] {1}));

  private final ScriptedTransport transport = new ScriptedTransport();
  private final VirtualTime time = new VirtualTime();

  private HsmClient client(String... settings) throws HsmConfigurationException {
    return client("http://a", settings);
  }

  private HsmClient client(String endpoints, String[] settings) throws HsmConfigurationException {
    HsmClientConfig config = Clients.config(endpoints, settings);
    // A generator that always answers zero: pauses are half of what they may be at most.
    return RestClients.over(transport, config, time);
  }

  @ParameterizedTest(name = "HTTP {0}")
  @ValueSource(ints = {429, 502, 503, 504})
  void repeatsReadsThatMayGoBetterLater(int status) throws Exception {
    transport.thenAnswer(status, "").thenAnswer(status, "").thenAnswer(200, "[\"k\"]");
    assertThat(client().listKeys()).containsExactly("k");
    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(50), Duration.ofMillis(100));
  }

  @ParameterizedTest(name = "HTTP {0}")
  @ValueSource(ints = {400, 401, 403, 404, 405, 409, 500, 501})
  void doesNotRepeatWhatWouldBeRefusedAgain(int status) throws Exception {
    transport.thenAnswer(status, "");
    HsmClient client = client();
    assertThatThrownBy(client::listKeys).isInstanceOf(HsmResponseException.class);
    assertThat(transport.requests()).hasSize(1);
  }

  @Test
  void pausesGrowAndEndWithTheLastFailure() throws Exception {
    for (int i = 0; i < 8; i++) {
      transport.thenAnswer(503, "");
    }
    HsmClient client = client("retry.maxAttempts=8");
    assertThatThrownBy(client::listKeys)
        .isInstanceOf(HsmResponseException.class)
        .hasMessage("list keys refused: HTTP 503");
    assertThat(time.sleeps().stream().map(Duration::toMillis))
        .containsExactly(50L, 100L, 200L, 400L, 800L, 1600L, 2500L);
    assertThat(transport.unused()).isZero();
  }

  @Test
  void signingDirectlyIsSafeToRepeatAfterALostAnswer() throws Exception {
    transport.thenLoseAnswer().thenAnswer(200, "{\"signature\": \"AQID\"}");
    assertThat(client().sign(SIGN).signature().size()).isEqualTo(3);
  }

  @Test
  void tellsHowOftenItTried() throws Exception {
    transport.thenLoseAnswer().thenLoseAnswer().thenLoseAnswer().thenLoseAnswer();
    HsmClient client = client();
    HsmConnectionException failure =
        catchThrowableOfType(HsmConnectionException.class, () -> client.sign(SIGN));
    assertThat(failure)
        .hasMessage(
            "sign with key 'k' failed: no answer from http://a: connection reset (4 attempts)");
    assertThat(failure.attempts()).isEqualTo(4);
    assertThat(failure.maybeExecuted()).isTrue();
  }

  /** A call that must not happen twice. */
  interface Once {
    void of(HsmClient client) throws HsmException;
  }

  static List<Arguments> callsThatMustNotHappenTwice() {
    return List.of(
        Arguments.of(
            "create key 'k'",
            "look whether key 'k' exists before you try again",
            (Once) client -> client.createKey(NewKey.rsa("k", 2048))),
        Arguments.of(
            "import 'k'",
            "look whether key 'k' exists before you try again",
            (Once)
                client ->
                    client.importKey(
                        new ImportedKey(
                            "k",
                            "RSA",
                            Octets.of(new byte[1]),
                            Octets.of(new byte[1]),
                            null,
                            KeyFlags.forSigning()))),
        Arguments.of(
            "request to sign with key 'k'",
            "approvers may be asked already; look at the open requests before you try again",
            (Once) client -> client.submitSign(SIGN, RequestMetadata.none())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("callsThatMustNotHappenTwice")
  void neverSendsAgainAfterALostAnswer(String what, String advice, Once call) throws Exception {
    transport.thenLoseAnswer();
    HsmClient client = client("http://a,http://b", new String[0]);
    RequestOutcomeUnknownException failure =
        catchThrowableOfType(RequestOutcomeUnknownException.class, () -> call.of(client));
    assertThat(failure)
        .hasMessage(
            what
                + " failed: no answer from http://a: connection reset (1 attempt); it was not sent"
                + " again: "
                + advice);
    assertThat(failure.maybeExecuted()).isTrue();
    assertThat(transport.requests()).hasSize(1);
    assertThat(transport.requests().get(0).repeatable()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("callsThatMustNotHappenTwice")
  void neverSendsAgainWhenAGatewayLeavesOpenWhatHappened(String what, String advice, Once call)
      throws Exception {
    transport.thenAnswer(504, "<html>Gateway Time-out</html>", "1");
    HsmClient client = client();
    assertThatThrownBy(() -> call.of(client))
        .isInstanceOf(RequestOutcomeUnknownException.class)
        .hasMessage(
            what
                + " failed: no answer from the service behind http://a: HTTP 504 (1 attempt); it"
                + " was not sent again: "
                + advice);
    assertThat(transport.requests()).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("callsThatMustNotHappenTwice")
  void sendsAgainWhatProvablyDidNotLeave(String what, String advice, Once call) throws Exception {
    transport.thenRefuseConnection().thenRefuseConnection().thenAnswer(400, "");
    HsmClient client = client();
    assertThatThrownBy(() -> call.of(client)).hasMessage(what + " refused: HTTP 400");
    assertThat(transport.requests()).hasSize(3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("callsThatMustNotHappenTwice")
  void sendsAgainWhatWasTurnedAwayForTheRate(String what, String advice, Once call)
      throws Exception {
    transport.thenAnswer(429, "", "3").thenAnswer(400, "");
    HsmClient client = client();
    assertThatThrownBy(() -> call.of(client)).hasMessage(what + " refused: HTTP 400");
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(3));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("callsThatMustNotHappenTwice")
  void whatNeverLeftIsNotInDoubt(String what, String advice, Once call) throws Exception {
    transport.thenRefuseConnection();
    HsmClient client = client("retry.maxAttempts=1");
    assertThatThrownBy(() -> call.of(client))
        .isExactlyInstanceOf(HsmConnectionException.class)
        .hasMessage(
            what
                + " failed: no connection to http://a: connection refused; is the service up, is"
                + " 'endpoint' right? (1 attempt)");
  }

  @Test
  void anUnknownHostIsNamed() throws Exception {
    transport.then(
        request -> {
          throw new HttpTransport.NotSentException("a", new UnknownHostException("a"));
        });
    HsmClient client = client("retry.maxAttempts=1");
    assertThatThrownBy(client::listKeys)
        .hasMessage(
            "list keys failed: no connection to http://a: unknown host a; is 'endpoint' right? (1"
                + " attempt)");
  }

  @Test
  void importingACertificateTwiceDoesNoHarm() throws Exception {
    transport.thenLoseAnswer().thenAnswer(201, "");
    client().importKey(ImportedKey.loneCertificate("ca", "RSA", Octets.of(new byte[1])));
    assertThat(transport.requests()).hasSize(2);
  }

  @Test
  void deletingIsNotRepeated() throws Exception {
    transport.thenLoseAnswer();
    HsmClient client = client();
    assertThatThrownBy(() -> client.deleteKey("k", null))
        .isExactlyInstanceOf(HsmConnectionException.class);
    assertThat(transport.requests()).hasSize(1);
  }

  @Test
  void waitsAsLongAsTheServiceAsks() throws Exception {
    transport.thenAnswer(503, "", "7").thenAnswer(200, "[]");
    client().listKeys();
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void waitsUntilTheDateTheServiceNames() throws Exception {
    transport.thenAnswer(429, "", "Sat, 31 Jan 2026 12:00:20 GMT").thenAnswer(200, "[]");
    client().listKeys();
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(20));
  }

  @Test
  void doesNotWaitBeyondTheDeadline() throws Exception {
    transport.thenAnswer(429, "", "61");
    HsmClient client = client();
    assertThatThrownBy(client::listKeys).isInstanceOf(RateLimitedException.class);
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void onePauseMoreMustFitIntoTheDeadline() throws Exception {
    for (int i = 0; i < 3; i++) {
      transport.then(
          request -> {
            time.pass(Duration.ofSeconds(1));
            throw new IOException("connection reset");
          });
    }
    HsmClient client = client("http.deadline=2500ms", "retry.maxAttempts=100");
    assertThatThrownBy(client::listKeys).hasMessageContaining("(3 attempts)");
    assertThat(transport.unused()).isZero();
  }

  @Test
  void eachAttemptHasOnlyTheTimeThatIsLeft() throws Exception {
    transport
        .then(
            request -> {
              time.pass(Duration.ofSeconds(50));
              return ScriptedTransport.answer(503, "", "2");
            })
        .thenAnswer(200, "[]");
    client().listKeys();
    assertThat(transport.requests().get(0).responseTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(transport.requests().get(0).total()).isEqualTo(Duration.ofSeconds(60));
    assertThat(transport.requests().get(1).responseTimeout()).isEqualTo(Duration.ofSeconds(8));
    assertThat(transport.requests().get(1).total()).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void signaturesHaveTheirOwnDeadline() throws Exception {
    transport.thenAnswer(503, "", "3");
    HsmClient client = client("sign.timeout=2s");
    assertThatThrownBy(() -> client.sign(SIGN)).hasMessageContaining("HTTP 503");
    assertThat(transport.requests().get(0).total()).isEqualTo(Duration.ofSeconds(2));
    transport.thenAnswer(200, "[]");
    client.listKeys();
    assertThat(transport.requests().get(1).total()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void anAnswerThatIsTooLargeIsNotAskedForAgain() throws Exception {
    transport.then(
        request -> {
          throw new HttpTransport.AnswerTooLargeException("http.maxResponseBytes", 1024);
        });
    HsmClient client = client();
    assertThatThrownBy(client::listKeys)
        .isInstanceOf(HsmProtocolException.class)
        .hasMessage(
            "list keys failed: the answer from http://a is larger than http.maxResponseBytes (1024"
                + " bytes)");
  }

  @Test
  void anAnswerThatIsTooLargeLeavesOpenWhatWasCreated() throws Exception {
    transport.then(
        request -> {
          throw new HttpTransport.AnswerTooLargeException("http.maxResponseBytes", 1024);
        });
    HsmClient client = client();
    assertThatThrownBy(() -> client.createKey(NewKey.rsa("k", 2048)))
        .isInstanceOf(RequestOutcomeUnknownException.class);
  }

  @Test
  void anInterruptEndsAPause() throws Exception {
    transport.then(
        request -> {
          Thread.currentThread().interrupt();
          return ScriptedTransport.answer(503, "", null);
        });
    HsmClient client = client();
    assertThatThrownBy(client::listKeys)
        .isInstanceOf(HsmConnectionException.class)
        .hasMessage("list keys was interrupted between two attempts")
        .cause()
        .hasMessage("list keys refused: HTTP 503");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(transport.requests()).hasSize(1);
  }

  @Test
  void anInterruptedAttemptIsNotRepeatedAnywhere() throws Exception {
    transport.then(
        request -> {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("the calling thread was interrupted");
        });
    HsmClient client = client("http://a,http://b", new String[0]);
    HsmConnectionException failure =
        catchThrowableOfType(HsmConnectionException.class, () -> client.sign(SIGN));
    assertThat(failure).hasMessage("sign with key 'k' was interrupted (1 attempt)");
    assertThat(failure.maybeExecuted()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(transport.requests()).hasSize(1);
  }

  @Test
  void closesTheTransport() throws Exception {
    client().close();
    assertThat(transport.isClosed()).isTrue();
  }
}
