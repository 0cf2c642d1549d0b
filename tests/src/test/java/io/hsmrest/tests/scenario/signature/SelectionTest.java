package io.hsmrest.tests.scenario.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.keystore.HsmPrivateKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which provider the JDK takes for which key, wherever ours stands in the list. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelectionTest {
  private static final byte[] MESSAGE = {1, 2, 3};
  private static final PSSParameterSpec PSS =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  private final SigningKeys keys =
      new SigningKeys(
          "{}",
          "RSA",
          "secp256r1",
          "ED",
          "ML-DSA-44",
          "ML-DSA-65",
          "ML-DSA-87",
          "SLH-DSA-SHA2-128f");
  private final Provider provider = keys.provider();
  private final Map<String, KeyPair> softwareKeys = new HashMap<>();

  @AfterEach
  void unregister() {
    Security.removeProvider(provider.getName());
  }

  @AfterAll
  void stop() {
    keys.close();
  }

  private void register(String position) {
    int at =
        position.equals("first")
            ? Security.insertProviderAt(provider, 1)
            : Security.addProvider(provider);
    assertThat(at).isPositive();
  }

  /**
   * A name under which a signature is asked for.
   *
   * @param position of ours in the list, {@code first} or {@code last}
   * @param algorithm a name or an OID
   */
  record Lookup(String position, String algorithm) {
    /** Type and label of a key for it. */
    String label() {
      if (algorithm.contains("ECDSA") || algorithm.endsWith("10045.4.3.2")) {
        return "secp256r1";
      }
      if (algorithm.startsWith("Ed")) {
        return "ED";
      }
      return switch (algorithm) {
        case "ML-DSA" -> "ML-DSA-44";
        case "SLH-DSA" -> "SLH-DSA-SHA2-128f";
        default -> algorithm.contains("-DSA-") ? algorithm : "RSA";
      };
    }

    /** Whether the JDK has it, without us. */
    boolean isInJdk() {
      return algorithm.equals("NONEwithRSA")
          || Stream.of(Security.getProviders())
              .filter(each -> !each.getName().equals("HsmRest"))
              .anyMatch(each -> each.getService("Signature", algorithm) != null);
    }
  }

  /** Every row of the table, but those of SLH-DSA's sets that a software HSM is slow with. */
  Stream<Lookup> lookups() {
    return Stream.concat(
            provider.getServices().stream()
                .filter(service -> service.getType().equals("Signature"))
                .map(Provider.Service::getAlgorithm)
                .filter(name -> !name.startsWith("SLH-DSA-") || name.equals("SLH-DSA-SHA2-128f"))
                .sorted(),
            Stream.of("1.2.840.113549.1.1.11", "OID.1.2.840.10045.4.3.2"))
        .flatMap(name -> Stream.of(new Lookup("first", name), new Lookup("last", name)));
  }

  @Test
  void everyRowIsLookedUp() {
    assertThat(lookups()).hasSize(2 * (28 + 2 + 4 + 2 + 2));
  }

  @ParameterizedTest
  @MethodSource("lookups")
  void aHandleComesToUsAndItsPublicKeyToTheJdk(Lookup lookup) throws GeneralSecurityException {
    register(lookup.position());
    HsmPrivateKey handle = SigningKeys.handle(provider, lookup.label());
    Signature signer = Signature.getInstance(lookup.algorithm());
    signer.initSign(handle);
    assertThat(signer.getProvider()).isSameAs(provider);
    if (lookup.algorithm().equals("RSASSA-PSS")) {
      signer.setParameter(PSS);
    }
    signer.update(MESSAGE);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(lookup.algorithm());
    verifier.initVerify(handle.publicKey());
    if (lookup.isInJdk()) {
      assertThat(verifier.getProvider()).isNotSameAs(provider);
    } else {
      // Nobody else has the name.
      assertThat(verifier.getProvider()).isSameAs(provider);
    }
    if (lookup.algorithm().equals("RSASSA-PSS")) {
      verifier.setParameter(PSS);
    }
    verifier.update(MESSAGE);
    assertThat(verifier.verify(signature)).isTrue();
  }

  Stream<Lookup> lookupsOfTheJdk() {
    return lookups().filter(Lookup::isInJdk);
  }

  @ParameterizedTest
  @MethodSource("lookupsOfTheJdk")
  void softwareKeysStayWithTheJdk(Lookup lookup) throws GeneralSecurityException {
    String label = lookup.label();
    KeyPair software =
        softwareKeys.computeIfAbsent(
            label.equals("secp256r1") ? "EC" : label.equals("ED") ? "Ed25519" : label,
            SelectionTest::softwareKey);
    register(lookup.position());
    long before = keys.hsm().simulator().requestCount();
    Signature signer = Signature.getInstance(lookup.algorithm());
    signer.initSign(software.getPrivate());
    assertThat(signer.getProvider()).isNotSameAs(provider);
    Signature verifier = Signature.getInstance(lookup.algorithm());
    verifier.initVerify(software.getPublic());
    assertThat(verifier.getProvider()).isNotSameAs(provider);
    if (lookup.algorithm().equals("RSASSA-PSS")) {
      signer.setParameter(PSS);
      verifier.setParameter(PSS);
    }
    signer.update(MESSAGE);
    byte[] signature = signer.sign();
    verifier.update(MESSAGE);
    assertThat(verifier.verify(signature)).isTrue();
    assertThat(keys.hsm().simulator().requestCount()).isEqualTo(before);
  }

  private static KeyPair softwareKey(String type) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      if (type.equals("EC")) {
        generator.initialize(256);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Names of Bouncy Castle's that the JDK does not have: without us nobody would be found. */
  @ParameterizedTest
  @ValueSource(strings = {"first", "last"})
  void softwareKeysAreNotShutOutFromNamesThatWeBring(String position)
      throws GeneralSecurityException {
    KeyPair software = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    register(position);
    Signature signer = Signature.getInstance("SHA256withRSAandMGF1");
    signer.initSign(software.getPrivate());
    signer.update(MESSAGE);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance("SHA256withRSAandMGF1");
    verifier.initVerify(software.getPublic());
    verifier.update(MESSAGE);
    assertThat(verifier.verify(signature)).isTrue();
    Signature jdk = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
    jdk.setParameter(PSS);
    jdk.initVerify(software.getPublic());
    jdk.update(MESSAGE);
    assertThat(jdk.verify(signature)).isTrue();
  }

  /** With parameters first the JDK settles on whoever takes them: on us, at position 1. */
  @Test
  void parametersBeforeTheKeyStillVerifyAndSignWithSoftwareKeysAtPositionOne()
      throws GeneralSecurityException {
    KeyPair software = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    register("first");
    Signature signer = Signature.getInstance("RSASSA-PSS");
    signer.setParameter(PSS);
    signer.initSign(software.getPrivate());
    signer.update(MESSAGE);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance("RSASSA-PSS");
    verifier.setParameter(PSS);
    verifier.initVerify(software.getPublic());
    verifier.update(MESSAGE);
    assertThat(verifier.verify(signature)).isTrue();
    verifier.update((byte) 0);
    assertThat(verifier.verify(signature)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA-1", "SHA-512/256"})
  void parametersThatOnlyTheJdkHasAreTheJdksAtPositionOne(String digest)
      throws GeneralSecurityException {
    KeyPair software = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    PSSParameterSpec parameters =
        new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), 7, 1);
    register("first");
    Signature signer = Signature.getInstance("RSASSA-PSS");
    signer.setParameter(parameters);
    signer.initSign(software.getPrivate());
    signer.update(MESSAGE);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance("RSASSA-PSS");
    verifier.setParameter(parameters);
    verifier.initVerify(software.getPublic());
    verifier.update(MESSAGE);
    assertThat(verifier.verify(signature)).isTrue();
  }

  @Test
  void parametersBeforeAHandleWorkAtPositionOneAndByName() throws GeneralSecurityException {
    HsmPrivateKey handle = SigningKeys.handle(provider, "RSA");
    for (boolean byName : new boolean[] {true, false}) {
      if (!byName) {
        register("first");
      }
      Signature signer =
          byName
              ? Signature.getInstance("RSASSA-PSS", provider)
              : Signature.getInstance("RSASSA-PSS");
      signer.setParameter(PSS);
      signer.initSign(handle);
      signer.update(MESSAGE);
      assertThat(signer.sign()).hasSize(256);
    }
  }

  /** What the documentation tells people to avoid. */
  @Test
  void parametersBeforeAHandleFailWhereTheProviderComesLast() throws GeneralSecurityException {
    register("last");
    HsmPrivateKey handle = SigningKeys.handle(provider, "RSA");
    Signature signer = Signature.getInstance("RSASSA-PSS");
    signer.setParameter(PSS);
    assertThatThrownBy(() -> signer.initSign(handle)).isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void anotherProvidersPublicKeyIsVerifiedByUsWhenWeAreNamed() throws GeneralSecurityException {
    KeyPair software = KeyPairGenerator.getInstance("EC").generateKeyPair();
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(software.getPrivate());
    signer.update(MESSAGE);
    byte[] signature = signer.sign();
    PublicKey publicKey = software.getPublic();
    Signature verifier = Signature.getInstance("SHA256withECDSA", provider);
    verifier.initVerify(publicKey);
    verifier.update(MESSAGE);
    assertThat(verifier.verify(signature)).isTrue();
  }

  /** Whatever the JDK offers is offered by the same provider as before. */
  @ParameterizedTest
  @ValueSource(strings = {"first", "last"})
  void nothingOfTheJdksIsDisplaced(String position) {
    Map<String, String> before = defaults();
    register(position);
    Map<String, String> after = defaults();
    before
        .keySet()
        .removeIf(
            service -> service.startsWith("Signature.") || service.startsWith("KeyPairGenerator."));
    assertThat(after).containsAllEntriesOf(before);
    assertThat(after.keySet())
        .filteredOn(service -> "HsmRest".equals(after.get(service)))
        .filteredOn(service -> !service.contains("-DSA") && !service.endsWith(".HsmRest"))
        .allMatch(
            service -> service.startsWith("Signature.") || service.startsWith("KeyPairGenerator."));
  }

  private static Map<String, String> defaults() {
    Map<String, String> defaults = new TreeMap<>();
    for (Provider each : List.of(Security.getProviders())) {
      for (Provider.Service service : each.getServices()) {
        defaults.putIfAbsent(service.getType() + "." + service.getAlgorithm(), each.getName());
      }
    }
    return defaults;
  }
}
