package io.hsmrest.tests.scenario.certificates;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import io.hsmrest.keystore.ConfigurationSource;
import io.hsmrest.keystore.HsmCertificates;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.HsmRestConfig;
import io.hsmrest.keystore.HsmSession;
import io.hsmrest.provider.HsmRestProvider;
import io.hsmrest.simulator.HsmSimulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.time.Duration;
import java.util.List;

/** A simulator with settings of its own, and an approver who approves whatever comes. */
final class CertificateService implements AutoCloseable {
  static final String P256 = "1.2.840.10045.3.1.7";
  static final String P384 = "1.3.132.0.34";

  private final HsmSimulator simulator;

  private CertificateService(HsmSimulator simulator) {
    this.simulator = simulator;
  }

  /**
   * Starts one.
   *
   * @param settings members of {@code simulator.json}
   */
  static CertificateService with(String settings) {
    String approver =
        "\"approvers\": [{\"name\": \"alice\", \"does\": \"approve\", \"afterSeconds\": 0}]";
    return new CertificateService(
        HsmSimulator.builder()
            .settings("{" + approver + (settings.isEmpty() ? "" : ", " + settings) + "}")
            .start());
  }

  static CertificateService start() {
    return with("");
  }

  HsmSimulator simulator() {
    return simulator;
  }

  String properties(String... lines) {
    return "endpoint = "
        + simulator.baseUri()
        + "\napproval.poll = 10ms..50ms\napproval.progress = none\n"
        + String.join("\n", lines)
        + "\n";
  }

  HsmRestConfig config(String... lines) {
    try {
      return ConfigurationSource.parse(
          properties(lines).getBytes(StandardCharsets.UTF_8), "the test's configuration");
    } catch (HsmException e) {
      throw new AssertionError(e);
    }
  }

  Provider provider(String... lines) {
    return HsmRestProvider.of(config(lines));
  }

  KeyStore keyStore(String... lines) {
    try {
      KeyStore keyStore = KeyStore.getInstance(HsmRestProvider.NAME, provider(lines));
      keyStore.load(null, null);
      return keyStore;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  HsmCertificates certificates(String... lines) {
    try {
      return HsmCertificates.open(config(lines));
    } catch (HsmException e) {
      throw new AssertionError(e);
    }
  }

  HsmPrivateKey create(NewKey key) {
    try {
      return (HsmPrivateKey) HsmSession.open(config(), null).createKeyPair(key).getPrivate();
    } catch (HsmException e) {
      throw new AssertionError(e);
    }
  }

  /** A policy whose use takes alice's approval, which comes by itself. */
  Policy approved() {
    Policy.Rule rule =
        new Policy.Rule(
            List.of(
                new Policy.Token(
                    "Token1",
                    Duration.ZERO,
                    Duration.ofMinutes(10),
                    List.of(
                        new Policy.Group(
                            "Group1",
                            1,
                            List.of(
                                new Policy.Approver(
                                    "public_key",
                                    "alice",
                                    Octets.ofBase64(simulator.approverPublicKey("alice")))))))));
    return new Policy(rule, null, null, null, false);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
