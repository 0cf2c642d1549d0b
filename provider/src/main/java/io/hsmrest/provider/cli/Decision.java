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

  /** Whether a person answers. */
  boolean asks() {
    return !withoutAsking;
  }

  /** The answer for a request that can be approved; doubts are a person's to weigh. */
  Answer on(ReadTask read) {
    TaskCheck.Result check = read.check();
    if (withoutAsking) {
      surroundings.say("");
      return reject ? rejectIf(check.isTheOne()) : approveIf(check.doubts().isEmpty());
    }
    TaskText.inShort(read, surroundings.screen().columns()).forEach(surroundings::say);
    surroundings.say("");
    return reject
        ? ask("Reject? [y]es, [n]o, [s]kip for now: ", "y", Answer.REJECT)
        : ask(
            "Approve? Type " + read.word() + " for yes, or [n]o, [r]eject, [s]kip for now: ",
            read.word(),
            Answer.APPROVE);
  }

  /**
   * The answer for a request that must not be approved.
   *
   * @param isTheOne whether it is surely the one that was asked for
   */
  Answer onRefused(boolean isTheOne) {
    if (withoutAsking) {
      return rejectIf(reject && isTheOne);
    }
    return ask("It cannot be approved. Reject? [y]es, [n]o, [s]kip for now: ", "y", Answer.REJECT);
  }

  private static Answer rejectIf(boolean condition) {
    return condition ? Answer.REJECT : Answer.LEAVE;
  }

  private static Answer approveIf(boolean condition) {
    return condition ? Answer.APPROVE : Answer.LEAVE;
  }

  private Answer ask(String prompt, String word, Answer yes) {
    while (true) {
      String typed = surroundings.dialogue().ask(prompt);
      Answer answer =
          typed == null ? Answer.END : answer(typed.toLowerCase(Locale.ROOT), word, yes);
      if (answer != null) {
        return answer;
      }
    }
  }

  /** Enter alone is no answer: nobody approves by accident. */
  private static @Nullable Answer answer(String typed, String word, Answer yes) {
    if (typed.equals(word) || typed.equals("yes") && word.equals("y")) {
      return yes;
    }
    return switch (typed) {
      case "n", "no" -> Answer.LEAVE;
      case "r", "reject" -> Answer.REJECT;
      case "s", "skip" -> Answer.SKIP;
      default -> null;
    };
  }
}
