package io.hsmrest.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.HsmRestConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * As much of the service as a signature needs, on a port of its own: reads one key, signs at once
 * or when people have approved. It counts what it is asked, refuses algorithms on demand and spoils
 * answers on demand.
 */
final class SoftService implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    // Read once, when the first server is made: without it each answer waits 40 ms for an ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Map<String, KeyPair> keys = new ConcurrentHashMap<>();
  private final Map<String, String> types = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile UnaryOperator<byte[]> answer = signature -> signature;
  private volatile int pssSalt = -1;
  private volatile int unknownCode = 600;
  private volatile int refusal;
  private final Set<String> gated = ConcurrentHashMap.newKeySet();
  private final SoftRequests requests = new SoftRequests();

  /**
   * One request for a signature.
   *
   * @param algorithm the service's name
   * @param type the wanted encoding, null where it was left to the service
   * @param length of the payload in bytes
   */
  record Asked(String algorithm, @Nullable String type, int length) {}

  SoftService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/key/attributes", this::attributes);
    server.createContext("/v1/certificate", e -> refuse(e, 404, 650, "no certificate"));
    server.createContext("/v1/synchronousSign", this::sign);
    server.createContext("/v1/sign", this::sign);
    server.createContext("/v1/request", requests::one);
    server.createContext("/v1/filteredRequests", requests::list);
    server.setExecutor(threads);
    server.start();
  }

  /** Adds a key of a type that {@link SoftKeys} knows, and returns its label. */
  String add(String type) {
    String label = "key-" + type.replace(':', '-');
    put(label, type, SoftKeys.pair(type));
    return label;
  }

  /** The same for a key that people approve. */
  String addGated(String type) {
    String label = add(type);
    gated.add(label);
    return label;
  }

  /** What people are asked. */
  SoftRequests requests() {
    return requests;
  }

  void put(String label, String type, KeyPair pair) {
    keys.put(label, pair);
    types.put(label, type);
  }

  /** Algorithms, or {@code RAW}, that this release does not know. */
  SoftService lacking(String... names) {
    unknown.addAll(List.of(names));
    return this;
  }

  /** The error code with which it says that it does not know an algorithm. */
  SoftService sayingSoWith(int code) {
    unknownCode = code;
    return this;
  }

  /** Signs nothing and answers with this error code, 0 for signing again. */
  SoftService refusing(int code) {
    refusal = code;
    return this;
  }

  /** What becomes of a signature on its way. */
  SoftService answering(UnaryOperator<byte[]> change) {
    answer = change;
    return this;
  }

  SoftService withPssSalt(int length) {
    pssSalt = length;
    return this;
  }

  /** The requests for signatures so far. */
  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** A provider that talks to this service about its keys. */
  HsmRestProvider provider(String... moreSettings) {
    return Providers.of(url(), keys.keySet(), moreSettings);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  HsmRestConfig config(String... moreSettings) {
    return Providers.config(url(), keys.keySet(), moreSettings);
  }

  /** The handle of a key, through the key store of such a provider. */
  static HsmPrivateKey handle(HsmRestProvider provider, String label) {
    try {
      KeyStore store = KeyStore.getInstance(HsmRestProvider.NAME, provider);
      store.load(null, null);
      return (HsmPrivateKey) store.getKey(label, null);
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private void attributes(HttpExchange exchange) throws IOException {
    String label = JSON.readTree(exchange.getRequestBody()).path("label").asText();
    KeyPair pair = keys.get(label);
    if (pair == null) {
      refuse(exchange, 404, 650, "no key " + label);
      return;
    }
    String type = types.getOrDefault(label, "");
    ObjectNode json = JSON.createObjectNode();
    json.put("label", label);
    json.put("algorithm", type.startsWith("EC:") ? "EC" : type);
    if (type.startsWith("EC:")) {
      json.put("curveOid", SoftKeys.curveOid(type));
    }
    json.put("createTime", "2024-11-21T12:05:20Z");
    json.put("publicKey", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    json.putObject("attributes").put("sign", true);
    if (gated.contains(label)) {
      json.putObject("policy").putObject("ruleUse").putNull("tokens");
    } else {
      json.putNull("policy");
    }
    ObjectNode body = JSON.createObjectNode();
    body.set("json", json);
    reply(exchange, 200, body);
  }

  private void sign(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody()).path("signRequest");
    String algorithm = request.path("signatureAlgorithm").asText();
    String type = request.path("signatureType").asText(null);
    byte[] payload = request.path("payload").binaryValue();
    asked.add(new Asked(algorithm, type, payload.length));
    if (unknown.contains(algorithm) && type == null || type != null && unknown.contains(type)) {
      String message = "Value '" + algorithm + "' is not valid for field signRequest";
      refuse(exchange, 400, unknownCode, message);
      return;
    }
    if (refusal != 0) {
      refuse(exchange, 403, refusal, "not now");
      return;
    }
    try {
      KeyPair pair = keys.get(request.path("signKeyName").asText());
      byte[] signature = answer.apply(SoftKeys.sign(pair, algorithm, payload, pssSalt));
      String text = Base64.getEncoder().encodeToString(signature);
      ObjectNode body = JSON.createObjectNode();
      if (exchange.getRequestURI().getPath().equals("/v1/sign")) {
        body.put("signRequestId", requests.create(text));
      } else {
        body.put("signature", text);
      }
      reply(exchange, 200, body);
    } catch (GeneralSecurityException e) {
      refuse(exchange, 500, 701, "Error creating signature");
    }
  }

  private static void refuse(HttpExchange exchange, int status, int code, String message)
      throws IOException {
    ObjectNode body = JSON.createObjectNode();
    body.put("errorCode", code);
    body.put("reason", "res.error.test");
    body.put("message", message);
    reply(exchange, status, body);
  }

  static void reply(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
