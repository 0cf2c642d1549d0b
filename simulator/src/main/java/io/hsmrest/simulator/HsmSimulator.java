package io.hsmrest.simulator;

import io.hsmrest.simulator.api.Api;
import io.hsmrest.simulator.approver.ApproverPage;
import io.hsmrest.simulator.approver.Approvers;
import io.hsmrest.simulator.approver.Script;
import io.hsmrest.simulator.auth.Access;
import io.hsmrest.simulator.config.PartitionSettings;
import io.hsmrest.simulator.config.ScriptedApprover;
import io.hsmrest.simulator.config.Settings;
import io.hsmrest.simulator.config.SettingsFile;
import io.hsmrest.simulator.control.ControlHandler;
import io.hsmrest.simulator.control.Faults;
import io.hsmrest.simulator.control.FaultyHandler;
import io.hsmrest.simulator.control.RequestCounter;
import io.hsmrest.simulator.http.Handler;
import io.hsmrest.simulator.http.HttpServer;
import io.hsmrest.simulator.operation.Hsm;
import io.hsmrest.simulator.request.Tenant;
import io.hsmrest.simulator.state.Partition;
import io.hsmrest.simulator.state.Store;
import io.hsmrest.simulator.state.StoredRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running simulator of the service. Thread-safe.
 *
 * <pre>{@code
 * try (HsmSimulator simulator = HsmSimulator.start()) {
 *   URI endpoint = simulator.baseUri();
 *   ...
 * }
 * }</pre>
 */
public final class HsmSimulator implements AutoCloseable {
  private final Settings settings;
  private final MovableClock clock;
  private final Store store;
  private final Hsm hsm;
  private final List<Tenant> tenants;
  private final Approvers approvers;
  private final RequestCounter counter = new RequestCounter();
  private final Faults faults = new Faults();
  private final ExecutorService slow;
  private final Script script;
  private final HttpServer server;

  private HsmSimulator(Builder builder) throws IOException {
    settings = builder.settings;
    clock = new MovableClock(builder.clock);
    store = builder.data == null ? Store.inMemory() : Store.open(builder.data);
    slow = Executors.newFixedThreadPool(2, HsmSimulator::daemon);
    try {
      var random = new SecureRandom();
      hsm = new Hsm(settings, clock, random);
      tenants = new ArrayList<>();
      for (PartitionSettings partition : settings.partitions()) {
        tenants.add(
            Tenant.of(hsm, Partition.open(store, partition.name(), settings.keptRequests())));
      }
      approvers = new Approvers(hsm, tenants, store.signers());
      populate();
      server =
          HttpServer.start(
              new InetSocketAddress(settings.host(), builder.port(settings)),
              settings.tls() == null ? null : ServerTls.of(settings.tls()),
              handler(builder.control));
      script = Script.start(hsm, approvers);
    } catch (IOException | RuntimeException e) {
      slow.shutdownNow();
      store.close();
      throw e;
    }
  }

  private Handler handler(boolean control) {
    Handler api =
        new FaultyHandler(
            new Api(hsm, tenants, new Access(settings, clock), slow), counter, faults);
    Handler controls = new ControlHandler(counter, faults, this::reset);
    Handler page = new ApproverPage(hsm, approvers);
    return (request, responder) -> {
      String path = request.path();
      if (control && path.startsWith(ControlHandler.PATH)) {
        controls.handle(request, responder);
      } else if (path.equals(ApproverPage.PATH) || path.startsWith(ApproverPage.PATH + "/")) {
        page.handle(request, responder);
      } else {
        api.handle(request, responder);
      }
    };
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "hsmrest-simulator-keys");
    thread.setDaemon(true);
    return thread;
  }

  private void populate() {
    for (int i = 0; i < tenants.size(); i++) {
      new InitialKeys(hsm, tenants.get(i).partition(), approvers::publicKeyOrNull)
          .make(settings.partitions().get(i).keys());
    }
  }

  /** Starts an empty simulator on a free port of the loopback address, plain HTTP. */
  public static HsmSimulator start() {
    return builder().start();
  }

  /** Prepares a simulator. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where it listens, without a path. */
  public URI baseUri() {
    return URI.create(
        (settings.tls() == null ? "http://" : "https://") + settings.host() + ":" + server.port());
  }

  /** Number of requests below {@code /v1} by {@code "METHOD /path"}. */
  public Map<String, Long> requests() {
    return counter.byPath();
  }

  /** Number of all requests below {@code /v1}. */
  public long requestCount() {
    return counter.total();
  }

  /** Starts counting from zero. */
  public void resetRequests() {
    counter.reset();
  }

  /** The queue of faults. */
  public Faults faults() {
    return faults;
  }

  /**
   * Adds an approver whose key pair (P-256) the simulator makes and holds.
   *
   * @return the public key for policies, SubjectPublicKeyInfo in base64
   */
  public String addApprover(String name) {
    approvers.add(new ScriptedApprover(name, null, null, ScriptedApprover.Action.NOTHING, 0));
    return approvers.publicKey(name);
  }

  /** The public key of an approver, SubjectPublicKeyInfo in base64. */
  public String approverPublicKey(String name) {
    return approvers.publicKey(name);
  }

  /**
   * Approves a request, with a signature of the approver's.
   *
   * @param requestId as the service answered it
   * @param approverName an approver of the configuration, or one that was added
   * @return the status of the request afterwards
   * @throws IllegalArgumentException if there is no such approver, or the request does not wait for
   *     it
   */
  public String approve(String requestId, String approverName) {
    return approvers.approve(UUID.fromString(requestId), approverName).status().name();
  }

  /** Rejects a request; see {@link #approve}. */
  public String reject(String requestId, String approverName) {
    return approvers.reject(UUID.fromString(requestId), approverName).status().name();
  }

  /** Lets a request expire now; nothing happens to a finished one or an unknown one. */
  public void expire(String requestId) {
    UUID id = UUID.fromString(requestId);
    tenants.stream()
        .filter(tenant -> tenant.partition().requests().find(id).isPresent())
        .forEach(tenant -> tenant.requests().expire(id));
  }

  /** Ids of the requests that wait for approvals, oldest first. */
  public List<String> pendingRequests() {
    return tenants.stream()
        .flatMap(tenant -> tenant.requests().pending().stream())
        .map(request -> request.id().toString())
        .toList();
  }

  /**
   * Waits until a request of the first partition waits for approvals.
   *
   * @return the id of the oldest that does
   * @throws IllegalStateException if none came in time
   */
  public String awaitPendingRequest(Duration timeout) throws InterruptedException {
    StoredRequest request = tenants.get(0).requests().awaitPending(timeout);
    if (request == null) {
      throw new IllegalStateException("no request came within " + timeout);
    }
    return request.id().toString();
  }

  /** The simulator's clock, which approvers' timestamps must agree with. */
  public Clock clock() {
    return clock;
  }

  /** Puts the simulator's clock forward; what is due then happens at the next look. */
  public void advanceClock(Duration by) {
    clock.advance(by);
  }

  /**
   * Makes the state what it was at the first start, counts from zero and forgets queued faults; the
   * clock stays. Requests in flight may still have effects.
   */
  public void reset() {
    counter.reset();
    faults.clear();
    tenants.forEach(tenant -> tenant.partition().clear());
    populate();
  }

  /** Ends the server and closes the store. */
  @Override
  public void close() {
    server.close();
    script.close();
    slow.shutdown();
    try {
      if (!slow.awaitTermination(5, TimeUnit.SECONDS)) {
        slow.shutdownNow();
      }
    } catch (InterruptedException e) {
      slow.shutdownNow();
      Thread.currentThread().interrupt();
    }
    tenants.forEach(tenant -> tenant.partition().flush());
    store.close();
  }

  /** Options of a simulator. Not thread-safe. */
  public static final class Builder {
    private Settings settings = Settings.defaults();
    private Clock clock = Clock.systemUTC();
    private boolean control = true;
    private boolean portOfSettings;
    private int port;
    private @Nullable Path data;

    private Builder() {}

    /** Settings in the form of {@code simulator.json}; the port in them does not count. */
    public Builder settings(String json) {
      settings = SettingsFile.parse(json);
      return this;
    }

    /** Settings of a file such as {@code conf/simulator.json}; the port in them does not count. */
    public Builder settings(Path file) {
      settings = SettingsFile.read(file);
      return this;
    }

    /** The port; 0, the default, lets the system choose. */
    public Builder port(int newPort) {
      port = newPort;
      return this;
    }

    Builder portOfSettings() {
      portOfSettings = true;
      return this;
    }

    /** A directory that keeps the state; without one the state is gone when it is closed. */
    public Builder data(Path directory) {
      data = directory;
      return this;
    }

    /** Whether there is the control endpoint; the default here is that there is. */
    public Builder control(boolean wanted) {
      control = wanted;
      return this;
    }

    /** The clock; the default is the system's. */
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    private int port(Settings from) {
      return portOfSettings ? from.port() : port;
    }

    /**
     * Starts the simulator.
     *
     * @throws UncheckedIOException if it cannot listen or cannot use the data directory
     */
    public HsmSimulator start() {
      try {
        return new HsmSimulator(this);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }
}
