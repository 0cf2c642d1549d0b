package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BulkReaderTest {
  private final BulkReader reader = new BulkReader();
  private final List<String> labels = IntStream.range(0, 500).mapToObj(i -> "k" + i).toList();

  @Test
  void answersInTheOrderOfTheLabels() throws Exception {
    assertThat(reader.readAll(labels, label -> label + "!"))
        .containsExactlyElementsOf(labels.stream().map(label -> label + "!").toList());
    assertThat(reader.readAll(List.of(), label -> label)).isEmpty();
    assertThat(reader.readAll(List.of("one"), label -> label)).containsExactly("one");
  }

  @Test
  void theFirstFailureEndsItAndTheRestIsNotRead() {
    AtomicInteger reads = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                reader.readAll(
                    labels,
                    label -> {
                      reads.incrementAndGet();
                      if (label.equals("k0")) {
                        throw new HsmException("k0 is broken", null);
                      }
                      await(over);
                      return label;
                    }))
        .isInstanceOf(HsmException.class)
        .hasMessage("k0 is broken");
    over.countDown();

    // Those that were begun already, one for each thread.
    assertThat(reads.get()).isLessThan(labels.size() / 10);
  }

  @Test
  void aBugIsNotTakenForAnAnswer() {
    assertThatThrownBy(
            () ->
                reader.readAll(
                    labels,
                    label -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(HsmException.class)
        .hasMessageContaining("a bug");
  }

  @Test
  void anInterruptEndsTheWaitingAndStaysSet() {
    CountDownLatch never = new CountDownLatch(1);
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () ->
                reader.readAll(
                    labels,
                    label -> {
                      await(never);
                      return label;
                    }))
        .isInstanceOf(HsmException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    never.countDown();
  }

  @Test
  void itsThreadsTakeNothingOverFromWhoeverReadsFirst() throws Exception {
    InheritableThreadLocal<String> callers = new InheritableThreadLocal<>();
    callers.set("the caller's");
    Thread.currentThread().setContextClassLoader(null);
    try {
      List<String> seen =
          reader.readAll(
              labels,
              label ->
                  callers.get()
                      + " "
                      + Thread.currentThread().isDaemon()
                      + " "
                      + (Thread.currentThread().getContextClassLoader()
                          == BulkReader.class.getClassLoader()));
      assertThat(seen).containsOnly("null true true");
    } finally {
      Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
    }
  }

  private static void await(CountDownLatch latch) throws HsmException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HsmException("interrupted", e);
    }
  }
}
