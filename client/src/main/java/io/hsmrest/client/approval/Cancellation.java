package io.hsmrest.client.approval;

import java.util.concurrent.CompletableFuture;

/**
 * Whoever ends a future that stands for another one, with {@code cancel}, {@code orTimeout} or in
 * any other way, ends the other one too.
 */
public final class Cancellation {
  private Cancellation() {}

  /** Cancels {@code inner}, if it is not done, when {@code outer} is; or at once when it is. */
  public static void handOn(CompletableFuture<?> outer, CompletableFuture<?> inner) {
    var unused = outer.whenComplete((result, failure) -> inner.cancel(false));
  }
}
