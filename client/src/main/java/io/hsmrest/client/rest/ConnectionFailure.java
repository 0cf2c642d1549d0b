package io.hsmrest.client.rest;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Failures of connections, in words; the JDK's messages often say only half. */
final class ConnectionFailure {
  private ConnectionFailure() {}

  private static final String CLIENT_CERTIFICATE =
      "; does the service ask for a client certificate, is 'auth.clientKeyStore' right?";

  /** Why no connection was made, and where to look. */
  static String wordsBeforeSending(String where, IOException failure) {
    Throwable root = root(failure);
    boolean ended =
        root instanceof EOFException
            || root instanceof SocketException && !(root instanceof ConnectException);
    if (ended && where.regionMatches(true, 0, "https:", 0, 6)) {
      // Whose alert is overtaken by the end of the connection is not told the reason.
      return "the service ended the TLS handshake: " + words(failure) + CLIENT_CERTIFICATE;
    }
    return words(failure);
  }

  /** What happened and where to look. */
  static String words(IOException failure) {
    Throwable root = root(failure);
    String message = root.getMessage() == null ? "" : root.getMessage();
    if (root instanceof UnknownHostException) {
      return "unknown host " + message + "; is 'endpoint' right?";
    }
    if (root instanceof SSLException tls) {
      // Newer JDKs put the name of the alert before the message.
      return words(tls, message.replaceFirst("^\\(\\w+\\) ", ""));
    }
    if (root instanceof SocketTimeoutException) {
      return "time out" + (message.isEmpty() ? "" : ": " + message);
    }
    if (message.toLowerCase(Locale.ROOT).contains("connection refused")) {
      return "connection refused; is the service up, is 'endpoint' right?";
    }
    if (root instanceof ConnectException) {
      return message + "; is the service up, is 'endpoint' right?";
    }
    return message.isEmpty() ? root.getClass().getSimpleName() : message;
  }

  private static String words(SSLException tls, String message) {
    if (isAlert(tls)) {
      return "TLS failed: " + message + CLIENT_CERTIFICATE;
    }
    if (tls instanceof SSLPeerUnverifiedException
        || message.startsWith("No subject alternative")
        || message.startsWith("No name matching")) {
      return "TLS failed: the certificate is for another host: "
          + message
          + "; write the certificate's host name into 'endpoint'";
    }
    if (hasCertificateCause(tls)) {
      return "TLS failed: the certificate is not trusted: "
          + message
          + "; name its CA in 'tls.trustedCertificates'";
    }
    if (message.startsWith("Unsupported or unrecognized SSL message")) {
      return "TLS failed: the service does not speak TLS there; is 'endpoint' right?";
    }
    return "TLS failed: " + message;
  }

  /**
   * Whether the service ended the TLS handshake. With TLS 1.3 that arrives only after the request
   * has left, and a request in such a handshake is not read (RFC 8446 4.4).
   */
  static boolean isRefusedHandshake(IOException failure) {
    return root(failure) instanceof SSLHandshakeException refused && isAlert(refused);
  }

  private static boolean isAlert(SSLException tls) {
    String message = tls.getMessage();
    return message != null && message.contains("Received fatal alert");
  }

  private static boolean hasCertificateCause(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof CertificateException
          || t instanceof CertPathBuilderException
          || t instanceof CertPathValidatorException) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(IOException failure) {
    Throwable root = failure;
    while (root.getCause() instanceof IOException deeper) {
      root = deeper;
    }
    return root;
  }
}
