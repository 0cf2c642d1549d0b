package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many signatures one key may have under way. */
@Timeout(60)
class KeyTurnsTest {
  private static final Duration LONG = Duration.ofHours(1);

  private static KeyTurns turns(int connections) {
    return new KeyTurns(connections, new VirtualTime());
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "3, 2", "4, 3", "5, 3", "8, 6", "64, 48", "10000, 7500"})
  void oneKeyLeavesConnectionsToOthers(int connections, int most) throws Exception {
    KeyTurns turns = turns(connections);
    List<KeyTurns.Turn> taken = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      taken.add(turns.take("slow", Duration.ZERO));
    }
    assertThatThrownBy(() -> turns.take("slow", Duration.ZERO))
        .isInstanceOfSatisfying(
            HsmConnectionException.class,
            e -> {
              assertThat(e.attempts()).isZero();
              assertThat(e.maybeExecuted()).isFalse();
            })
        .hasMessage(
            "sign with key 'slow' failed: "
                + most
                + " signatures with this key are under way, and none ended in time; no more of the"
                + " connections (http.maxConnections = "
                + connections
                + ") are given to one key");
    turns.take("other", Duration.ZERO).close();
    taken.get(0).close();
    turns.take("slow", Duration.ZERO).close();
  }

  @Test
  void theOnlyConnectionIsSharedByAll() throws Exception {
    KeyTurns turns = turns(1);
    for (int i = 0; i < 100; i++) {
      assertThat(turns.take("k", LONG).left()).isPositive();
    }
  }

  @Test
  void whoeverCameFirstIsNext() throws Exception {
    KeyTurns turns = turns(2);
    KeyTurns.Turn first = turns.take("k", LONG);
    FutureTask<KeyTurns.Turn> second = new FutureTask<>(() -> turns.take("k", LONG));
    Thread thread = new Thread(second);
    thread.start();
    awaitParked(thread);
    assertThat(second.isDone()).isFalse();
    first.close();
    second.get().close();
    turns.take("k", Duration.ZERO).close();
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    KeyTurns turns = turns(2);
    KeyTurns.Turn held = turns.take("k", LONG);
    FutureTask<Boolean> waiting =
        new FutureTask<>(
            () -> {
              assertThatThrownBy(() -> turns.take("k", LONG))
                  .isInstanceOf(HsmConnectionException.class)
                  .hasMessageContaining("sign with key 'k' was interrupted");
              return Thread.currentThread().isInterrupted();
            });
    Thread thread = new Thread(waiting);
    thread.start();
    awaitParked(thread);
    thread.interrupt();
    assertThat(waiting.get()).isTrue();
    held.close();
    turns.take("k", Duration.ZERO).close();
  }

  @Test
  void whatTheWaitTookIsGone() throws Exception {
    VirtualTime time = new VirtualTime();
    KeyTurns turns = new KeyTurns(2, time);
    KeyTurns.Turn held = turns.take("k", LONG);
    assertThat(held.left()).isEqualTo(LONG);
    FutureTask<Duration> waiting =
        new FutureTask<>(
            () -> {
              try (KeyTurns.Turn turn = turns.take("k", LONG)) {
                return turn.left();
              }
            });
    Thread thread = new Thread(waiting);
    thread.start();
    awaitParked(thread);
    time.pass(Duration.ofMinutes(20));
    held.close();
    assertThat(waiting.get()).isEqualTo(Duration.ofMinutes(40));
  }

  /** Keys that nobody signs with at present take no memory. */
  @Test
  void keysAreForgotten() throws Exception {
    KeyTurns turns = turns(8);
    KeyTurns.Turn one = turns.take("a", LONG);
    KeyTurns.Turn two = turns.take("a", LONG);
    turns.take("b", LONG).close();
    assertThat(turns.keys()).containsExactly("a");
    one.close();
    two.close();
    assertThat(turns.keys()).isEmpty();
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }
}
