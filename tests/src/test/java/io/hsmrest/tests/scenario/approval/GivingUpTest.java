package io.hsmrest.tests.scenario.approval;

import static io.hsmrest.tests.scenario.approval.GatedHsm.failure;
import static io.hsmrest.tests.scenario.approval.GatedHsm.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.approval.ApprovalException;
import io.hsmrest.client.approval.ApprovalInterruptedException;
import io.hsmrest.client.approval.ApprovalTimedOutException;
import io.hsmrest.simulator.control.Fault;
import java.lang.reflect.Method;
import java.security.KeyStore;
import java.security.SignatureException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that do not wait any longer, and what becomes of their requests. */
@Tag("scenario")
class GivingUpTest {
  private static final String SOON_OVER = "approval.timeout = 1s";
  private static final String KEEP = "approval.onGiveUp = keep";

  private final GatedHsm gated = new GatedHsm();

  /** What a thread has left when it ended. */
  private record End(Throwable failure, boolean interrupted) {}

  @BeforeEach
  void makeKey() {
    gated.create("ca", gated.policies().use(2, "alice", "bob", "carol"));
  }

  @AfterEach
  void end() {
    gated.close();
  }

  @Test
  void whenTheTimeIsOverTheRequestIsWithdrawnAndTheMessageSaysSo() throws Exception {
    Future<byte[]> signing = gated.signing("ca", SOON_OVER);
    String request = gated.awaitRequest();

    assertThat(failure(signing))
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("request " + request + " to sign with key 'ca' was given up after ")
        .hasMessageContaining("PENDING, 0 of 2 approvals, missing: alice, bob, carol")
        .hasMessageContaining("approval.timeout")
        .hasMessageContaining("withdrawn")
        .hasCauseInstanceOf(ApprovalTimedOutException.class);
    gated.awaitStates("CANCELLED");
    assertThat(gated.withdrawals()).isOne();
    assertThat(gated.log().awaitLine("after ")).contains(request);
  }

  @Test
  void whatIsKeptCanStillBeApprovedAndTheMessageSaysSo() throws Exception {
    Future<byte[]> signing = gated.signing("ca", SOON_OVER, KEEP);
    String request = gated.awaitRequest();

    assertThat(failure(signing))
        .hasMessageContaining("request " + request + " to sign with key 'ca' was given up after ")
        .hasMessageContaining("may still be approved")
        .hasCauseInstanceOf(ApprovalTimedOutException.class);
    assertThat(gated.requests()).containsExactly(Map.entry(request, "PENDING"));
    assertThat(gated.withdrawals()).isZero();

    gated.simulator().approve(request, "alice");
    gated.simulator().approve(request, "bob");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
  }

  @Test
  void aWithdrawalThatFailsDoesNotHideWhyItWasGivenUp() throws Exception {
    gated
        .simulator()
        .faults()
        .add(Fault.answer(403, "text/plain", "no").on("DELETE", "/v1/request").times(1000));
    Future<byte[]> signing = gated.signing("ca", SOON_OVER);
    String request = gated.awaitRequest();

    assertThat(failure(signing)).hasCauseInstanceOf(ApprovalTimedOutException.class);
    assertThat(gated.log().awaitWarning(request)).contains("may still be approved");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "PENDING"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "keep"})
  void anInterruptEndsTheWaitWithTheFlagSetAndIsNoTimeOut(String onGiveUp) throws Exception {
    endsAtOnce(
        onGiveUp,
        program -> {
          Thread thread = new Thread(program);
          thread.start();
          return thread;
        });
  }

  @ParameterizedTest
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads")
  @ValueSource(strings = {"cancel", "keep"})
  void aVirtualThreadIsInterruptedTheSameWay(String onGiveUp) throws Exception {
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    endsAtOnce(onGiveUp, program -> (Thread) start.invoke(null, program));
  }

  /** How a program gets a thread. */
  @FunctionalInterface
  private interface Starter {
    Thread start(Runnable program) throws Exception;
  }

  private void endsAtOnce(String onGiveUp, Starter starter) throws Exception {
    KeyStore keyStore = gated.keyStore("approval.onGiveUp = " + onGiveUp);
    CompletableFuture<End> end = new CompletableFuture<>();
    Thread thread = starter.start(() -> end.complete(endOf(() -> GatedHsm.sign(keyStore, "ca"))));
    String request = gated.awaitAnnounced();
    thread.interrupt();

    End seen = result(end);
    assertThat(seen.interrupted()).as("the flag").isTrue();
    assertThat(seen.failure())
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("request " + request + " to sign with key 'ca' was given up after ")
        .hasMessageContaining("the waiting thread was interrupted")
        .hasMessageNotContaining("approval.timeout")
        .cause()
        .isInstanceOfSatisfying(
            ApprovalInterruptedException.class, e -> assertThat(e.requestId()).isEqualTo(request));
    boolean cancels = onGiveUp.equals("cancel");
    thread.join();
    gated.awaitStates(cancels ? "CANCELLED" : "PENDING");
    assertThat(gated.withdrawals()).isEqualTo(cancels ? 1 : 0);
  }

  private static End endOf(Callable<byte[]> program) {
    try {
      program.call();
      return new End(new AssertionError("did not fail"), Thread.currentThread().isInterrupted());
    } catch (Exception e) {
      return new End(e, Thread.currentThread().isInterrupted());
    }
  }

  /** As with {@code java.nio}: nothing is begun on a thread that is to end. */
  @Test
  void aThreadThatIsInterruptedAlreadyAsksNobody() throws Exception {
    KeyStore keyStore = gated.keyStore();
    assertThat(keyStore.getKey("ca", null)).isNotNull();
    CompletableFuture<End> end = new CompletableFuture<>();
    new Thread(
            () -> {
              Thread.currentThread().interrupt();
              end.complete(endOf(() -> GatedHsm.sign(keyStore, "ca")));
            })
        .start();

    End seen = result(end);
    assertThat(seen.interrupted()).isTrue();
    assertThat(seen.failure())
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("interrupt");
    assertThat(seen.failure().getCause()).isNotInstanceOf(ApprovalTimedOutException.class);
    assertThat(gated.requests()).isEmpty();
  }

  @Test
  void afterGivingUpTheSameObjectsAskAgain() throws Exception {
    // Long enough for two approvals, too.
    KeyStore keyStore = gated.keyStore("approval.timeout = 3s");
    Future<byte[]> first = gated.running(() -> GatedHsm.sign(keyStore, "ca"));
    assertThat(failure(first)).hasCauseInstanceOf(ApprovalException.class);
    gated.awaitStates("CANCELLED");
    Future<byte[]> second = gated.running(() -> GatedHsm.sign(keyStore, "ca"));
    String request = gated.awaitRequest();
    gated.simulator().approve(request, "alice");
    gated.simulator().approve(request, "carol");

    assertThat(gated.isGood(result(second), "ca")).isTrue();
    gated.awaitStates("CANCELLED", "EXECUTED");
  }
}
