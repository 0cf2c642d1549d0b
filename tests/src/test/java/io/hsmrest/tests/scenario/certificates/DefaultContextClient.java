package io.hsmrest.tests.scenario.certificates;

import java.security.cert.X509Certificate;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A program that knows nothing of HSMs and connects with the JVM's default context. */
final class DefaultContextClient {
  private DefaultContextClient() {}

  public static void main(String[] args) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            SSLSocketFactory.getDefault().createSocket("localhost", Integer.parseInt(args[0]))) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      X509Certificate peer = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      System.out.println("connected to " + peer.getSubjectX500Principal());
    }
  }
}
