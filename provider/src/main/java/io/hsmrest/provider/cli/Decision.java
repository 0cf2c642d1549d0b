package io.hsmrest.provider.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the answers to requests come from. */
final class Decision {

  /** What becomes of a request. */
  enum Answer {
    APPROVE,
    REJECT,
    /** Left alone for as long as this command runs. */
    LEAVE,
    /** Asked again later. */
    SKIP,
    /** Nobody is there any more. */
    END
  }

  private final Surroundings surroundings;
  private final boolean withoutAsking;
  private final boolean reject;

  /**
   * Asks on the terminal, or does not.
   *
   * @param withoutAsking whether everything gets the same answer
   * @param reject whether that, and what is proposed, is no
   */
  Decision(Surroundings surroundings, boolean withoutAsking, boolean reject) {
    this.surroundings = surroundings;
    this.withoutAsking = withoutAsking;
    this.reject = reject;
  }

  /** The answer for a request that can be approved; doubts are a person's to weigh. */
  Answer on(TaskCheck.Result check) {
    if (withoutAsking) {
      return reject ? Answer.REJECT : check.doubts().isEmpty() ? Answer.APPROVE : Answer.LEAVE;
    }
    return reject
        ? ask("Reject? [y]es, [n]o, [s]kip for now: ", Answer.REJECT)
        : ask("Approve? [y]es, [n]o, [r]eject, [s]kip for now: ", Answer.APPROVE);
  }

  /** The answer for a request that must not be approved. */
  Answer onRefused() {
    if (withoutAsking) {
      return reject ? Answer.REJECT : Answer.LEAVE;
    }
    return ask("It cannot be approved. Reject? [y]es, [n]o, [s]kip for now: ", Answer.REJECT);
  }

  private Answer ask(String prompt, Answer yes) {
    while (true) {
      String typed = surroundings.dialogue().ask(prompt);
      Answer answer = typed == null ? Answer.END : answer(typed, yes);
      if (answer != null) {
        return answer;
      }
    }
  }

  /** Enter alone is no answer: nobody approves by accident. */
  private static @Nullable Answer answer(String typed, Answer yes) {
    return switch (typed.toLowerCase(Locale.ROOT)) {
      case "y", "yes" -> yes;
      case "n", "no" -> Answer.LEAVE;
      case "r", "reject" -> Answer.REJECT;
      case "s", "skip" -> Answer.SKIP;
      default -> null;
    };
  }
}
