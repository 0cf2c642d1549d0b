package io.hsmrest.client.rest;

import static io.hsmrest.client.rest.ServiceDouble.error;
import static io.hsmrest.client.rest.ServiceDouble.json;
import static io.hsmrest.client.rest.ServiceDouble.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.Secret;
import io.hsmrest.client.model.SignRequest;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are signed for the service and the approvers (contract 1.6). */
class RequestSignerTest {
  private static final String PASSWORD = "test-signer-password";
  private static final SignRequest SIGN =
      new SignRequest(
          "k",
          Secret.of("test-key-password"),
          "SHA256_WITH_RSA",
          null,
          Octets.of(new byte[] {112}));
  private static final String META = "{\"app\":\"t\u00e9st\",\"purpose\":\"sign\"}";
  private static final RequestMetadata METADATA =
      new RequestMetadata(Octets.of(META.getBytes(StandardCharsets.UTF_8)), null);
  private static final String ACCEPTED = "{\"signRequestId\": \"r1\"}";

  @RegisterExtension static final WireMockExtension SERVICE = ServiceDouble.start();

  @TempDir private Path folder;

  private final Map<String, KeyPair> keys = new LinkedHashMap<>();

  private static KeyPair pair(String algorithm) throws Exception {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
  }

  private Path store() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Map.Entry<String, KeyPair> key : keys.entrySet()) {
      store.setKeyEntry(
          key.getKey(),
          key.getValue().getPrivate(),
          PASSWORD.toCharArray(),
          new Certificate[] {certificate(key.getValue())});
    }
    Path file = folder.resolve("signer.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  private static Certificate certificate(KeyPair pair) throws Exception {
    X500Name name = new X500Name("CN=request signer");
    String algorithm =
        switch (pair.getPublic().getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    Instant now = Instant.now();
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(now.minus(1, ChronoUnit.DAYS)),
                    Date.from(now.plus(1, ChronoUnit.DAYS)),
                    name,
                    pair.getPublic())
                .build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate())));
  }

  private HsmClient client(Path store, String... settings) throws HsmException {
    return RestClients.open(
        SERVICE.baseUrl(),
        "requestSigner.keyStore=" + store,
        String.join("\n", settings),
        settings.length > 0 && settings[0].startsWith("requestSigner.password")
            ? ""
            : "requestSigner.password=" + PASSWORD);
  }

  private LoggedRequest sent(Path store, String... settings) throws HsmException {
    SERVICE.stubFor(on("POST", "/v1/sign").willReturn(json(200, ACCEPTED)));
    try (HsmClient client = client(store, settings)) {
      assertThat(client.submitSign(SIGN, METADATA)).isEqualTo("r1");
    }
    return ServiceDouble.only(SERVICE);
  }

  /** The inner request object, byte for byte as it was sent. */
  private static byte[] inner(String body) {
    String name = "\"signRequest\":";
    return body.substring(body.indexOf(name) + name.length(), body.lastIndexOf('}'))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static boolean verifies(PublicKey key, byte[] signed, Object signature) throws Exception {
    Signature engine =
        Signature.getInstance(
            key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
    engine.initVerify(key);
    engine.update(signed);
    return engine.verify(Base64.getDecoder().decode((String) signature));
  }

  @ParameterizedTest
  @CsvSource({"RSA", "EC"})
  void bothSignaturesVerifyOverTheBytesThatWereSent(String algorithm) throws Exception {
    keys.put("me", pair(algorithm));
    LoggedRequest sent = sent(store());
    Map<?, ?> body = (Map<?, ?>) JsonMapping.read(sent.getBody());
    Map<?, ?> inner = (Map<?, ?>) body.get("signRequest");
    Map<?, ?> signature = (Map<?, ?>) body.get("requestSignature");
    assertThat(body.keySet()).hasToString("[requestSignature, signRequest]");
    assertThat(signature.keySet()).hasToString("[digestAlgorithm, publicKey, signature]");
    assertThat(signature.get("digestAlgorithm")).isEqualTo("SHA-256");
    PublicKey stated =
        KeyFactory.getInstance(algorithm)
            .generatePublic(
                new X509EncodedKeySpec(
                    Base64.getDecoder().decode((String) signature.get("publicKey"))));
    assertThat(stated).isEqualTo(keys.get("me").getPublic());
    byte[] innerBytes = inner(sent.getBodyAsString());
    assertThat(JsonMapping.read(innerBytes)).isEqualTo(inner);
    assertThat(verifies(stated, innerBytes, signature.get("signature"))).isTrue();
    byte[] metaData = Base64.getDecoder().decode((String) inner.get("metaData"));
    assertThat(metaData).isEqualTo(META.getBytes(StandardCharsets.UTF_8));
    assertThat(verifies(stated, metaData, inner.get("metaDataSignature"))).isTrue();
  }

  @Test
  void whatIsNotApprovedIsNotSigned() throws Exception {
    keys.put("me", pair("EC"));
    SERVICE.stubFor(
        on("POST", "/v1/synchronousSign").willReturn(json(200, "{\"signature\": \"AQID\"}")));
    try (HsmClient client = client(store())) {
      client.sign(SIGN);
    }
    assertThat(ServiceDouble.only(SERVICE).getBodyAsString()).doesNotContain("requestSignature");
  }

  @Test
  void withoutMetadataTheRequestAloneIsSigned() throws Exception {
    keys.put("me", pair("EC"));
    SERVICE.stubFor(on("POST", "/v1/sign").willReturn(json(200, ACCEPTED)));
    try (HsmClient client = client(store())) {
      client.submitSign(SIGN, RequestMetadata.none());
    }
    assertThat(ServiceDouble.only(SERVICE).getBodyAsString())
        .contains("requestSignature")
        .doesNotContain("metaData");
  }

  @Test
  void theAliasChoosesAmongSeveralKeys() throws Exception {
    keys.put("one", pair("EC"));
    keys.put("two", pair("RSA"));
    LoggedRequest sent = sent(store(), "requestSigner.alias=two");
    assertThat(sent.getBodyAsString())
        .contains(Base64.getEncoder().encodeToString(keys.get("two").getPublic().getEncoded()));
  }

  private HsmConfigurationException refusal(Path store, String... settings) {
    HsmConfigurationException refusal =
        catchThrowableOfType(HsmConfigurationException.class, () -> client(store, settings));
    assertThat(refusal).isNotNull();
    StringWriter trace = new StringWriter();
    refusal.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(PASSWORD).doesNotContain("wrong-password");
    return refusal;
  }

  @Test
  void severalEntriesWithoutAnAliasAreRefused() throws Exception {
    keys.put("one", pair("EC"));
    keys.put("two", pair("EC"));
    Path store = store();
    assertThat(refusal(store))
        .hasMessage(
            "requestSigner.keyStore: "
                + store
                + " holds 2 entries; name one in requestSigner.alias");
  }

  @Test
  void anAliasThatIsNotThereIsRefused() throws Exception {
    keys.put("one", pair("EC"));
    Path store = store();
    assertThat(refusal(store, "requestSigner.alias=two"))
        .hasMessage(
            "requestSigner.alias: " + store + " holds no private key 'two' with a certificate");
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    keys.put("one", pair("EC"));
    Path store = store();
    assertThat(refusal(store, "requestSigner.password=wrong-password"))
        .hasMessage(
            "requestSigner.keyStore: "
                + store
                + " cannot be read as PKCS#12; is requestSigner.password right?");
  }

  @Test
  void aFileThatIsMissingIsRefused() {
    Path store = folder.resolve("missing.p12");
    assertThat(refusal(store))
        .hasMessage("requestSigner.keyStore: " + store + " cannot be read (NoSuchFileException)");
  }

  @Test
  void aFileThatIsNoKeyStoreIsRefused() throws Exception {
    Path store = Files.writeString(folder.resolve("text.p12"), "no key store");
    assertThat(refusal(store)).hasMessageContaining("cannot be read as PKCS#12");
  }

  @Test
  void aKeyThatSignsNoRequestsIsRefused() throws Exception {
    keys.put("one", pair("Ed25519"));
    assertThat(refusal(store()))
        .hasMessage(
            "requestSigner.keyStore: the key is of type EdDSA, and RSA and EC keys sign requests");
  }

  @Test
  void passwordAndAliasAreOfNoUseWithoutAKeyStore() {
    assertThatThrownBy(() -> Clients.config("http://a", "requestSigner.password=" + PASSWORD))
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessageContaining("requestSigner.password")
        .hasMessageContaining("is of no use without requestSigner.keyStore")
        .hasMessageNotContaining(PASSWORD);
    assertThatThrownBy(() -> Clients.config("http://a", "requestSigner.alias=me"))
        .hasMessageContaining("requestSigner.alias");
  }

  @Test
  void theSettingsShowNoPassword() throws Exception {
    HsmClientConfig config =
        Clients.config(
            "http://a", "requestSigner.keyStore=s.p12", "requestSigner.password=" + PASSWORD);
    assertThat(config.toString()).contains("s.p12").doesNotContain(PASSWORD);
  }

  @ParameterizedTest(name = "error {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "415 | 403 | res.error.request.signer.not.allowed | the signer is not allowed"
            + " | the signer is not allowed; check 'requestSigner.keyStore'",
        "403 | 400 | res.error.input.invalid.signature | the signature is wrong"
            + " | the signature is wrong",
      })
  void aRefusalOfTheSignerIsTold(int code, int status, String reason, String says, String told)
      throws Exception {
    keys.put("me", pair("EC"));
    SERVICE.stubFor(on("POST", "/v1/sign").willReturn(error(status, code, reason, says)));
    try (HsmClient client = client(store())) {
      assertThatThrownBy(() -> client.submitSign(SIGN, METADATA))
          .isInstanceOf(HsmResponseException.class)
          .hasMessage(
              "request to sign with key 'k' refused: HTTP %d, error %d (%s): %s"
                  .formatted(status, code, reason, told));
    }
  }
}
