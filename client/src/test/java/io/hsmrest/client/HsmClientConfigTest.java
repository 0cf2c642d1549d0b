package io.hsmrest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each setting arrives where it belongs; what it then does is in the tests of who uses it. */
class HsmClientConfigTest {
  private static final String ENDPOINT = "https://host";

  /**
   * A setting and what becomes of it.
   *
   * @param line name and value; further lines hold what has to be set beside it
   */
  record Example(
      String line, Function<HsmClientConfig, @Nullable Object> read, @Nullable Object expected) {
    String key() {
      return line.substring(0, line.indexOf('=')).strip();
    }

    @Override
    public String toString() {
      return line.lines().findFirst().orElseThrow();
    }
  }

  private static @Nullable String reveal(@Nullable SecretSource source) {
    try {
      return source == null ? null : source.resolve(Secret.of("typed")).reveal();
    } catch (HsmConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  private static Function<HsmClientConfig, @Nullable Object> keys(ApiKeyRole role) {
    return config ->
        config.authentication().keysOf(role).stream().map(HsmClientConfigTest::reveal).toList();
  }

  private static Function<HsmClientConfig, @Nullable Object> proxy(
      Function<HttpSettings.Proxy, @Nullable Object> part) {
    return config -> {
      HttpSettings.Proxy proxy = config.http().proxy();
      return proxy == null ? null : part.apply(proxy);
    };
  }

  private static Function<HsmClientConfig, @Nullable Object> signer(
      Function<RequestSignerSettings, @Nullable Object> read) {
    return config -> {
      RequestSignerSettings signer = config.requestSigner();
      return signer == null ? null : read.apply(signer);
    };
  }

  static Stream<Example> examples() {
    return Stream.of(
        new Example(
            "endpoint = https://a/, http://b:8080/v1",
            HsmClientConfig::endpoints,
            List.of(URI.create("https://a"), URI.create("http://b:8080"))),
        new Example("auth.token = jwt", c -> reveal(c.authentication().token()), "jwt"),
        new Example(
            "auth.apiKey.keyManagement = one, two",
            keys(ApiKeyRole.KEY_MANAGEMENT),
            List.of("one", "two")),
        new Example(
            "auth.apiKey.keyOperation = storepass:",
            keys(ApiKeyRole.KEY_OPERATION),
            List.of("typed")),
        new Example("auth.apiKey.service = s", keys(ApiKeyRole.SERVICE), List.of("s")),
        new Example("auth.apiKey.approver = a", keys(ApiKeyRole.APPROVER), List.of("a")),
        new Example(
            "auth.clientKeyStore = client.p12",
            c -> c.authentication().clientKeyStore(),
            Path.of("client.p12")),
        new Example(
            "auth.clientKeyStorePassword = pw",
            c -> reveal(c.authentication().clientKeyStorePassword()),
            "pw"),
        new Example(
            "tls.trustedCertificates = ca.pem",
            c -> c.http().trustedCertificates(),
            Path.of("ca.pem")),
        new Example(
            "http.connectTimeout = 1s", c -> c.http().connectTimeout(), Duration.ofSeconds(1)),
        new Example(
            "http.responseTimeout = 2s", c -> c.http().responseTimeout(), Duration.ofSeconds(2)),
        new Example("http.deadline = 3m", c -> c.http().deadline(), Duration.ofMinutes(3)),
        new Example("http.maxConnections = 5", c -> c.http().maxConnections(), 5),
        new Example("http.maxResponseBytes = 1m", c -> c.http().maxResponseBytes(), 1L << 20),
        new Example("http.proxy = proxy.example:3128", proxy(p -> p.port()), 3128),
        new Example("http.proxy = [::1]:3128", proxy(p -> p.host()), "[::1]"),
        new Example("http.proxyUser = me\nhttp.proxy = proxy:1", proxy(p -> p.user()), "me"),
        new Example(
            "http.proxyPassword = pw\nhttp.proxy = proxy:1\nhttp.proxyUser = me",
            proxy(p -> reveal(p.password())),
            "pw"),
        new Example("retry.maxAttempts = 9", HsmClientConfig::retryMaxAttempts, 9),
        new Example("sign.timeout = 4s", HsmClientConfig::signTimeout, Duration.ofSeconds(4)),
        new Example("approval.timeout = 1h", c -> c.approval().timeout(), Duration.ofHours(1)),
        new Example(
            "approval.poll = 1s .. 3s",
            c -> List.of(c.approval().pollFirst(), c.approval().pollLargest()),
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(3))),
        new Example(
            "approval.onGiveUp = keep", c -> c.approval().onGiveUp(), ApprovalSettings.GiveUp.KEEP),
        new Example(
            "approval.recover = fail", c -> c.approval().recover(), ApprovalSettings.Recovery.FAIL),
        new Example("approval.resume = true", c -> c.approval().resume(), true),
        new Example("requestSigner.keyStore = s.p12", signer(r -> r.keyStore()), Path.of("s.p12")),
        new Example(
            "requestSigner.password = pw\nrequestSigner.keyStore = s.p12",
            signer(r -> reveal(r.password())),
            "pw"),
        new Example(
            "requestSigner.alias = me\nrequestSigner.keyStore = s.p12",
            signer(r -> r.alias()),
            "me"),
        new Example(
            "approval.progress = none",
            c -> c.approval().progress(),
            ApprovalSettings.Progress.NONE),
        new Example(
            "approval.metadata.ticket = T-1",
            c -> c.approval().metadata(),
            Map.of("ticket", "T-1")));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void eachSettingArrives(Example example) throws Exception {
    // A later line of a properties file counts more than an earlier one.
    assertThat(example.read().apply(Clients.config(ENDPOINT, example.line())))
        .isEqualTo(example.expected());
  }

  @Test
  void noSettingIsWithoutAnExample() {
    Set<String> shown =
        examples()
            .map(Example::key)
            .filter(key -> HsmClientConfig.PREFIXES.stream().noneMatch(key::startsWith))
            .collect(Collectors.toSet());
    assertThat(shown).isEqualTo(HsmClientConfig.KEYS);
  }

  @Test
  void defaultsAreThoseOfTheDocumentation() throws Exception {
    HsmClientConfig config = Clients.config(ENDPOINT);
    assertThat(config.endpoints()).containsExactly(URI.create(ENDPOINT));
    assertThat(config.http())
        .isEqualTo(
            new HttpSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                64,
                4L << 20,
                null,
                null));
    assertThat(config.retryMaxAttempts()).isEqualTo(4);
    assertThat(config.signTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.approval())
        .isEqualTo(
            new ApprovalSettings(
                Duration.ofMinutes(10),
                Duration.ofMillis(250),
                Duration.ofSeconds(5),
                ApprovalSettings.GiveUp.CANCEL,
                ApprovalSettings.Recovery.PROBE,
                false,
                ApprovalSettings.Progress.AUTO,
                Map.of()));
    assertThat(config.authentication().token()).isNull();
    assertThat(config.authentication().keysOf(ApiKeyRole.SERVICE)).isEmpty();
    assertThat(config.authentication().clientKeyStore()).isNull();
  }

  @Test
  void theTimeOfASignatureIsByDefaultThatOfEveryOperation() throws Exception {
    assertThat(Clients.config(ENDPOINT, "http.deadline=9s").signTimeout())
        .isEqualTo(Duration.ofSeconds(9));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "endpoint = ftp://host                | endpoint: 'ftp://host' is not a base URL; write for example https://rest-api.cloudshsm.com",
        "endpoint = host:8080                 | endpoint: 'host:8080' is not a base URL; write for example https://rest-api.cloudshsm.com",
        "endpoint = https://host?x=1          | endpoint: 'https://host?x=1' is not a base URL; write for example https://rest-api.cloudshsm.com",
        "endpoint = https://host#x            | endpoint: 'https://host#x' is not a base URL; write for example https://rest-api.cloudshsm.com",
        "endpoint = https://host:99999        | endpoint: 'https://host:99999' is not a base URL; write for example https://rest-api.cloudshsm.com",
        "endpoint = https://                  | endpoint: 'https://' is not a base URL; write for example https://rest-api.cloudshsm.com",
        "endpoint = https://a, b c            | endpoint: 'b c' is not a base URL; write for example https://rest-api.cloudshsm.com",
        "endpoint = ,                         | endpoint: ',' is not a base URL; write for example https://rest-api.cloudshsm.com",
        "endpoint =                           | 'endpoint' is not set",
        "endpoint = https://me:pw@host        | endpoint: user and password do not belong into a URL",
        "http.connectTimeout = 0s             | http.connectTimeout: '0s' is not a duration above zero",
        "http.responseTimeout = 0ms           | http.responseTimeout: '0ms' is not a duration above zero",
        "http.deadline = 0m                   | http.deadline: '0m' is not a duration above zero",
        "http.deadline = 60                   | http.deadline: '60' is not a duration; write for example 500ms, 30s or 10m",
        "http.maxConnections = 0              | http.maxConnections: '0' is not a whole number from 1 to 10000",
        "http.maxResponseBytes = 1023         | http.maxResponseBytes: '1023' is not a number of bytes from 1024 to 1024m",
        "http.maxResponseBytes = 1025m        | http.maxResponseBytes: '1025m' is not a number of bytes from 1024 to 1024m",
        "http.proxy = proxy                   | http.proxy: 'proxy' is not a proxy; write host:port",
        "http.proxy = http://proxy:8080       | http.proxy: 'http://proxy:8080' is not a proxy; write host:port",
        "http.proxy = proxy:0                 | http.proxy: 'proxy:0' is not a proxy; write host:port",
        "http.proxy = proxy:65536             | http.proxy: 'proxy:65536' is not a proxy; write host:port",
        "http.proxy = me:pw@proxy:8080        | http.proxy: write host:port; user and password go into 'http.proxyUser' and 'http.proxyPassword'",
        "http.proxyUser = me                  | http.proxyUser: needs 'http.proxy'",
        "http.proxyPassword = pw              | http.proxyPassword: needs 'http.proxyUser'",
        "retry.maxAttempts = 0                | retry.maxAttempts: '0' is not a whole number from 1 to 100",
        "sign.timeout = 0s                    | sign.timeout: '0s' is not a duration above zero",
        "approval.timeout = 0s                | approval.timeout: '0s' is not a duration above zero",
        "approval.poll = 5s                   | approval.poll: '5s' is not a first and a largest interval, 250ms..5s",
        "approval.poll = 0s..5s               | approval.poll: '0s..5s' is not a first interval above zero and a largest not below it",
        "approval.poll = 5s..1s               | approval.poll: '5s..1s' is not a first interval above zero and a largest not below it",
        "approval.poll = a..b                 | approval.poll: 'a' is not a duration; write for example 500ms, 30s or 10m",
        "approval.onGiveUp = ask              | approval.onGiveUp: 'ask' is not one of cancel, keep",
        "approval.progress = stdout           | approval.progress: 'stdout' is not one of auto, console, log, none",
        "auth.token = file:a\\u0000b           | auth.token: 'a\0b' is not a file name",
      })
  void wrongValuesAreRefusedAndSayWhatIsAllowed(String line, String message) {
    assertThatThrownBy(() -> Clients.config(ENDPOINT, line))
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessage("test.properties: " + message);
  }

  @Test
  void theEndpointIsRequired() throws Exception {
    Settings settings = Clients.settings("http.deadline=1s");
    assertThatThrownBy(() -> HsmClientConfig.read(settings, null))
        .hasMessage("test.properties: 'endpoint' is not set");
  }

  @Test
  void cannotBeMadeInvalidByHand() throws Exception {
    HsmClientConfig config = Clients.config(ENDPOINT);
    assertThatThrownBy(
            () ->
                new HsmClientConfig(
                    List.of(),
                    config.authentication(),
                    config.http(),
                    1,
                    config.signTimeout(),
                    config.approval(),
                    null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAddressMayBeAnIpv6Address() throws Exception {
    assertThat(Clients.config("http://[::1]:8080").endpoints())
        .containsExactly(URI.create("http://[::1]:8080"));
  }
}
