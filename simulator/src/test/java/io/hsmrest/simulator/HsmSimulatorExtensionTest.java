package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The extension as users' tests have it. */
@ExtendWith(HsmSimulatorExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HsmSimulatorExtensionTest {
  @Test
  @Order(1)
  void aTestMakesAKey(HsmSimulator simulator) {
    new Caller(simulator).post("/v1/key", Bodies.ecKey("k")).ok();
    assertThat(simulator.requestCount()).isEqualTo(1);
  }

  @Test
  @Order(2)
  void theNextTestDoesNotSeeIt(HsmSimulator simulator) {
    assertThat(simulator.requestCount()).isZero();
    assertThat(new Caller(simulator).get("/v1/key").ok().text()).doesNotContain("\"k\"");
  }

  @Test
  void outsideOfTestsThereIsNoSimulator() {
    assertThatThrownBy(() -> new HsmSimulatorExtension().simulator())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void waitingForARequestThatNeverComesEnds(HsmSimulator simulator) {
    assertThatThrownBy(() -> simulator.awaitPendingRequest(Duration.ofMillis(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no request came");
  }
}
