package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many operations against a service that loses answers and serves others too; each draws what
 * happens to it from a seeded generator.
 */
final class LostAnswerRun {
  private final VirtualTime time = new VirtualTime();
  private final InMemoryApprovals service = new InMemoryApprovals(time);
  private final ApprovedRequests requests;
  private final Map<Octets, Deque<InMemoryApprovals.Fate>> fates = new HashMap<>();
  private final List<Octets> payloads = new ArrayList<>();
  private final List<RequestState> foreignEnds;
  private final Random foreign = new Random(11);

  /** An operation's end: its result, or why there is none. */
  record Ended(Octets payload, String result, HsmException failure) {}

  /**
   * A run.
   *
   * @param foreignEnds how requests of others end
   * @param settings of waiting for people
   */
  LostAnswerRun(List<RequestState> foreignEnds, String... settings) throws HsmException {
    this.foreignEnds = foreignEnds;
    ApprovalSettings approvals =
        Clients.approvals("approval.timeout=10000h\n" + String.join("\n", settings));
    this.requests =
        new ApprovedRequests(
            approvals,
            new ApprovalWaiter(
                service,
                approvals,
                new ApprovalListener() {},
                time,
                new VirtualAlarm(time),
                new Random(5)),
            new RequestLedger(service, time),
            new Resumption(service, approvals, null),
            time);
    service.losing(this::fate).onCreation(id -> others());
  }

  InMemoryApprovals service() {
    return service;
  }

  /** One more operation, whose payload is its own. */
  void add(int number, Random random) {
    Octets payload = TestSigning.payload("payload " + number);
    Deque<InMemoryApprovals.Fate> own = new ArrayDeque<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      own.add(InMemoryApprovals.Fate.LOST_BEFORE_ARRIVAL);
    }
    InMemoryApprovals.Fate[] ends = {
      InMemoryApprovals.Fate.ANSWERED,
      InMemoryApprovals.Fate.LOST_AFTER_CREATION,
      InMemoryApprovals.Fate.LOST_AND_LATE
    };
    own.add(ends[random.nextInt(ends.length)]);
    synchronized (fates) {
      fates.put(payload, own);
    }
    payloads.add(payload);
  }

  private InMemoryApprovals.Fate fate(Octets payload) {
    synchronized (fates) {
      InMemoryApprovals.Fate fate = fates.get(payload).poll();
      // One creation more than there may be would be answered, and counted below.
      return fate == null ? InMemoryApprovals.Fate.ANSWERED : fate;
    }
  }

  /** While an answer is on its way, other clients ask too. */
  private void others() {
    if (foreignEnds.isEmpty()) {
      return;
    }
    synchronized (foreign) {
      for (int i = foreign.nextInt(3); i > 0; i--) {
        service.foreign(
            foreignEnds.get(foreign.nextInt(foreignEnds.size())),
            foreign.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(foreign.nextInt(60)));
      }
    }
  }

  /** Runs all of them, so many at once. */
  List<Ended> run(int threads) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Ended>> running = new ArrayList<>();
      for (Octets payload : payloads) {
        running.add(callers.submit(() -> run(payload)));
      }
      List<Ended> ended = new ArrayList<>();
      for (Future<Ended> one : running) {
        ended.add(one.get());
      }
      return ended;
    } finally {
      callers.shutdownNow();
    }
  }

  private Ended run(Octets payload) {
    try {
      return new Ended(payload, requests.run(new TestSigning(service::submitSign, payload)), null);
    } catch (HsmException e) {
      return new Ended(payload, "", e);
    }
  }

  /** Exactly one request at the service, executed once, and its result is what came back. */
  void assertOwnResult(Ended ended) {
    assertThat(ended.failure()).isNull();
    List<String> made = service.requestsFor(ended.payload());
    assertThat(made).as(ended.result()).hasSize(1);
    assertThat(ended.result()).isEqualTo(ended.payload().toBase64() + ":" + made.get(0));
    assertThat(service.state(made.get(0))).isEqualTo(RequestState.EXECUTED);
  }
}
