package io.hsmrest.client;

import java.time.Duration;
import java.util.Map;

/**
 * Settings of waiting for people.
 *
 * @param timeout how long an operation blocks at most
 * @param pollFirst the first interval between two looks
 * @param pollLargest the largest interval between two looks
 * @param onGiveUp what becomes of a request that nobody waits for any more
 * @param recover what follows a lost answer to the creation of a request
 * @param resume whether open requests are noted, and taken up again after a crash
 * @param progress where waiting is shown
 * @param metadata what approvers are shown beside the usual
 */
public record ApprovalSettings(
    Duration timeout,
    Duration pollFirst,
    Duration pollLargest,
    GiveUp onGiveUp,
    Recovery recover,
    boolean resume,
    Progress progress,
    Map<String, String> metadata) {

  /** What becomes of a request that nobody waits for any more. */
  public enum GiveUp {
    /** It is withdrawn. */
    CANCEL("; the request is being withdrawn"),
    /** It stays, and approvers may still execute it. */
    KEEP("; the request stays, and may still be approved");

    private final String told;

    GiveUp(String told) {
      this.told = told;
    }

    /** What becomes of it, for the end of a message; begins with a semicolon. */
    public String told() {
      return told;
    }
  }

  /** What follows a lost answer to the creation of a request. */
  public enum Recovery {
    /** What has appeared at the service since is looked at. */
    PROBE,
    /** An error that says so. */
    FAIL
  }

  /** Where waiting is shown. */
  public enum Progress {
    /** On the console when there is one, else in the log. */
    AUTO,
    /** On stderr, as one line that updates. */
    CONSOLE,
    /** In the log of {@code System.Logger}. */
    LOG,
    /** Nowhere. */
    NONE
  }

  static final String METADATA_PREFIX = "approval.metadata.";

  /** Copies the map. */
  public ApprovalSettings {
    metadata = Map.copyOf(metadata);
  }

  static ApprovalSettings read(Settings settings) throws HsmConfigurationException {
    String poll = settings.text("approval.poll").orElse("250ms..5s");
    String[] interval = poll.split("\\.\\.", -1);
    if (interval.length != 2) {
      throw settings.wrong("approval.poll", poll, "a first and a largest interval, 250ms..5s");
    }
    Duration first = settings.parseDuration("approval.poll", interval[0].strip());
    Duration largest = settings.parseDuration("approval.poll", interval[1].strip());
    if (first.isZero() || largest.compareTo(first) < 0) {
      throw settings.wrong(
          "approval.poll", poll, "a first interval above zero and a largest not below it");
    }
    return new ApprovalSettings(
        settings.positiveDuration("approval.timeout", Duration.ofMinutes(10)),
        first,
        largest,
        settings.choice("approval.onGiveUp", GiveUp.CANCEL),
        settings.choice("approval.recover", Recovery.PROBE),
        settings.flag("approval.resume", false),
        settings.choice("approval.progress", Progress.AUTO),
        settings.withPrefix(METADATA_PREFIX));
  }
}
