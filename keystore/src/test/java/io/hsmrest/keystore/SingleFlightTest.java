package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger reads = new AtomicInteger();
  private final CountDownLatch reading = new CountDownLatch(1);
  private final CountDownLatch mayFinish = new CountDownLatch(1);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void oneThreadReadsForAll() throws Exception {
    SingleFlight<Integer> flight = new SingleFlight<>(this::readWhenAllowed);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(threads.submit(() -> flight.get(CLOCK)));
    }
    reading.await();
    assertThat(flight.ifRead()).isNull();
    assertThat(flight.finished()).isNull();
    mayFinish.countDown();

    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isEqualTo(1);
    }
    assertThat(flight.get(CLOCK)).isEqualTo(1);
    assertThat(flight.ifRead()).isEqualTo(1);
    assertThat(flight.finished()).isEqualTo(NOW);
  }

  @Test
  void whatWasReadGrowsOld() throws Exception {
    SingleFlight<Integer> flight = new SingleFlight<>(reads::incrementAndGet);
    assertThat(flight.isOlderThan(NOW.plusSeconds(1))).isFalse();
    flight.get(CLOCK);

    assertThat(flight.isOlderThan(NOW)).isFalse();
    assertThat(flight.isOlderThan(NOW.plusSeconds(1))).isTrue();
  }

  @Test
  void aFailureIsHandedToThoseWhoWaitedAndMakesTheReadUseless() throws Exception {
    SingleFlight<Integer> flight =
        new SingleFlight<>(
            () -> {
              readWhenAllowed();
              throw new HsmException("the service is down", null);
            });
    Future<Integer> first = threads.submit(() -> flight.get(CLOCK));
    reading.await();
    Future<Integer> second = threads.submit(() -> flight.get(CLOCK));
    mayFinish.countDown();

    for (Future<Integer> answer : List.of(first, second)) {
      assertThatThrownBy(answer::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("the service is down");
    }
    assertThat(reads).hasValue(1);
    assertThat(flight.isOlderThan(Instant.MIN)).isTrue();
  }

  @Test
  void whoWaitsForAThreadThatIsInterruptedReadsInstead() throws Exception {
    SingleFlight<Integer> flight = new SingleFlight<>(this::readWhenAllowed);
    Thread leader =
        new Thread(
            () ->
                assertThatThrownBy(() -> flight.get(CLOCK))
                    .hasMessage("interrupted while reading"));
    leader.start();
    reading.await();
    Future<Integer> waiting = threads.submit(() -> flight.get(CLOCK));
    leader.interrupt();
    leader.join();
    mayFinish.countDown();

    assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(flight.isOlderThan(NOW)).isFalse();
  }

  @Test
  void whoWaitsAndIsInterruptedIsToldSo() throws Exception {
    SingleFlight<Integer> flight = new SingleFlight<>(this::readWhenAllowed);
    Future<Integer> leader = threads.submit(() -> flight.get(CLOCK));
    reading.await();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> flight.get(CLOCK))
        .isInstanceOf(HsmException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    mayFinish.countDown();
    assertThat(leader.get()).isEqualTo(1);
  }

  private int readWhenAllowed() throws HsmException {
    int count = reads.incrementAndGet();
    reading.countDown();
    try {
      mayFinish.await();
      return count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HsmException("interrupted while reading", e);
    }
  }
}
