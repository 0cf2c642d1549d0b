package io.hsmrest.tests.scenario.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.scenario.CertificateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every algorithm that the provider registers, made by the service, verified by others. */
@Tag("scenario")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossCheckTest {
  private static final byte[] MESSAGE =
      "a message for everybody".getBytes(StandardCharsets.US_ASCII);
  private static final Provider BC = new BouncyCastleProvider();

  private final SigningKeys keys =
      new SigningKeys(
          "{}",
          Stream.concat(
                  SigningKeys.curves().stream(),
                  Stream.of(
                      "RSA", "ED", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87", "SLH-DSA-SHA2-128f"))
              .toArray(String[]::new));
  private final Provider provider = keys.provider();

  @AfterAll
  void stop() {
    keys.close();
  }

  /**
   * An algorithm and a key for it.
   *
   * @param label the key's, which is its type
   */
  record Case(String algorithm, String label) {}

  Stream<Case> cases() {
    return provider.getServices().stream()
        .filter(service -> service.getType().equals("Signature"))
        .map(Provider.Service::getAlgorithm)
        .sorted()
        .flatMap(algorithm -> labels(algorithm).stream().map(label -> new Case(algorithm, label)));
  }

  private static List<String> labels(String algorithm) {
    if (algorithm.contains("RSA")) {
      return algorithm.contains("ECDSA") ? List.of() : List.of("RSA");
    }
    if (algorithm.contains("ECDSA")) {
      return List.copyOf(SigningKeys.curves());
    }
    if (algorithm.startsWith("ML-DSA")) {
      return algorithm.equals("ML-DSA")
          ? List.of("ML-DSA-44", "ML-DSA-65", "ML-DSA-87")
          : List.of(algorithm);
    }
    if (algorithm.startsWith("SLH-DSA")) {
      return List.of("SLH-DSA", "SLH-DSA-SHA2-128f").contains(algorithm)
          ? List.of("SLH-DSA-SHA2-128f")
          : List.of();
    }
    return List.of("ED");
  }

  @Test
  void noAlgorithmIsLeftOutButTheOtherSetsOfSlhDsa() {
    List<String> tested = cases().map(Case::algorithm).distinct().toList();
    assertThat(
            provider.getServices().stream()
                .filter(service -> service.getType().equals("Signature"))
                .map(Provider.Service::getAlgorithm)
                .filter(algorithm -> !tested.contains(algorithm)))
        .hasSize(11)
        .allMatch(algorithm -> algorithm.startsWith("SLH-DSA-"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isVerifiedByTheJdkOrBouncyCastleAndByUs(Case cell) throws GeneralSecurityException {
    HsmPrivateKey handle = SigningKeys.handle(provider, cell.label());
    byte[] signature = sign(cell.algorithm(), handle);
    Signature judge = judge(cell, handle.publicKey());
    judge.update(MESSAGE);
    assertThat(judge.verify(bouncyForm(judge, cell, signature))).isTrue();
    Signature ours = Signature.getInstance(cell.algorithm(), provider);
    if (cell.algorithm().equals("RSASSA-PSS")) {
      ours.setParameter(pss("SHA-256"));
    }
    ours.initVerify(handle.publicKey());
    ours.update(MESSAGE);
    assertThat(ours.verify(signature)).isTrue();
  }

  private byte[] sign(String algorithm, HsmPrivateKey handle) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm, provider);
    signature.initSign(handle);
    if (algorithm.equals("RSASSA-PSS")) {
      signature.setParameter(pss("SHA-256"));
    }
    signature.update(MESSAGE);
    return signature.sign();
  }

  private static PSSParameterSpec pss(String digest) {
    int salt = Integer.parseInt(digest.substring(4)) / 8;
    return new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), salt, 1);
  }

  /** The JDK where it has the algorithm and the curve, else Bouncy Castle. */
  private static Signature judge(Case cell, PublicKey key) throws GeneralSecurityException {
    String algorithm = cell.algorithm();
    boolean pss = algorithm.equals("RSASSA-PSS") || algorithm.endsWith("andMGF1");
    boolean jdkCurve = List.of("secp256r1", "secp384r1", "secp521r1").contains(cell.label());
    String name = pss ? "RSASSA-PSS" : algorithm;
    Signature judge;
    if (isInJdk(name) && (!algorithm.contains("ECDSA") || jdkCurve)) {
      judge = Signature.getInstance(name);
    } else {
      judge =
          Signature.getInstance(
              name.replace("NONEwithECDSAinP1363Format", "NONEwithECDSA")
                  .replace("withECDSAinP1363Format", "withPLAIN-ECDSA"),
              BC);
    }
    if (pss) {
      judge.setParameter(
          pss(algorithm.startsWith("SHA") ? "SHA-" + algorithm.substring(3, 6) : "SHA-256"));
    }
    // Bouncy Castle takes post-quantum keys of its own making alone.
    judge.initVerify(
        judge.getProvider().equals(BC) && algorithm.contains("-DSA")
            ? KeyFactory.getInstance(cell.label(), BC)
                .generatePublic(new X509EncodedKeySpec(key.getEncoded()))
            : key);
    return judge;
  }

  private static boolean isInJdk(String algorithm) {
    return algorithm.equals("NONEwithRSA")
        || Arrays.stream(Security.getProviders())
            .anyMatch(each -> each.getService("Signature", algorithm) != null);
  }

  private static byte[] bouncyForm(Signature judge, Case cell, byte[] signature) {
    if (!cell.algorithm().equals("NONEwithECDSAinP1363Format") || !judge.getProvider().equals(BC)) {
      return signature;
    }
    int half = signature.length / 2;
    return OpenSsl.der(
        Arrays.copyOf(signature, half), Arrays.copyOfRange(signature, half, signature.length));
  }

  Stream<Case> openSslCases() {
    return cases().filter(cell -> OpenSsl.options(cell.algorithm()).isPresent());
  }

  @ParameterizedTest
  @MethodSource("openSslCases")
  void isVerifiedByOpenSsl(Case cell, @TempDir Path folder)
      throws GeneralSecurityException, IOException {
    HsmPrivateKey handle = SigningKeys.handle(provider, cell.label());
    byte[] signature = sign(cell.algorithm(), handle);
    Path key = folder.resolve("key.pem");
    Files.writeString(key, CertificateFiles.pem("PUBLIC KEY", handle.publicKey().getEncoded()));
    Path message = Files.write(folder.resolve("message"), MESSAGE);
    Path made = Files.write(folder.resolve("signature"), signature);
    List<String> words = new ArrayList<>(List.of("openssl", "pkeyutl", "-verify", "-rawin"));
    words.addAll(List.of("-pubin", "-inkey", key.toString(), "-in", message.toString()));
    words.addAll(List.of("-sigfile", made.toString()));
    words.addAll(OpenSsl.options(cell.algorithm()).orElseThrow());
    assertThat(Command.of(words).run().succeeded().text().toLowerCase(Locale.ROOT))
        .contains("verified successfully");
  }
}
