package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** What lists have shown, and since when. */
class SeenRequestsTest {
  private static final URI A = URI.create("http://a");
  private static final URI B = URI.create("http://b");

  private final SeenRequests seen = new SeenRequests();

  private boolean isOlderThan(long mark, String id) {
    return seen.seen(id, seen.mark()) < mark;
  }

  @Test
  void whatWasSeenBeforeAMarkIsOlderAndNothingElseIs() {
    long list = seen.mark();
    seen.seen("early", list);
    long mark = seen.mark();
    seen.seen("late", list);
    seen.ended(list, A);
    assertThat(isOlderThan(mark, "early")).isTrue();
    assertThat(isOlderThan(mark, "late")).isFalse();
  }

  @Test
  void whatALaterListDoesNotHaveIsForgotten() {
    long first = seen.mark();
    seen.seen("gone", first);
    seen.ended(first, A);
    long mark = seen.mark();
    seen.ended(seen.mark(), A);
    assertThat(isOlderThan(mark, "gone")).isFalse();
  }

  @Test
  void theListOfAnotherEndpointForgetsNothing() {
    long first = seen.mark();
    seen.seen("at a", first);
    seen.ended(first, A);
    long mark = seen.mark();
    seen.ended(seen.mark(), B);
    assertThat(isOlderThan(mark, "at a")).isTrue();
  }

  @Test
  void aListThatBeganEarlierDoesNotMakeALaterOneForget() {
    long slow = seen.mark();
    long fast = seen.mark();
    seen.seen("both", fast);
    seen.seen("both", slow);
    long mark = seen.mark();
    seen.ended(fast, A);
    seen.ended(slow, A);
    assertThat(isOlderThan(mark, "both")).isTrue();
  }

  @Test
  void aListThatBrokeOffIsNone() {
    seen.seen("some", seen.mark());
    assertThat(seen.isComplete()).isFalse();
    seen.ended(seen.mark(), A);
    assertThat(seen.isComplete()).isTrue();
  }
}
