package io.hsmrest.simulator.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An approver whose private key the simulator holds: on its page, for tests, and to act by itself.
 *
 * @param name unique; stands for the approver's key wherever a policy of the configuration leaves
 *     an approval's value out
 * @param privateKey PKCS#8 in base64; null makes a P-256 key at the start
 * @param certificate X.509 in base64, for policies that name the approver by certificate
 * @param does what the approver does by itself
 * @param afterSeconds how long after it has got a task
 */
public record ScriptedApprover(
    String name,
    @Nullable String privateKey,
    @Nullable String certificate,
    Action does,
    int afterSeconds) {

  /** What an approver does by itself. */
  public enum Action {
    /** Nothing: somebody clicks on the page, or a test calls. */
    NOTHING,
    APPROVE,
    REJECT
  }

  /** Fills in what was left out. */
  @SuppressWarnings("NullAway") // the binder passes null for what the file leaves out
  public ScriptedApprover {
    if (name == null || name.isEmpty()) {
      throw new IllegalArgumentException("an approver has no name");
    }
    does = Objects.requireNonNullElse(does, Action.NOTHING);
    if (afterSeconds < 0) {
      throw new IllegalArgumentException("approver " + name + ": afterSeconds is negative");
    }
  }

  @Override
  public String toString() {
    return "ScriptedApprover[" + name + ", does=" + does + ", afterSeconds=" + afterSeconds + "]";
  }
}
