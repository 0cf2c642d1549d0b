package io.hsmrest.simulator.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Condition of one kind of operation. A rule that is absent from a {@link Policy} demands nothing.
 *
 * @param tokens alternatives; null can never be fulfilled; empty is unknown (U36), see {@link
 *     Evaluation}
 */
public record Rule(@Nullable List<Token> tokens) {

  /** The list is copied. */
  public Rule {
    tokens = tokens == null ? null : List.copyOf(tokens);
  }
}
