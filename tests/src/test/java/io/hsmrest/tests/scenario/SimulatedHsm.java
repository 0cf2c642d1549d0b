package io.hsmrest.tests.scenario;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import io.hsmrest.keystore.ConfigurationSource;
import io.hsmrest.keystore.HsmRestConfig;
import io.hsmrest.keystore.HsmSession;
import io.hsmrest.provider.HsmRestProvider;
import io.hsmrest.simulator.HsmSimulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A simulator of its own, and what is needed to use it: configurations, providers, key stores. */
public final class SimulatedHsm implements AutoCloseable {
  private final HsmSimulator simulator;

  /** One that behaves as the service most plausibly does. */
  public SimulatedHsm() {
    this("{}");
  }

  /** One with settings in the form of {@code simulator.json}. */
  public SimulatedHsm(String settings) {
    simulator = HsmSimulator.builder().settings(settings).start();
  }

  /** The service. */
  public HsmSimulator simulator() {
    return simulator;
  }

  /** The text of a {@code hsmrest.properties} for it, with further lines. */
  public String properties(String... lines) {
    return "endpoint = " + simulator.baseUri() + "\n" + String.join("\n", lines) + "\n";
  }

  /** The same in a file. */
  public Path file(Path file, String... lines) {
    try {
      return Files.writeString(file, properties(lines));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The same, read. */
  public HsmRestConfig config(String... lines) {
    try {
      return ConfigurationSource.parse(
          properties(lines).getBytes(StandardCharsets.UTF_8), "the test's configuration");
    } catch (HsmException e) {
      throw new AssertionError(e);
    }
  }

  /** A provider that is not registered. */
  public Provider provider(String... lines) {
    return HsmRestProvider.of(config(lines));
  }

  /** A loaded key store. */
  public KeyStore keyStore(String... lines) {
    try {
      KeyStore keyStore = KeyStore.getInstance(HsmRestProvider.NAME, provider(lines));
      keyStore.load(null, null);
      return keyStore;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes a key in the HSM. */
  public void create(NewKey key) {
    try {
      HsmSession.open(config(), null).createKeyPair(key);
    } catch (HsmException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * A policy whose use takes {@code quorum} of these approvers within ten minutes. The simulator
   * holds their keys.
   */
  public Policy approvedBy(int quorum, String... approvers) {
    List<Policy.Approver> named =
        Stream.of(approvers)
            .map(
                name ->
                    new Policy.Approver(
                        "public_key",
                        name,
                        Octets.ofBase64(
                            knows(name)
                                ? simulator.approverPublicKey(name)
                                : simulator.addApprover(name))))
            .toList();
    Policy.Rule rule =
        new Policy.Rule(
            List.of(
                new Policy.Token(
                    "Token1",
                    Duration.ZERO,
                    Duration.ofMinutes(10),
                    List.of(new Policy.Group("Group1", quorum, named)))));
    return new Policy(rule, rule, rule, rule, false);
  }

  private boolean knows(String approver) {
    try {
      return !simulator.approverPublicKey(approver).isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public void close() {
    simulator.close();
  }
}
