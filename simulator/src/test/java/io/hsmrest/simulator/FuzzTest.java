package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.Caller.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies that are nearly right, and bodies that are not at all. Whatever comes, the answer is the
 * contract's: a failure below HTTP 500, or one of the service's own error bodies. The seed is
 * fixed, so that a failure comes again.
 */
class FuzzTest {
  private static final int ROUNDS = 150;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @RegisterExtension static final HsmSimulatorExtension HSM = new HsmSimulatorExtension();

  private static final String ATTRIBUTES =
      "\"attributes\": {\"sign\": true, \"decrypt\": false, \"unwrap\": false}";
  private static final String POLICY =
      "{\"ruleUse\": {\"tokens\": [{\"name\": \"t\", \"timelock\": 0, \"timeout\": 600,"
          + " \"groups\": [{\"name\": \"g\", \"quorum\": 1, \"approvals\": [{\"type\":"
          + " \"public_key\", \"name\": \"a\", \"value\":"
          + " \"MCowBQYDK2VwAyEA/GpVPSJzhsGgH4mGLxRK3h1XFh9t90hwn7NKf8RKCNA=\"}]}]}]}}";
  private static final String AUTHENTICATION =
      "\"timestamp\": \"2026-01-31T12:00:00Z\", \"timestampSignature\": \"QUJD\","
          + " \"timestampDigestAlgorithm\": \"SHA-256\", \"approverPublicKey\":"
          + " \"MCowBQYDK2VwAyEA/GpVPSJzhsGgH4mGLxRK3h1XFh9t90hwn7NKf8RKCNA=\"";
  private static final String CERTIFICATE =
      "\"signKeyName\": \"k\", \"keyPassword\": null, \"validity\": 10, \"signatureAlgorithm\":"
          + " \"SHA256_WITH_ECDSA\", \"keyUsage\": [\"DIGITAL_SIGNATURE\"], \"extendedKeyUsage\":"
          + " [\"SERVER_AUTH\"], \"subjectAlternativeNames\": [{\"sanType\": \"DNS\","
          + " \"sanValue\": \"a\"}]";

  /** A right body for each endpoint that takes one. */
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry(
              "/v1/key",
              "{\"label\": \"f\", \"password\": [\"a\"], \"id\": \"1\", \"algorithm\": \"EC\","
                  + " \"curveOid\": \"1.2.840.10045.3.1.7\", \"keySize\": null,"
                  + " \"addressFormat\": {\"format\": \"ETH\"}, "
                  + ATTRIBUTES
                  + ", \"policy\": "
                  + POLICY.substring(0, POLICY.length() - 1)
                  + ", \"keyStatus\": {\"blocked\": false}}}"),
          Map.entry("/v1/key/attributes", "{\"label\": \"k\", \"password\": null}"),
          Map.entry("/v1/key/deleteKey", "{\"label\": \"none\", \"password\": [\"a\"]}"),
          Map.entry(
              "/v1/key/changePassword",
              "{\"label\": \"none\", \"password\": null, \"newPassword\": [\"a\"]}"),
          Map.entry("/v1/key/export/plain", "{\"label\": \"k\"}"),
          Map.entry(
              "/v1/key/import/plain",
              "{\"label\": \"i\", \"algorithm\": \"ED\", \"publicKey\":"
                  + " \"MCowBQYDK2VwAyEA/GpVPSJzhsGgH4mGLxRK3h1XFh9t90hwn7NKf8RKCNA=\", "
                  + ATTRIBUTES
                  + "}"),
          Map.entry(
              "/v1/synchronousSign",
              "{\"signRequest\": {\"payload\": \"QUJD\", \"payloadType\": \"UNSPECIFIED\","
                  + " \"signKeyName\": \"k\", \"keyPassword\": null, \"signatureAlgorithm\":"
                  + " \"SHA256_WITH_ECDSA\", \"signatureType\": \"DER\", \"signedApprovals\":"
                  + " [\"QUJD\"], \"context\": \"QUJD\"}}"),
          Map.entry(
              "/v1/sign",
              "{\"signRequest\": {\"payload\": \"QUJD\", \"signKeyName\": \"gated\","
                  + " \"metaData\": \"QUJD\", \"metaDataSignature\": null, \"signatureAlgorithm\":"
                  + " \"SHA256_WITH_ECDSA\"}, \"requestSignature\": {\"signature\": \"QUJD\","
                  + " \"digestAlgorithm\": \"SHA-256\", \"publicKey\": \"QUJD\"}}"),
          Map.entry(
              "/v1/verify",
              "{\"verifySignatureRequest\": {\"signKeyName\": \"k\", \"signatureAlgorithm\":"
                  + " \"SHA256_WITH_ECDSA\", \"payload\": \"QUJD\", \"signature\": \"QUJD\"}}"),
          Map.entry(
              "/v1/synchronousHmac",
              "{\"hmacRequest\": {\"keyName\": \"m\", \"payload\": \"QUJD\"}}"),
          Map.entry(
              "/v1/encrypt",
              "{\"encryptRequest\": {\"payload\": \"QUJD\", \"encryptKeyName\": \"aes\","
                  + " \"cipherAlgorithm\": \"AES_GCM\", \"additionalAuthenticationData\":"
                  + " \"QUJD\", \"tagLength\": 128}}"),
          Map.entry(
              "/v1/synchronousDecrypt",
              "{\"decryptRequest\": {\"encryptedPayload\": \"QUJD\", \"decryptKeyName\": \"aes\","
                  + " \"cipherAlgorithm\": \"AES_GCM\", \"initializationVector\":"
                  + " \"QUJDREVGR0hJSktM\", \"tagLength\": 128}}"),
          Map.entry(
              "/v1/wrap",
              "{\"wrapKeyRequest\": {\"keyToBeWrapped\": \"aes\", \"wrapKeyName\": \"aes\","
                  + " \"wrapMethod\": \"AES_WRAP\"}}"),
          Map.entry(
              "/v1/synchronousUnwrap",
              "{\"unwrapKeyRequest\": {\"wrappedKey\": \"QUJDREVGR0hJSktM\", \"label\": \"u\", "
                  + ATTRIBUTES
                  + ", \"unwrapKeyName\": \"aes\", \"wrapMethod\": \"AES_WRAP\"}}"),
          Map.entry("/v1/block", "{\"blockRequest\": {\"blockKeyName\": \"none\"}}"),
          Map.entry(
              "/v1/synchronousUnblock",
              "{\"unblockRequest\": {\"unblockKeyName\": \"gated\", \"signedApprovals\":"
                  + " [\"QUJD\"]}}"),
          Map.entry(
              "/v1/synchronousModify",
              "{\"modifyRequest\": {\"modifyKeyName\": \"gated\", \"policy\": " + POLICY + "}}"),
          Map.entry(
              "/v1/certificate/synchronous/request",
              "{"
                  + CERTIFICATE
                  + ", \"standardCertificateAttributes\": {\"commonName\": \"a\","
                  + " \"country\": \"CH\", \"email\": \"a@b\"}}"),
          Map.entry(
              "/v1/certificate/synchronous/selfsign",
              "{" + CERTIFICATE + ", \"commonName\": \"a\", \"certificateAuthority\": true}"),
          Map.entry(
              "/v1/certificate/synchronous/sign",
              "{"
                  + CERTIFICATE
                  + ", \"commonName\": \"a\", \"certificateSigningRequest\": \"a\","
                  + " \"copyExtensions\": \"COPY\"}"),
          Map.entry(
              "/v1/certificate/import/plain", "{\"label\": \"k\", \"certificate\": \"QUJD\"}"),
          Map.entry("/v1/filteredRequests", "{\"requestStatusList\": [\"PENDING\"]}"),
          Map.entry(
              "/v1/filteredAllApprovalTask",
              "{"
                  + AUTHENTICATION
                  + ", \"id\": \"x\", \"detailLevel\": \"level5\", \"paging\":"
                  + " {\"pageNumber\": 0, \"pageSize\": 1, \"sortOrder\":"
                  + " \"CREATION_DATE_ASC\"}}"),
          Map.entry(
              "/v1/approval",
              "{\"id\": \"00000000-0000-0000-0000-000000000000\", \"approvalToBeSigned\":"
                  + " \"QUJD\", \"signature\": \"QUJD\", \"approvalDigestAlgorithm\": \"SHA-256\","
                  + " \"approverPublicKey\":"
                  + " \"MCowBQYDK2VwAyEA/GpVPSJzhsGgH4mGLxRK3h1XFh9t90hwn7NKf8RKCNA=\"}"),
          Map.entry(
              "/v1/task",
              "{\"id\": \"00000000-0000-0000-0000-000000000000\", " + AUTHENTICATION + "}"),
          Map.entry(
              "/v1/approverManagement/create",
              "{\"approverName\": null, \"algorithm\": \"RSA\", \"keySize\": 2048,"
                  + " \"backupPassword\": [\"a\"], \"validity\": 1}"),
          Map.entry(
              "/v1/approver/onboard",
              "{\"approverName\": \"a\", \"oneTimeCode\": [\"a\"], \"transportPassword\":"
                  + " \"0123456789abcdef\"}"),
          Map.entry(
              "/v1/createRfcTimestamp", "{\"payload\": \"QUJD\", \"hashAlgorithm\": \"SHA256\"}"),
          Map.entry(
              "/v1/dataObject",
              "{\"name\": \"d\", \"value\": \"QUJD\", \"attributes\": {\"modifiable\": true}}"));

  static List<String> paths() {
    return BODIES.keySet().stream().sorted().toList();
  }

  private static String body(String path) {
    return Objects.requireNonNull(BODIES.get(path), path);
  }

  private static Caller prepared() {
    Caller caller = new Caller(HSM.simulator());
    caller.post("/v1/key", Bodies.ecKey("k")).ok();
    caller.post("/v1/key", Bodies.gatedKey("gated", "null")).ok();
    caller.post("/v1/key", Bodies.key("m", "HMACSHA256")).ok();
    caller
        .post(
            "/v1/key",
            "{`label`: `aes`, `algorithm`: `AES`, `keySize`: 256, `attributes`: {`sign`: false,"
                + " `decrypt`: true, `unwrap`: true, `extractable`: true}}")
        .ok();
    return caller;
  }

  @ParameterizedTest
  @MethodSource("paths")
  void aBodyThatIsNearlyRight(String path) throws Exception {
    Caller caller = prepared();
    var random = new Random(path.hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      JsonNode body = MAPPER.readTree(body(path));
      for (int change = random.nextInt(3); change >= 0; change--) {
        change(body, random);
      }
      String text = body.toString();
      assertContracts(send(caller, path, text), text);
    }
  }

  @ParameterizedTest
  @MethodSource("paths")
  void aBodyWithDamagedBytes(String path) {
    Caller caller = prepared();
    var random = new Random(path.hashCode());
    for (int round = 0; round < ROUNDS / 3; round++) {
      byte[] bytes = body(path).getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      assertContracts(send(caller, path, text), text);
    }
  }

  @Test
  void aBodyThatIsVeryDeep() {
    Caller caller = prepared();
    String deep = "{\"a\":".repeat(5000) + "1" + "}".repeat(5000);
    Answer answer = send(caller, "/v1/synchronousSign", deep);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).isEqualTo("Invalid request. Cannot parse json string");
  }

  @Test
  void pathsThatAreNearlyRight() {
    Caller caller = prepared();
    var random = new Random(1);
    for (int round = 0; round < ROUNDS * 3; round++) {
      StringBuilder path = new StringBuilder(paths().get(random.nextInt(paths().size())));
      path.insert(3 + random.nextInt(path.length() - 2), "%2F/-%C3%BC%00".charAt(0) + "2F");
      String[] methods = {"GET", "POST", "PUT", "DELETE", "PATCH"};
      Answer answer = caller.send(methods[random.nextInt(methods.length)], path.toString(), null);
      assertContracts(answer, path.toString());
    }
  }

  private static Answer send(Caller caller, String path, String body) {
    return caller.send("POST", path, body, "Content-Type", "application/json");
  }

  private static void assertContracts(Answer answer, String request) {
    assertThat(answer.status()).as(request).isGreaterThanOrEqualTo(200);
    if (answer.status() >= 400) {
      boolean ofService =
          answer.errorCode() != 0 && answer.member("reason").startsWith("res.error.");
      boolean ofSpring = answer.status() < 500 && answer.body().has("path");
      assertThat(ofService || ofSpring).as(request + " -> " + answer.text()).isTrue();
    }
    if (answer.status() >= 500) {
      assertThat(answer.errorCode()).as(request).isIn(701, 101);
    }
  }

  /** Changes one place somewhere in a tree. */
  private static void change(JsonNode tree, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(tree, containers);
    JsonNode container = containers.get(random.nextInt(containers.size()));
    if (container instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(4)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(name + "x", object.get(name));
        default -> object.set(name, value(random));
      }
    } else if (container instanceof ArrayNode array) {
      array.add(value(random));
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private static JsonNode value(Random random) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return switch (random.nextInt(14)) {
      case 0 -> json.nullNode();
      case 1 -> json.textNode("");
      case 2 -> json.textNode("-1");
      case 3 -> json.numberNode(random.nextLong());
      case 4 -> json.numberNode(-1);
      case 5 -> json.numberNode(1e300);
      case 6 -> json.booleanNode(random.nextBoolean());
      case 7 -> json.arrayNode();
      case 8 -> json.objectNode();
      case 9 -> json.arrayNode().add(json.nullNode()).add(json.objectNode());
      case 10 -> json.textNode(Base64.getEncoder().encodeToString(bytes));
      case 11 -> json.textNode("\u0000\ud800 ü,+\"\\<>;=");
      case 12 -> json.textNode("k");
      default -> json.textNode("RSA");
    };
  }
}
