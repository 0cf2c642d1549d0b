package io.hsmrest.client.approval;

import java.util.concurrent.CompletableFuture;

/** Cancelling a future that stands for another one reaches the other one too. */
public final class Cancellation {
  private Cancellation() {}

  /** Hands the cancellation of {@code outer}, past or future, on to {@code inner}. */
  public static void handOn(CompletableFuture<?> outer, CompletableFuture<?> inner) {
    var unused =
        outer.whenComplete(
            (result, failure) -> {
              if (outer.isCancelled()) {
                inner.cancel(false);
              }
            });
  }
}
