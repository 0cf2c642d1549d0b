package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads, on one key store and on many of one configuration. */
@Timeout(120)
class ConcurrentUseTest {
  private static final int THREADS = 64;
  private static final int KEYS = 200;
  private static final KeyPair PAIR = Certificates.ec();
  private static final X509Certificate CERTIFICATE = Certificates.selfSigned("shared", PAIR);

  private final InMemoryHsm hsm = new InMemoryHsm();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void threadsOnOneStoreReadEachEntryOnce() throws Exception {
    fill();
    KeyStore store = TestStore.loadedOver(hsm);
    together(() -> readEverything(store));

    assertThat(hsm.takeCalls()).doesNotHaveDuplicates().hasSize(1 + 2 * KEYS);
  }

  @Test
  void storesOfOneConfigurationReadEachEntryOnce() throws Exception {
    fill();
    TestStore source = TestStore.over(hsm);
    together(() -> readEverything(source.loaded()));

    assertThat(hsm.takeCalls()).doesNotHaveDuplicates().hasSize(1 + 2 * KEYS);
  }

  @Test
  void threadsThatWantOneKeyEachReadEachOnceWithoutAWholeList() throws Exception {
    fill();
    TestStore source = TestStore.over(hsm);
    AtomicInteger next = new AtomicInteger();
    together(
        () -> {
          String alias = "key" + next.getAndIncrement() % 8;
          assertThat(source.loaded().getKey(alias, null)).isNotNull();
          return null;
        });

    assertThat(hsm.takeCalls()).doesNotHaveDuplicates().hasSize(1 + 2 * 8);
  }

  @Test
  void aReadThatHangsHoldsUpNobodyElse() throws Exception {
    fill();
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    hsm.beforeAnswers(
        call -> {
          if (call.equals("attributes key0")) {
            hanging.countDown();
            awaitQuietly(goOn);
          }
        });
    KeyStore store = TestStore.loadedOver(hsm, "keys.include = key0, key1");
    Future<?> slow = threads.submit(() -> store.getKey("key0", null));
    hanging.await();

    for (int i = 0; i < 100; i++) {
      Future<PrivateKey> quick = threads.submit(() -> (PrivateKey) store.getKey("key1", null));
      assertThat(quick.get(30, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(slow.isDone()).isFalse();
    goOn.countDown();
    assertThat(slow.get()).isNotNull();
  }

  @Test
  void aChangeThatHangsHoldsUpNoReader() throws Exception {
    fill();
    TestStore source = TestStore.over(hsm);
    KeyStore store = source.loaded();
    readEverything(store);
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    hsm.beforeAnswers(
        call -> {
          if (call.startsWith("attach")) {
            hanging.countDown();
            awaitQuietly(goOn);
          }
        });
    Certificate[] renewed = {Certificates.selfSigned("renewed", PAIR)};
    Future<?> change =
        threads.submit(
            () -> {
              store.setKeyEntry("key0", store.getKey("key0", null), null, renewed);
              return null;
            });
    hanging.await();

    together(() -> readEverything(source.loaded()));
    assertThat(store.getCertificate("key0")).isEqualTo(CERTIFICATE);
    goOn.countDown();
    change.get();
    assertThat(store.getCertificateChain("key0")).containsExactly(renewed);
  }

  @Test
  void readersNeverSeeHalfAChangedChain() throws Exception {
    KeyPair rootPair = Certificates.ec();
    X509Certificate root = Certificates.selfSigned("root", rootPair);
    List<List<X509Certificate>> chains = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      KeyPair caPair = Certificates.ec();
      X509Certificate ca =
          Certificates.issued("ca" + i, caPair.getPublic(), root, rootPair.getPrivate());
      chains.add(
          List.of(
              Certificates.issued("leaf" + i, PAIR.getPublic(), ca, caPair.getPrivate()),
              ca,
              root));
    }
    hsm.withKey("key0", PAIR.getPublic(), null);
    fill();
    TestStore source = TestStore.over(hsm);
    KeyStore writing = source.loaded();
    install(writing, chains.get(0));
    AtomicBoolean writingIsOver = new AtomicBoolean();
    List<Future<?>> readers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      readers.add(threads.submit(() -> readChainsUntil(writingIsOver, source.loaded(), chains)));
    }

    for (int i = 1; i < 200; i++) {
      install(writing, chains.get(i % chains.size()));
      source.pass(Duration.ofMinutes(1));
    }
    writingIsOver.set(true);

    for (Future<?> reader : readers) {
      reader.get();
    }
    assertThat(writing.getCertificateChain("key0")).isEqualTo(array(chains.get(199 % 4)));
  }

  private static Void readChainsUntil(
      AtomicBoolean over, KeyStore store, List<List<X509Certificate>> chains) throws Exception {
    int looks = 0;
    while (!over.get() || looks == 0) {
      looks++;
      assertThat(List.of(store.getCertificateChain("key0"))).isIn(chains);
      KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry) store.getEntry("key0", null);
      assertThat(List.of(entry.getCertificateChain())).isIn(chains);
    }
    return null;
  }

  private static void install(KeyStore store, List<X509Certificate> chain) throws Exception {
    store.setKeyEntry("key0", store.getKey("key0", null), null, array(chain));
  }

  private static Certificate[] array(List<X509Certificate> chain) {
    return chain.toArray(new Certificate[0]);
  }

  private void fill() {
    for (int i = 0; i < KEYS; i++) {
      hsm.withKey("key" + i, PAIR.getPublic(), CERTIFICATE);
    }
  }

  private static Void readEverything(KeyStore store) throws Exception {
    assertThat(store.size()).isEqualTo(KEYS);
    for (String alias : Collections.list(store.aliases())) {
      assertThat(store.getKey(alias, null)).isNotNull();
      assertThat(store.getCertificateChain(alias)).containsExactly(CERTIFICATE);
    }
    return null;
  }

  /** Runs it on all threads at the same time. */
  private void together(Callable<Void> work) throws Exception {
    CountDownLatch ready = new CountDownLatch(THREADS - 1);
    List<Future<Void>> running = new ArrayList<>();
    for (int i = 0; i < THREADS - 1; i++) {
      running.add(
          threads.submit(
              () -> {
                ready.countDown();
                ready.await();
                return work.call();
              }));
    }
    for (Future<Void> one : running) {
      one.get();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
