package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.VirtualTime;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OwnCallsTest {
  @Test
  void marksTheThreadDuringACall() {
    assertThat(OwnCalls.inProgress()).isFalse();
    assertThat(OwnCalls.<Boolean, RuntimeException>mark(OwnCalls::inProgress)).isTrue();
    assertThat(OwnCalls.inProgress()).isFalse();
  }

  @Test
  void aCallInACallKeepsTheMark() {
    boolean after =
        OwnCalls.<Boolean, RuntimeException>mark(
            () -> {
              OwnCalls.<Boolean, RuntimeException>mark(OwnCalls::inProgress);
              return OwnCalls.inProgress();
            });
    assertThat(after).isTrue();
  }

  @Test
  void aFailureTakesTheMarkAway() {
    assertThatThrownBy(
            () ->
                OwnCalls.<Object, IllegalStateException>mark(
                    () -> {
                      throw new IllegalStateException("failed");
                    }))
        .hasMessage("failed");
    assertThat(OwnCalls.inProgress()).isFalse();
  }

  @Test
  void otherThreadsAreNotMarked() {
    boolean elsewhere =
        OwnCalls.<Boolean, RuntimeException>mark(
            () -> CompletableFuture.supplyAsync(OwnCalls::inProgress).join());
    assertThat(elsewhere).isFalse();
  }

  @Test
  void everyRequestIsMarked() throws Exception {
    VirtualTime time = new VirtualTime();
    HsmClientConfig config = Clients.config("http://a");
    ScriptedTransport transport =
        new ScriptedTransport()
            .then(
                request -> {
                  assertThat(OwnCalls.inProgress()).isTrue();
                  return ScriptedTransport.answer(200, "[]", null);
                });
    RestClients.over(transport, config, time).listKeys();
    assertThat(OwnCalls.inProgress()).isFalse();
    assertThat(transport.unused()).isZero();
  }
}
