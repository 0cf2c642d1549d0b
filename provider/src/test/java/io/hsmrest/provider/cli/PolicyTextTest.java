package io.hsmrest.provider.cli;

import static io.hsmrest.provider.cli.ToBeSigned.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.Policy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** New rules name everybody, and nobody else. */
class PolicyTextTest {

  private static String shown(String... names) {
    List<Policy.Approver> approvers =
        List.of(names).stream()
            .map(name -> new Policy.Approver("public_key", name, octets("key of " + name)))
            .toList();
    Policy.Rule rule =
        new Policy.Rule(
            List.of(
                new Policy.Token(
                    null,
                    Duration.ZERO,
                    Duration.ofMinutes(60),
                    List.of(new Policy.Group(null, 1, approvers)))));
    Facts facts = new Facts(Integer.MAX_VALUE);
    PolicyText.add(facts, new Policy(rule, null, null, null, false));
    return facts.lines().get(0);
  }

  @Test
  void aNameIsAsItIsWithItsKey() {
    assertThat(shown("alice", "bob.b@example.org"))
        .matches(
            " +to use +1 of alice \\(key SHA-256:[0-9a-f]{16}\\), bob\\.b@example\\.org"
                + " \\(key SHA-256:[0-9a-f]{16}\\), and within 60 min");
  }

  @Test
  void aNameCannotNameOthers() {
    assertThat(shown("alice (key SHA-256:0011), and 1 of bob"))
        .contains("1 of \"alice (key SHA-256:0011), and 1 of bob\" (key SHA-256:");
    assertThat(shown("a\", \"b\\")).contains("1 of \"a\\\", \\\"b\\\\\" (key");
    assertThat(shown("Alice\u00a0Miller")).contains("1 of \"Alice Miller\" (key");
  }
}
