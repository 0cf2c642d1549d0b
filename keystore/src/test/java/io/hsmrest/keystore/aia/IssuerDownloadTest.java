package io.hsmrest.keystore.aia;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.rest.OwnCalls;
import io.hsmrest.keystore.CapturedLog;
import io.hsmrest.keystore.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerDownloadTest {
  private static final KeyPair CA_KEY = ec();
  private static final KeyPair KEY = ec();
  private static final X509Certificate CA = TestCertificate.root("CN=CA", CA_KEY).make();

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-06-01T00:00:00Z"));
  private final AtomicInteger lookups = new AtomicInteger();
  private final CapturedLog log = new CapturedLog();
  private CaServer server;
  private AddressRule rule = address -> true;
  private Hosts.Lookup lookup = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
  private Duration longest = Duration.ofSeconds(30);

  @BeforeEach
  void start() throws Exception {
    server = new CaServer();
  }

  @AfterEach
  void stop() {
    server.close();
    log.close();
  }

  private static KeyPair ec() {
    try {
      return KeyPairGenerator.getInstance("EC").generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private IssuerDownload download() {
    InstantSource instants = now::get;
    Clock clock = instants.withZone(ZoneOffset.UTC);
    HttpGet.Tls noTls =
        () -> {
          throw new DownloadException("no TLS in this test");
        };
    return new IssuerDownload(
        new Hosts(
            host -> {
              lookups.incrementAndGet();
              return lookup.addresses(host);
            },
            rule),
        noTls,
        longest,
        clock);
  }

  private static X509Certificate childOf(String... locations) {
    return TestCertificate.of("CN=leaf", KEY, CA, CA_KEY).issuerAt(locations).make();
  }

  private List<X509Certificate> from(String... locations) {
    return download().issuersOf(childOf(locations));
  }

  @Test
  void aCertificateInDerIsFetched() throws Exception {
    server.serving("/ca.crt", CA.getEncoded());
    assertThat(from(server.at("/ca.crt?a=1"))).containsExactly(CA);
    assertThat(server.asked()).containsExactly("ca.example:" + server.port() + "/ca.crt?a=1");
    assertThat(log.text()).contains("1 certificates from " + server.at("/ca.crt?a=1"));
  }

  @Test
  void pemAndPkcs7AreUnderstood() throws Exception {
    server.serving("/pem", pem(CA).getBytes(StandardCharsets.US_ASCII));
    server.serving(
        "/p7c",
        CertificateFactory.getInstance("X.509").generateCertPath(List.of(CA)).getEncoded("PKCS7"));
    assertThat(from(server.at("/pem"))).containsExactly(CA);
    assertThat(from(server.at("/p7c"))).containsExactly(CA);
  }

  private static String pem(X509Certificate certificate) throws Exception {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  @Test
  void anAnswerInChunksIsPutTogether() throws Exception {
    server.servingInChunks("/ca.crt", CA.getEncoded());
    assertThat(from(server.at("/ca.crt"))).containsExactly(CA);
  }

  @Test
  void anAnswerThatEndsWithItsConnectionIsTaken() throws Exception {
    String body = new String(CA.getEncoded(), StandardCharsets.ISO_8859_1);
    try (CaServer.Raw raw = new CaServer.Raw("HTTP/1.0 200 OK\r\n\r\n" + body, false)) {
      assertThat(from(raw.at("/"))).containsExactly(CA);
    }
  }

  @Test
  void theFirstAddressThatWorksIsEnough() throws Exception {
    server.serving("/ca.crt", CA.getEncoded());
    assertThat(
            from(
                "ldap://ca.example/cn=CA",
                server.at("/missing"),
                server.at("/ca.crt"),
                server.at("/never")))
        .containsExactly(CA);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void notMoreThanThreeAddressesOfACertificateAreTried() throws Exception {
    server.serving("/4", CA.getEncoded());
    assertThat(from(server.at("/1"), server.at("/2"), server.at("/3"), server.at("/4"))).isEmpty();
  }

  @Test
  void aCertificateWithoutAnAddressAsksNobody() {
    assertThat(download().issuersOf(CA)).isEmpty();
    assertThat(lookups).hasValue(0);
    assertThat(log.text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ldap://ca.example/x",
        "file:///etc/hosts",
        "ftp://ca.example/x",
        "gopher://ca.example/x",
        "jar:http://ca.example/x!/y",
        "http://user:pw@ca.example/x",
        "http:///x",
        "http:x",
        "x",
        "http://ca_example/x"
      })
  void otherSchemesAndOddAddressesAreNotFollowed(String location) {
    assertThat(from(location)).isEmpty();
    assertThat(lookups).hasValue(0);
  }

  @Test
  void threeRedirectsAreFollowedAndAFourthIsNot() throws Exception {
    server.serving("/ca.crt", CA.getEncoded());
    server.redirecting("/r1", "/ca.crt");
    server.redirecting("/r2", server.at("/r1"));
    server.redirecting("/r3", "r2");
    server.redirecting("/r4", "/r3");
    assertThat(from(server.at("/r3"))).containsExactly(CA);
    assertThat(from(server.at("/r4"))).isEmpty();
    assertThat(log.text()).contains("more than 3 redirects");
  }

  @Test
  void aRedirectIsHeldToTheSameRules() throws Exception {
    server.redirecting("/file", "file:///etc/hosts");
    server.redirecting("/home", "http://127.0.0.1:" + server.port() + "/ca.crt");
    server.serving("/ca.crt", CA.getEncoded());
    lookup =
        host ->
            host.equals("127.0.0.1")
                ? new InetAddress[] {InetAddress.getByName("10.0.0.1")}
                : new InetAddress[] {InetAddress.getLoopbackAddress()};
    rule = address -> !address.getHostAddress().startsWith("10.");
    assertThat(from(server.at("/file"))).isEmpty();
    assertThat(from(server.at("/home"))).isEmpty();
    assertThat(server.asked()).noneMatch(request -> request.endsWith("/ca.crt"));
    assertThat(log.text()).contains("has the address 10.0.0.1, which is not a public one");
  }

  @Test
  void aRedirectToNowhereIsAnError() throws Exception {
    server.answering("/r", 301, null, new byte[0]);
    assertThat(from(server.at("/r"))).isEmpty();
    assertThat(log.text()).contains("a redirect to nowhere");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 400, 401, 403, 404, 500, 503})
  void otherAnswersAreNoUse(int status) throws Exception {
    server.answering("/ca.crt", status, null, new byte[0]);
    assertThat(from(server.at("/ca.crt"))).isEmpty();
    assertThat(log.text()).contains("HTTP " + status);
  }

  @Test
  void sixtyFourKibibytesAreTheMost() throws Exception {
    byte[] large = padded(65_536);
    server.serving("/large", large);
    server.serving("/larger", padded(65_537));
    server.servingInChunks("/chunks", padded(65_537));
    assertThat(from(server.at("/large"))).containsExactly(CA);
    assertThat(from(server.at("/larger"))).isEmpty();
    assertThat(from(server.at("/chunks"))).isEmpty();
    assertThat(log.text()).contains("larger than 65536 bytes");
  }

  /** A PEM file of this size: text around the certificate is allowed. */
  private static byte[] padded(int size) throws Exception {
    byte[] certificate = pem(CA).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream padded = new ByteArrayOutputStream();
    padded.writeBytes(
        "x".repeat(size - certificate.length - 1).getBytes(StandardCharsets.US_ASCII));
    padded.write('\n');
    padded.writeBytes(certificate);
    return padded.toByteArray();
  }

  @Test
  void anEndlessAnswerWithoutLengthIsCutOff() throws Exception {
    try (CaServer.Raw raw =
        new CaServer.Raw("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(70_000), true)) {
      assertThat(from(raw.at("/"))).isEmpty();
    }
    assertThat(log.text()).contains("larger than 65536 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-x\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        "HTTP/1.1 200",
        ""
      })
  void answersThatAreBrokenAreNoUse(String answer) throws Exception {
    try (CaServer.Raw raw = new CaServer.Raw(answer, false)) {
      assertThat(from(raw.at("/"))).isEmpty();
    }
    assertThat(log.text()).contains("the issuer's certificate could not be had from");
  }

  @Test
  void anEndlessHeaderIsCutOff() throws Exception {
    try (CaServer.Raw raw =
        new CaServer.Raw("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(5_000), true)) {
      assertThat(from(raw.at("/"))).isEmpty();
    }
    assertThat(log.text()).contains("the answer's header is too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"})
  void aServerThatStopsTalkingIsGivenUp(String beginning) throws Exception {
    longest = Duration.ofMillis(300);
    try (CaServer.Raw raw = new CaServer.Raw(beginning, true)) {
      assertThat(from(raw.at("/"))).isEmpty();
    }
    assertThat(log.text()).contains("could not be had");
  }

  @Test
  void aNameThatIsLookedUpForTooLongIsGivenUp() throws Exception {
    longest = Duration.ofMillis(300);
    CountDownLatch over = new CountDownLatch(1);
    lookup =
        host -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    assertThat(from(server.at("/ca.crt"))).isEmpty();
    over.countDown();
    assertThat(log.text()).contains("it took longer than 300 ms");
  }

  @Test
  void privateAndLoopbackAddressesAreNotConnectedTo() throws Exception {
    rule = AddressRule::isPublic;
    server.serving("/ca.crt", CA.getEncoded());
    assertThat(from(server.at("/ca.crt"))).isEmpty();
    assertThat(from("http://127.0.0.1:" + server.port() + "/ca.crt")).isEmpty();
    assertThat(from("http://[::1]:" + server.port() + "/ca.crt")).isEmpty();
    assertThat(server.asked()).isEmpty();
    assertThat(log.text()).contains("which is not a public one");
  }

  @Test
  void thatIsTheRuleUnlessATestSaysOtherwise() throws Exception {
    server.serving("/ca.crt", CA.getEncoded());
    X509Certificate child = childOf("http://localhost:" + server.port() + "/ca.crt");
    assertThat(new IssuerDownload(Clock.systemUTC()).issuersOf(child)).isEmpty();
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void aNameWithOnePublicAndOnePrivateAddressIsRefusedAsAWhole() throws Exception {
    rule = address -> !address.getHostAddress().startsWith("10.");
    lookup =
        host ->
            new InetAddress[] {InetAddress.getLoopbackAddress(), InetAddress.getByName("10.0.0.1")};
    server.serving("/ca.crt", CA.getEncoded());
    assertThat(from(server.at("/ca.crt"))).isEmpty();
    assertThat(server.asked()).isEmpty();
  }

  /** DNS rebinding: public when it is checked, private when it is connected to. */
  @Test
  void aNameIsLookedUpOnceAndTheAddressThatWasCheckedIsConnectedTo() throws Exception {
    server.serving("/ca.crt", CA.getEncoded());
    lookup =
        host ->
            lookups.get() == 1
                ? new InetAddress[] {InetAddress.getLoopbackAddress()}
                : new InetAddress[] {InetAddress.getByName("10.0.0.1")};
    assertThat(from(server.at("/ca.crt"))).containsExactly(CA);
    assertThat(lookups).hasValue(1);
  }

  @Test
  void anAddressThatDoesNotAnswerIsFollowedByTheNext() throws Exception {
    server.serving("/ca.crt", CA.getEncoded());
    int closed;
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThat(from("http://ca.example:" + closed + "/ca.crt", server.at("/ca.crt")))
        .containsExactly(CA);
  }

  @Test
  void fiveCertificatesInOneAnswerAreTheMost() throws Exception {
    StringBuilder five = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      five.append(pem(TestCertificate.root("CN=CA " + i, CA_KEY).make()));
    }
    server.serving("/five", five.toString().getBytes(StandardCharsets.US_ASCII));
    server.serving("/six", (five + pem(CA)).getBytes(StandardCharsets.US_ASCII));
    assertThat(from(server.at("/five"))).hasSize(5);
    assertThat(from(server.at("/six"))).isEmpty();
    assertThat(log.text()).contains("more than 5 certificates");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>not found</html>"})
  void whatIsNoCertificateIsNoUse(String body) throws Exception {
    server.serving("/ca.crt", body.getBytes(StandardCharsets.US_ASCII));
    assertThat(from(server.at("/ca.crt"))).isEmpty();
    assertThat(log.text()).contains("could not be had");
  }

  @Test
  void anAnswerIsKeptForADayAndAFailureForTenMinutes() throws Exception {
    IssuerDownload download = download();
    X509Certificate good = childOf(server.at("/ca.crt"));
    X509Certificate bad = childOf(server.at("/bad"));
    server.serving("/ca.crt", CA.getEncoded());
    server.answering("/bad", 404, null, new byte[0]);
    for (int i = 0; i < 3; i++) {
      assertThat(download.issuersOf(good)).containsExactly(CA);
      assertThat(download.issuersOf(bad)).isEmpty();
    }
    assertThat(server.asked()).hasSize(2);

    now.updateAndGet(time -> time.plus(Duration.ofMinutes(11)));
    download.issuersOf(good);
    download.issuersOf(bad);
    assertThat(server.asked()).hasSize(3).last().asString().endsWith("/bad");

    now.updateAndGet(time -> time.plus(Duration.ofHours(24)));
    download.issuersOf(good);
    assertThat(server.asked()).hasSize(4).last().asString().endsWith("/ca.crt");
  }

  @Test
  void manyWhoAskAtOnceCauseOneDownload() throws Exception {
    IssuerDownload download = download();
    X509Certificate child = childOf(server.at("/ca.crt"));
    server.serving("/ca.crt", CA.getEncoded());
    CountDownLatch asked = new CountDownLatch(8);
    lookup =
        host -> {
          try {
            asked.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
    AtomicInteger found = new AtomicInteger();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                asked.countDown();
                found.addAndGet(download.issuersOf(child).size());
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(found).hasValue(8);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void whoeverIsInterruptedGetsNothingAndNothingIsKept() throws Exception {
    IssuerDownload download = download();
    X509Certificate child = childOf(server.at("/ca.crt"));
    server.serving("/ca.crt", CA.getEncoded());
    CountDownLatch released = new CountDownLatch(1);
    lookup =
        host -> {
          try {
            released.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
    Thread.currentThread().interrupt();
    assertThat(download.issuersOf(child)).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
    released.countDown();
    assertThat(download.issuersOf(child)).containsExactly(CA);
  }

  @Test
  void aDownloadIsMarkedAsACallOfOurOwn() throws Exception {
    AtomicReference<Boolean> marked = new AtomicReference<>();
    lookup =
        host -> {
          marked.set(OwnCalls.inProgress());
          throw new UnknownHostException(host);
        };
    assertThat(from(server.at("/ca.crt"))).isEmpty();
    assertThat(marked).hasValue(true);
    assertThat(OwnCalls.inProgress()).isFalse();
  }

  @Test
  void tlsIsMadeOfTheJdksCertificates() throws IOException {
    CacertsTls tls = new CacertsTls();
    SSLSocketFactory sockets = tls.sockets();
    assertThat(sockets.getSupportedCipherSuites()).isNotEmpty();
    assertThat(tls.sockets()).isSameAs(sockets);
  }
}
