package io.hsmrest.tests.scenario.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.provider.HsmRestProvider;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.jcajce.spec.MLDSAParameterSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Software keys of Bouncy Castle's provider: whatever it does without this provider it does with
 * it, wherever the two stand.
 */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BouncyCastleKeysTest {
  private final Provider provider = new HsmRestProvider();
  private final List<BouncyCastleKey> keys = new ArrayList<>();
  private KeyPair rsa;
  private final Map<Boolean, Map<String, String>> withoutThisProvider = new HashMap<>();

  @BeforeAll
  void makeKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", BouncyCastleKey.BC);
    generator.initialize(1024);
    rsa = generator.generateKeyPair();
    keys.add(BouncyCastleKey.of("ML-DSA-65"));
    keys.add(BouncyCastleKey.of("SLH-DSA-SHA2-128f"));
  }

  @AfterEach
  void unregister() {
    ProviderOrder.unregister(provider);
  }

  @ParameterizedTest
  @EnumSource
  void doWhatTheyDoWithoutThisProvider(ProviderOrder order) {
    Map<String, String> without =
        withoutThisProvider.computeIfAbsent(
            order.isBouncyCastlePreferred(),
            preferred -> {
              order.registerBouncyCastle();
              Map<String, String> outcomes = BouncyCastleUses.outcomes(keys, rsa);
              ProviderOrder.unregister(provider);
              return outcomes;
            });
    order.register(provider);
    Map<String, String> with = BouncyCastleUses.outcomes(keys, rsa);
    assertThat(with.keySet()).isEqualTo(without.keySet()).hasSizeGreaterThan(40);
    assertThat(with.keySet())
        .filteredOn(use -> !Objects.equals(without.get(use), "failed"))
        .filteredOn(use -> !Objects.equals(without.get(use), with.get(use)))
        .map(use -> use + ": " + with.get(use) + " instead of " + without.get(use))
        .isEmpty();
    // Without this provider nearly everything works; on JDK 24 and later ML-DSA is the JDK's.
    assertThat(without.entrySet())
        .filteredOn(each -> each.getValue().equals("failed"))
        .extracting(Map.Entry::getKey)
        .allMatch(use -> use.endsWith("that comes before the key") || use.contains(" ML-DSA"));
  }

  /** A generator that was asked of us by name makes keys in the HSM, or none at all. */
  @ParameterizedTest
  @EnumSource
  void areNotMadeByAGeneratorThatWasAskedOfUs(ProviderOrder order) throws Exception {
    order.register(provider);
    for (String name : List.of("RSA", "EC", "ML-DSA-65", "SLH-DSA-SHA2-128f")) {
      for (KeyPairGenerator generator :
          List.of(
              KeyPairGenerator.getInstance(name, "HsmRest"),
              KeyPairGenerator.getInstance(name, provider))) {
        assertThatThrownBy(generator::generateKeyPair)
            .isInstanceOf(ProviderException.class)
            .hasMessageContaining("no key is generated in the HSM without a name");
      }
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("ML-DSA", "HsmRest");
    assertThatThrownBy(() -> generator.initialize(MLDSAParameterSpec.ml_dsa_44))
        .isInstanceOf(InvalidAlgorithmParameterException.class)
        .hasMessageContaining("without a name");
    assertThat(Security.getProvider("BC")).isNotNull();
  }
}
