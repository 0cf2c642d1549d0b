package io.hsmrest.client.approval;

import io.hsmrest.client.VirtualTime;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Sleeps of the poller, which nobody interrupts; they last for real while time is held. */
final class VirtualAlarm implements Alarm {
  private final VirtualTime time;
  private final Semaphore bell = new Semaphore(0);
  private volatile boolean held;

  VirtualAlarm(VirtualTime time) {
    this.time = time;
  }

  @Override
  public void sleep(Duration longest) throws InterruptedException {
    if (held) {
      bell.acquire();
      bell.drainPermits();
    } else {
      time.sleep(longest);
    }
  }

  @Override
  public void ring() {
    bell.release();
  }

  /** From now on the poller sleeps until somebody wakes it. */
  void hold() {
    bell.drainPermits();
    held = true;
  }
}
