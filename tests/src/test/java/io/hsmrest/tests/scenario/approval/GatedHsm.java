package io.hsmrest.tests.scenario.approval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Policy;
import io.hsmrest.simulator.HsmSimulator;
import io.hsmrest.tests.scenario.Policies;
import io.hsmrest.tests.scenario.ServiceCalls;
import io.hsmrest.tests.scenario.SimulatedHsm;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A simulator with keys that people approve, programs that use them in the background, what those
 * log, and what the service has got of it, asked of the service itself.
 */
final class GatedHsm implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);
  static final byte[] MESSAGE = {1, 2, 3};

  private static final String P256 = "1.2.840.10045.3.1.7";
  private static final List<String> QUICKLY =
      List.of("approval.poll = 5ms..20ms", "approval.progress = log");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimulatedHsm hsm;
  private final ApprovalLog log = new ApprovalLog();
  private final ExecutorService programs = Executors.newCachedThreadPool();
  private final ServiceCalls calls;

  GatedHsm() {
    this("{}");
  }

  /**
   * One with settings.
   *
   * @param settings in the form of {@code simulator.json}
   */
  GatedHsm(String settings) {
    hsm = new SimulatedHsm(settings);
    calls = new ServiceCalls(hsm.simulator().baseUri());
  }

  SimulatedHsm hsm() {
    return hsm;
  }

  HsmSimulator simulator() {
    return hsm.simulator();
  }

  Policies policies() {
    return hsm.policies();
  }

  ApprovalLog log() {
    return log;
  }

  /** A new EC key. */
  void create(String label, Policy policy) {
    hsm.create(NewKey.ec(label, P256).withPolicy(policy));
  }

  /** A key store that looks often and logs, with further settings. */
  KeyStore keyStore(String... settings) {
    List<String> all = new ArrayList<>(QUICKLY);
    all.addAll(List.of(settings));
    return hsm.keyStore(all.toArray(String[]::new));
  }

  /** Signs {@link #MESSAGE} with an EC key, on this thread. */
  static byte[] sign(KeyStore keyStore, String label) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA", keyStore.getProvider());
    signature.initSign((PrivateKey) keyStore.getKey(label, null));
    signature.update(MESSAGE);
    return signature.sign();
  }

  /** Signs with a program of its own. */
  Future<byte[]> signing(String label, String... settings) {
    KeyStore keyStore = keyStore(settings);
    return running(() -> sign(keyStore, label));
  }

  <T> Future<T> running(Callable<T> program) {
    return programs.submit(program);
  }

  /** What a program that ends has made. */
  static <T> T result(Future<T> program) throws Exception {
    return program.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  /** What a program that fails has failed with. */
  static Throwable failure(Future<?> program) throws InterruptedException, TimeoutException {
    try {
      Object made = program.get(SOON.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError(
          "did not fail: " + (made instanceof byte[] bytes ? Arrays.toString(bytes) : made));
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  /** Whether a signature over {@link #MESSAGE} is good. */
  boolean isGood(byte[] signature, String label) throws Exception {
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(
        ((io.hsmrest.keystore.HsmPrivateKey) hsm.keyStore().getKey(label, null)).publicKey());
    verifier.update(MESSAGE);
    return verifier.verify(signature);
  }

  /** The oldest request that waits for approvals, as soon as there is one. */
  String awaitRequest() throws InterruptedException {
    return hsm.simulator().awaitPendingRequest(SOON);
  }

  /** The same, once its program has looked at it and has announced it. */
  String awaitAnnounced() throws InterruptedException {
    String request = awaitRequest();
    log.awaitLine("request " + request);
    return request;
  }

  /** All requests there ever were, with the state each is in, oldest first. */
  Map<String, String> requests() throws IOException {
    Map<String, String> states = new LinkedHashMap<>();
    for (JsonNode request :
        post("/v1/filteredRequests", "{\"requestStatusList\": []}").path("requests")) {
      states.put(request.path("id").asText(), request.path("status").asText());
    }
    return states;
  }

  /** Returns when these are the states of all requests: a withdrawal may come after the end. */
  void awaitStates(String... states) throws IOException, TimeoutException {
    long end = System.nanoTime() + SOON.toNanos();
    while (!List.copyOf(requests().values()).equals(List.of(states))) {
      if (System.nanoTime() - end > 0) {
        throw new TimeoutException("the states are " + requests());
      }
      Thread.onSpinWait();
    }
  }

  /** The result of a request that the service still hands out, or "". */
  String resultOf(String request) throws IOException {
    return calls.get("/v1/request/" + request).path("result").asText("");
  }

  /** How often somebody withdrew a request. */
  long withdrawals() {
    return hsm.simulator().requests().getOrDefault("DELETE /v1/request/{id}", 0L);
  }

  /** What an approver is shown: a JSON object for each task, as on the simulator's page. */
  JsonNode tasksOf(String approver) throws IOException {
    String name = URLEncoder.encode(approver, StandardCharsets.UTF_8);
    return calls.get("/approver/tasks?approver=" + name).path("tasks");
  }

  /** The metadata of the only task of an approver. */
  JsonNode metadataFor(String approver) throws IOException {
    JsonNode tasks = tasksOf(approver);
    if (tasks.size() != 1) {
      throw new AssertionError("not one task: " + tasks);
    }
    return JSON.readTree(tasks.get(0).path("metaData").asText());
  }

  /** Asks the service for something that no Java interface offers. */
  JsonNode post(String path, String json) throws IOException {
    return calls.post(path, json);
  }

  /** Programs that still wait are interrupted, and may still withdraw what they wait for. */
  @Override
  public void close() {
    programs.shutdownNow();
    try {
      if (!programs.awaitTermination(SOON.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("a program does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      log.close();
      hsm.close();
    }
  }
}
