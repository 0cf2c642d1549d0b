package io.hsmrest.tests.scenario.samples;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.tls.Peer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;

/** A simulated HSM with the one key that a sample uses, certified by a CA outside. */
final class SampleHsm implements AutoCloseable {
  /** The name in the certificates. */
  static final String HOST = "www.example.org";

  private final SimulatedHsm hsm = new SimulatedHsm();
  private final SoftwareCa ca;
  private final String label;

  /** One without any key. */
  SampleHsm() {
    this.ca = SoftwareCa.rootFor(HOST);
    this.label = "";
  }

  SampleHsm(String label) {
    this(NewKey.ec(label, "1.2.840.10045.3.1.7"), SoftwareCa.rootFor(HOST));
  }

  SampleHsm(NewKey key, SoftwareCa ca) {
    this.ca = ca;
    this.label = key.label();
    hsm.create(key);
    certify("first");
  }

  /** Gives the key a new certificate, and drops the old one. */
  X509Certificate certify(String commonName) {
    KeyStore keyStore = hsm.keyStore("keys.include=" + label);
    try {
      HsmPrivateKey handle = (HsmPrivateKey) keyStore.getKey(label, null);
      X509Certificate leaf = ca.issue(commonName, handle.publicKey());
      keyStore.setKeyEntry(label, handle, null, new Certificate[] {leaf, ca.certificate()});
      return leaf;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The key's certificate, as the HSM has it. */
  X509Certificate certificate() {
    try {
      return (X509Certificate) hsm.keyStore("keys.include=" + label).getCertificate(label);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  SoftwareCa ca() {
    return ca;
  }

  SimulatedHsm hsm() {
    return hsm;
  }

  /** Where the service is. */
  String uri() {
    return hsm.simulator().baseUri().toString();
  }

  /** Whether a server has this certificate by now. */
  boolean isServed(X509Certificate expected, int port) {
    try {
      return Peer.get(port, ca.trustStore()).certificate().equals(expected);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How many signatures the service was asked for so far. */
  long signatures() {
    return Stream.of("POST /v1/synchronousSign", "POST /v1/sign")
        .mapToLong(call -> hsm.simulator().requests().getOrDefault(call, 0L))
        .sum();
  }

  @Override
  public void close() {
    hsm.close();
  }
}
