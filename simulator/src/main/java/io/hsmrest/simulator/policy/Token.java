package io.hsmrest.simulator.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to fulfil a rule: all groups reach their quorum, within a span of time.
 *
 * @param name free or null
 * @param timelock seconds after the request from which on it can be used
 * @param timeout seconds after the request until which it can be used; 0 is for ever
 * @param groups may be empty: then time alone fulfils it
 */
public record Token(@Nullable String name, int timelock, int timeout, List<Group> groups) {

  /** The list is copied. */
  public Token {
    groups = List.copyOf(groups);
  }
}
