package io.hsmrest.client.approval;

import io.hsmrest.client.Sleeper;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A sleep that another thread can end early; injected, so that tests need not wait. */
interface Alarm {
  /** Returns when {@code longest} is over, or as soon as somebody rings. */
  void sleep(Duration longest) throws InterruptedException;

  /** Ends the sleep; one that has not begun yet ends at once. */
  void ring();

  /** One that nobody ends early, for time that passes at once. */
  static Alarm over(Sleeper sleeper) {
    return new Alarm() {
      @Override
      public void sleep(Duration longest) throws InterruptedException {
        sleeper.sleep(longest);
      }

      @Override
      public void ring() {
        // The sleep is over by itself.
      }
    };
  }

  /** The one that really sleeps. */
  static Alarm system() {
    Semaphore bell = new Semaphore(0);
    return new Alarm() {
      @Override
      public void sleep(Duration longest) throws InterruptedException {
        if (bell.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
          bell.drainPermits();
        }
      }

      @Override
      public void ring() {
        bell.release();
      }
    };
  }
}
