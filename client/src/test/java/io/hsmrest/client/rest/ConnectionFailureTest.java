package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionFailureTest {
  private static final String CLIENT =
      "; does the service ask for a client certificate, is 'auth.clientKeyStore' right?";

  private static SSLHandshakeException handshake(String message, Throwable cause) {
    SSLHandshakeException e = new SSLHandshakeException(message);
    e.initCause(cause);
    return e;
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new UnknownHostException("hsm.example"),
            "unknown host hsm.example; is 'endpoint' right?"),
        Arguments.of(
            new ConnectException("Connection refused (Connection refused)"),
            "connection refused; is the service up, is 'endpoint' right?"),
        Arguments.of(
            new ConnectException("Network is unreachable"),
            "Network is unreachable; is the service up, is 'endpoint' right?"),
        Arguments.of(new NoRouteToHostException("No route to host"), "No route to host"),
        Arguments.of(new SocketTimeoutException("Read timed out"), "time out: Read timed out"),
        Arguments.of(new SocketTimeoutException(), "time out"),
        Arguments.of(new SocketException("Connection reset"), "Connection reset"),
        Arguments.of(new IOException(), "IOException"),
        Arguments.of(new IOException("wrapped", new EOFException("the end")), "the end"),
        Arguments.of(
            new SSLHandshakeException("Received fatal alert: bad_certificate"),
            "TLS failed: Received fatal alert: bad_certificate" + CLIENT),
        Arguments.of(
            new SSLHandshakeException(
                "(certificate_required) Received fatal alert: certificate_required"),
            "TLS failed: Received fatal alert: certificate_required" + CLIENT),
        Arguments.of(
            handshake("No name matching localhost found", new CertificateException("x")),
            "TLS failed: the certificate is for another host: No name matching localhost found;"
                + " write the certificate's host name into 'endpoint'"),
        Arguments.of(
            new SSLPeerUnverifiedException("Certificate for <a> doesn't match"),
            "TLS failed: the certificate is for another host: Certificate for <a> doesn't match;"
                + " write the certificate's host name into 'endpoint'"),
        Arguments.of(
            handshake(
                "PKIX path validation failed",
                new CertificateException("x", new CertPathValidatorException("expired"))),
            "TLS failed: the certificate is not trusted: PKIX path validation failed; name its CA"
                + " in 'tls.trustedCertificates'"),
        Arguments.of(
            new SSLException("Unsupported or unrecognized SSL message"),
            "TLS failed: the service does not speak TLS there; is 'endpoint' right?"),
        Arguments.of(
            new SSLException("(protocol_version) Something new"), "TLS failed: Something new"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("failures")
  void saysWhatHappenedAndWhereToLook(IOException failure, String words) {
    assertThat(ConnectionFailure.words(failure)).isEqualTo(words);
  }

  @Test
  void aTlsHandshakeThatIsCutOffRemindsOfTheClientCertificate() {
    assertThat(
            ConnectionFailure.wordsBeforeSending("https://a", new SocketException("Broken pipe")))
        .isEqualTo("the service ended the TLS handshake: Broken pipe" + CLIENT);
    assertThat(
            ConnectionFailure.wordsBeforeSending(
                "https://a", handshake("terminated", new EOFException("SSL peer shut down"))))
        .isEqualTo("the service ended the TLS handshake: SSL peer shut down" + CLIENT);
    assertThat(ConnectionFailure.wordsBeforeSending("http://a", new SocketException("Broken pipe")))
        .isEqualTo("Broken pipe");
    assertThat(
            ConnectionFailure.wordsBeforeSending(
                "https://a", new ConnectException("Connection refused")))
        .startsWith("connection refused");
  }

  @Test
  void aRefusedHandshakeIsToldFromOtherEnds() {
    assertThat(
            ConnectionFailure.isRefusedHandshake(
                new SSLHandshakeException("Received fatal alert: certificate_required")))
        .isTrue();
    assertThat(
            ConnectionFailure.isRefusedHandshake(
                new SSLException("Received fatal alert: internal_error")))
        .isFalse();
    assertThat(ConnectionFailure.isRefusedHandshake(new SSLHandshakeException("other"))).isFalse();
    assertThat(ConnectionFailure.isRefusedHandshake(new SocketException("reset"))).isFalse();
  }
}
