package io.hsmrest.client;

/** Is told how waiting goes. Called on the waiting thread; must not block. */
public interface ApprovalListener {
  /** At the start, at each look, and each second between. */
  default void waiting(ApprovalProgress progress) {}

  /** Once, when the waiting is over, whatever the end. */
  default void ended(ApprovalProgress progress) {}

  /** The listener that a setting names. A new one for each operation. */
  static ApprovalListener of(ApprovalSettings.Progress progress) {
    return switch (progress) {
      case NONE -> new ApprovalListener() {};
      case LOG -> new LogProgress();
      case CONSOLE -> console();
      case AUTO -> Terminal.isPresent() ? console() : new LogProgress();
    };
  }

  private static ApprovalListener console() {
    return new ConsoleProgress(System.err, Terminal.columns());
  }
}
