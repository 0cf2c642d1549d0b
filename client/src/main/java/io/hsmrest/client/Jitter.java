package io.hsmrest.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spreads pauses, so that many clients do not come at once. As thread-safe as its generator.
 *
 * @param random decides by how much
 */
public record Jitter(RandomGenerator random) {
  /** Between half of {@code duration} and all of it. */
  public Duration of(Duration duration) {
    return Duration.ofNanos((long) (duration.toNanos() * (0.5 + random.nextDouble() / 2)));
  }
}
