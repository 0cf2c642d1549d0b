package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.ServiceVersion;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LazyHsmClientTest {
  private final List<String> called = new ArrayList<>();
  private int opened;

  /** Notes what is called on it, and answers nothing. */
  private HsmClient noting() {
    return (HsmClient)
        Proxy.newProxyInstance(
            HsmClient.class.getClassLoader(),
            new Class<?>[] {HsmClient.class},
            (proxy, method, arguments) -> {
              called.add(method.getName());
              return empty(method);
            });
  }

  private static @Nullable Object empty(Method method) {
    if (method.getReturnType() == Optional.class) {
      return Optional.empty();
    }
    return method.getName().equals("version") ? new ServiceVersion("1") : null;
  }

  private HsmClient lazy() {
    return new LazyHsmClient(
        () -> {
          opened++;
          assertThat(OwnCalls.inProgress()).isTrue();
          return noting();
        });
  }

  @Test
  void opensNothingBeforeTheFirstCall() throws Exception {
    HsmClient client = lazy();
    assertThat(opened).isZero();
    client.version();
    client.version();
    assertThat(opened).isEqualTo(1);
    assertThat(OwnCalls.inProgress()).isFalse();
  }

  @Test
  void connectingReadsNoFileAndSendsNothing() throws Exception {
    HsmClientConfig config =
        Clients.config(
            "https://no-such-host.invalid",
            "tls.trustedCertificates=/no/such/file",
            "auth.token=file:/no/such/token");
    try (HsmClient client = HsmClients.connect(config)) {
      assertThatThrownBy(client::version)
          .isInstanceOf(HsmConfigurationException.class)
          .hasMessageStartingWith("tls.trustedCertificates: ");
    }
  }

  @Test
  void aFailureToOpenIsTriedAgain() throws Exception {
    HsmClient client =
        new LazyHsmClient(
            () -> {
              opened++;
              if (opened == 1) {
                throw new HsmConfigurationException("not yet");
              }
              return noting();
            });
    assertThatThrownBy(client::version).hasMessage("not yet");
    assertThat(client.version()).isEqualTo(new ServiceVersion("1"));
  }

  @Test
  void passesEveryCallOn() throws Exception {
    HsmClient client = lazy();
    List<String> names = new ArrayList<>();
    for (Method method : HsmClient.class.getMethods()) {
      if (method.getDeclaringClass() == HsmClient.class && !method.getName().equals("close")) {
        names.add(method.getName());
        call(client, method);
      }
    }
    assertThat(called).isEqualTo(names).hasSizeGreaterThan(15);
  }

  private static void call(HsmClient client, Method method) throws Exception {
    Object[] nothing = new Object[method.getParameterCount()];
    Arrays.fill(nothing, null);
    try {
      method.invoke(client, nothing);
    } catch (InvocationTargetException e) {
      throw new AssertionError(method.getName(), e.getCause());
    }
  }

  @Test
  void aClosedClientOpensNothing() {
    HsmClient client = lazy();
    client.close();
    client.close();
    assertThatThrownBy(client::version)
        .isInstanceOf(HsmConnectionException.class)
        .hasMessage("the client was closed");
    assertThat(opened).isZero();
  }

  @Test
  void closesWhatItOpened() throws Exception {
    HsmClient client = lazy();
    client.version();
    client.close();
    client.close();
    assertThat(called).containsExactly("version", "close");
  }

  /** What is collected is closed, once; tells by {@code closed} and does something in each call. */
  private static HsmClient closing(CountDownLatch closed, Runnable inCall) {
    return new LazyHsmClient(
        () ->
            (HsmClient)
                Proxy.newProxyInstance(
                    HsmClient.class.getClassLoader(),
                    new Class<?>[] {HsmClient.class},
                    (proxy, method, arguments) -> {
                      if (method.getName().equals("close")) {
                        closed.countDown();
                      } else {
                        inCall.run();
                      }
                      return empty(method);
                    }));
  }

  private static void collectUntil(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      System.gc();
    }
  }

  @Test
  @Timeout(60)
  void whatNobodyHoldsIsClosed() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    closing(closed, () -> {}).version();
    collectUntil(() -> closed.getCount() == 0);
    assertThat(closed.getCount()).isZero();
  }

  @Test
  @Timeout(60)
  void whatIsInTheMiddleOfACallIsNotClosedAlthoughNobodyHoldsIt() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    List<Long> openInCall = new ArrayList<>();
    closing(
            closed,
            () -> {
              // Another one that nobody holds is collected meanwhile, and its close has run.
              CountDownLatch other = new CountDownLatch(1);
              openAndLeave(other);
              collectUntil(() -> other.getCount() == 0);
              openInCall.add(closed.getCount());
            })
        .version();
    assertThat(openInCall).containsExactly(1L);
  }

  private static void openAndLeave(CountDownLatch closed) {
    try {
      closing(closed, () -> {}).version();
    } catch (HsmException e) {
      throw new AssertionError(e);
    }
  }
}
