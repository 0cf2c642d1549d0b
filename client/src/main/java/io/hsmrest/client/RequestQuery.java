package io.hsmrest.client;

import io.hsmrest.client.model.RequestState;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are asked for, of whom, and how long the answer is waited for.
 *
 * @param states the states they are in; what the service does not know is left out
 * @param endpoint the only one that is asked, null for whichever answers
 * @param within longest time, null for {@code http.deadline}, which bounds it in any case
 */
public record RequestQuery(
    Set<RequestState> states, @Nullable URI endpoint, @Nullable Duration within) {

  /** Copies the set. */
  public RequestQuery {
    states = Set.copyOf(states);
  }

  /** Requests in all states that there are. */
  public static RequestQuery all() {
    return new RequestQuery(EnumSet.complementOf(EnumSet.of(RequestState.UNKNOWN)), null, null);
  }

  /** Requests that may still be approved, or are and have not been executed yet. */
  public static RequestQuery open() {
    return new RequestQuery(EnumSet.of(RequestState.PENDING, RequestState.APPROVED), null, null);
  }

  /** The same at one endpoint alone; null for whichever answers. */
  public RequestQuery at(@Nullable URI only) {
    return new RequestQuery(states, only, within);
  }

  /** The same within another time. */
  public RequestQuery within(Duration longest) {
    return new RequestQuery(states, endpoint, longest);
  }
}
