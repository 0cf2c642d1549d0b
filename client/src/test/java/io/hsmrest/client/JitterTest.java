package io.hsmrest.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JitterTest {
  @Test
  void spreadsOverTheUpperHalf() {
    Jitter jitter = new Jitter(new Random(42));
    Duration whole = Duration.ofSeconds(10);
    long early = 0;
    for (int i = 0; i < 1000; i++) {
      Duration jittered = jitter.of(whole);
      assertThat(jittered).isBetween(Duration.ofSeconds(5), whole);
      early += jittered.compareTo(Duration.ofMillis(7500)) < 0 ? 1 : 0;
    }
    assertThat(early).isBetween(400L, 600L);
  }
}
