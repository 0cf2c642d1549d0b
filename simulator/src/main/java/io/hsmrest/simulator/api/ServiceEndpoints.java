package io.hsmrest.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.RandomBytes;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.operation.KeyAccess;
import io.hsmrest.simulator.operation.SystemKeys;
import io.hsmrest.simulator.operation.Times;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.StoredKey;
import io.hsmrest.simulator.state.StoredKey.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The service about itself, random numbers, time stamps (contract 2.8). */
final class ServiceEndpoints {
  private ServiceEndpoints() {}

  static void addTo(Routes routes) {
    routes.add("GET", "/v1/versionInfo", ServiceEndpoints::version);
    routes.add("GET", "/v1/licenseInfo", ServiceEndpoints::licence);
    routes.add("GET", "/v1/keystore/statistics", ServiceEndpoints::statistics);
    routes.add("GET", "/v1/hsm/log", ServiceEndpoints::log);
    routes.add("GET", "/v1/hsm/log/{part}", ServiceEndpoints::log);
    routes.add("GET", "/v1/generateRandom/{length}", ServiceEndpoints::random);
    routes.add("POST", "/v1/createRfcTimestamp", ServiceEndpoints::timestamp);
  }

  private static Reply version(Call call) {
    ObjectNode answer = Json.object().put("Version", call.hsm().settings().version().text());
    if (call.hsm().settings().version().atLeast(2, 5)) {
      answer.put("Vendor", "Securosys SA");
    }
    return Reply.ok(answer);
  }

  private static Reply licence(Call call) {
    ObjectNode answer = Json.object();
    ArrayNode flags = answer.putArray("clientFlags");
    call.hsm().settings().licence().stream().sorted().forEach(flags::add);
    return Reply.ok(answer);
  }

  private static Reply statistics(Call call) {
    List<StoredKey> keys = keys(call);
    return Reply.ok(
        Json.object()
            .put(
                "keyStoreStatistics",
                "user "
                    + call.partition().name()
                    + ", private keys "
                    + count(keys, Kind.KEY_PAIR)
                    + ", public keys "
                    + (count(keys, Kind.KEY_PAIR) + count(keys, Kind.PUBLIC_KEY))
                    + ", secret keys "
                    + count(keys, Kind.SECRET_KEY)
                    + ", certificates "
                    + keys.stream().filter(key -> key.certificate() != null).count()
                    + ", data objects "
                    + call.partition().dataObjects().all().size()));
  }

  private static long count(List<StoredKey> keys, Kind kind) {
    return keys.stream().filter(key -> key.kind() == kind).count();
  }

  private static Reply log(Call call) {
    return Reply.ok(
        Json.object()
            .put(
                "log",
                keys(call).stream()
                    .sorted(Comparator.comparing(StoredKey::createTime))
                    .map(
                        key ->
                            Times.text(key.createTime())
                                + (key.imported() ? " imported " : " generated ")
                                + key.label()
                                + "\n")
                    .collect(Collectors.joining())));
  }

  private static List<StoredKey> keys(Call call) {
    return call.partition().keys().all().stream().map(KeyEntry::key).toList();
  }

  private static Reply random(Call call) {
    int length;
    try {
      length = Integer.parseInt(call.variable());
    } catch (NumberFormatException e) {
      throw ServiceRefusal.invalidInput("A provided argument is of the wrong type.");
    }
    Bytes random = RandomBytes.generate(length, call.hsm().random());
    return Reply.ok(Json.object().put("random", random.toBase64()));
  }

  private static Reply timestamp(Call call) {
    Fields in = call.fields();
    Bytes payload = in.base64("payload");
    String hash = in.text("hashAlgorithm");
    in.end();
    StoredKey key = KeyAccess.any(call.partition(), SystemKeys.RFC_TIMESTAMP).key();
    Bytes certificate = key.certificate();
    if (certificate == null) {
      throw ServiceRefusal.inHsm("No RFC timestamp key is configured.");
    }
    KeyMaterial material = key.material();
    Bytes token = call.hsm().timestamps().create(material, certificate, payload, hash);
    return Reply.ok(Json.object().put("timestamp", token.toBase64()));
  }
}
