package io.hsmrest.tests.scenario;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.NewKey;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A simulator of its own, and what is needed to use it: configurations, providers, key stores. */
public final class SimulatedHsm implements AutoCloseable {
  private final HsmSimulator simulator;
  private final List<String> always;

  /** One that behaves as the service most plausibly does. */
  public SimulatedHsm() {
    this("{}");
  }

  /**
   * One with settings.
   *
   * @param settings in the form of {@code simulator.json}
   * @param always lines of all its configurations
   */
  public SimulatedHsm(String settings, String... always) {
    simulator = HsmSimulator.builder().settings(settings).start();
    this.always = List.of(always);
  }

  /** The service. */
  public HsmSimulator simulator() {
    return simulator;
  }

  /** The text of a {@code hsmrest.properties} for it, with further lines. */
  public String properties(String... lines) {
    return Stream.of(List.of("endpoint = " + simulator.baseUri()), always, List.of(lines))
        .flatMap(List::stream)
        .map(line -> line + "\n")
        .collect(Collectors.joining());
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

  /** Access to the certificates there. */
  public HsmCertificates certificates(String... lines) {
    try {
      return HsmCertificates.open(config(lines));
    } catch (HsmException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes a key in the HSM. */
  public HsmPrivateKey create(NewKey key) {
    try {
      return (HsmPrivateKey) HsmSession.open(config(), null).createKeyPair(key).getPrivate();
    } catch (HsmException e) {
      throw new AssertionError(e);
    }
  }

  /** Policies about approvers whose keys the simulator holds. */
  public Policies policies() {
    return new Policies(simulator);
  }

  /**
   * From now on each use of the key takes the approver "alice". It was made with {@link
   * Policies#free}: a key without a policy never gets one.
   */
  public void gate(String label) {
    try {
      new ServiceCalls(simulator.baseUri())
          .post("/v1/synchronousModify", policies().modification(label, 1, "alice"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A policy by which whatever is done takes {@code quorum} of these approvers. */
  public Policy approvedBy(int quorum, String... approvers) {
    return Policies.everything(policies().group("Group1", quorum, approvers));
  }

  @Override
  public void close() {
    simulator.close();
  }
}
