package io.hsmrest.simulator.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands.
 *
 * @param state state
 * @param due {@link State#TIMELOCKED}: when it becomes fulfilled; {@link State#OPEN} and {@link
 *     State#FULFILLED}: when it expires unless something happens before, null is never; else null
 */
public record Outcome(State state, @Nullable Instant due) {

  /** States of a request as far as its rule decides them; of several tokens the first decides. */
  public enum State {
    /** May be executed now. */
    FULFILLED,
    /** Approvals are complete, its time has not come. */
    TIMELOCKED,
    /** Approvals are missing. */
    OPEN,
    /** No token can be fulfilled any more within its timeout. */
    EXPIRED,
    /** So many have rejected that no token can be fulfilled, or none ever could. */
    UNREACHABLE
  }
}
