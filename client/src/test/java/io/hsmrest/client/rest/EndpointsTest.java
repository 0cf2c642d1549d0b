package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  private static final URI A = URI.create("http://a");
  private static final URI B = URI.create("http://b");
  private static final URI C = URI.create("http://c");

  private final VirtualTime time = new VirtualTime();
  private final Endpoints endpoints = new Endpoints(List.of(A, B, C), time);

  @Test
  void keepsTheOrderOfPreference() {
    assertThat(endpoints.inOrder(null)).containsExactly(A, B, C);
  }

  @Test
  void putsTheOneThatIsAskedForFirst() {
    assertThat(endpoints.inOrder(C)).containsExactly(C, A, B);
  }

  @Test
  void putsFailedOnesLastForHalfAMinute() {
    endpoints.failed(A);
    assertThat(endpoints.inOrder(null)).containsExactly(B, C, A);
    time.pass(Duration.ofSeconds(30));
    assertThat(endpoints.inOrder(null)).containsExactly(A, B, C);
  }

  @Test
  void doesNotPreferOneThatHasFailed() {
    endpoints.failed(C);
    assertThat(endpoints.inOrder(C)).containsExactly(A, B, C);
  }

  @Test
  void knowsNothingOfOthers() {
    assertThat(endpoints.inOrder(URI.create("http://elsewhere"))).containsExactly(A, B, C);
  }

  @Test
  void anAnswerEndsThePause() {
    endpoints.failed(A);
    endpoints.answered(A);
    assertThat(endpoints.inOrder(null)).containsExactly(A, B, C);
  }

  @Test
  void tellsTheFirstFailureOfAWhileAlone() {
    assertThat(endpoints.failed(A)).isTrue();
    assertThat(endpoints.failed(A)).isFalse();
    time.pass(Duration.ofSeconds(30));
    assertThat(endpoints.failed(A)).isTrue();
  }

  @Test
  void withoutAnAlternativeThereIsNothingToTell() {
    assertThat(new Endpoints(List.of(A), time).failed(A)).isFalse();
  }
}
