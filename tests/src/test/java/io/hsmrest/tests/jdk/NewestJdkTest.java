package io.hsmrest.tests.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.documents.Checkout;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The scenarios once more, on the newest JDK of this machine, and with them the provider's own
 * tests of what a {@code Signature} does call by call, against the jar that users install.
 */
class NewestJdkTest {

  @Test
  void everyScenarioPassesOnTheNewestJdkToo() {
    Optional<Jdk> newest = Jdk.newer();
    Assumptions.assumeTrue(newest.isPresent(), "no newer JDK beside this one");

    Path ofProvider = Checkout.file("provider/target/test-classes").toAbsolutePath();
    assertThat(ofProvider).isDirectory();

    Command.Result result =
        Command.of(newest.orElseThrow().tool("java"))
            .with("-cp", System.getProperty("java.class.path") + File.pathSeparator + ofProvider)
            .with("-Djava.awt.headless=true", TaggedScenarios.class.getName())
            .atMost(Duration.ofMinutes(20))
            .run();

    assertThat(result.exitCode()).as(result.text()).isZero();
    assertThat(result.out())
        .contains("passed, 0 failed, on Java " + newest.orElseThrow().feature());
  }
}
