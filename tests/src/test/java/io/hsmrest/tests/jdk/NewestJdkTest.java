package io.hsmrest.tests.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The scenarios once more, on the newest JDK of this machine. */
class NewestJdkTest {

  @Test
  void everyScenarioPassesOnTheNewestJdkToo() {
    Optional<Jdk> newest = Jdk.newer();
    Assumptions.assumeTrue(newest.isPresent(), "no newer JDK beside this one");

    Command.Result result =
        Command.of(newest.orElseThrow().tool("java"))
            .with("-cp", System.getProperty("java.class.path"))
            .with("-Djava.awt.headless=true", TaggedScenarios.class.getName())
            .run();

    assertThat(result.exitCode()).as(result.text()).isZero();
    assertThat(result.out())
        .contains("passed, 0 failed, on Java " + newest.orElseThrow().feature());
  }
}
