package io.hsmrest.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.state.StoredDataObject;
import org.jspecify.annotations.Nullable;

/** Data objects (contract 2.1.11). */
final class DataObjectEndpoints {
  private static final int MAX_VALUE_BYTES = 64 * 1024;
  private static final String PATH = "/v1/dataObject";

  private DataObjectEndpoints() {}

  static void addTo(Routes routes) {
    routes.add("POST", PATH, DataObjectEndpoints::create);
    routes.add("GET", PATH, DataObjectEndpoints::list);
    routes.add("PATCH", PATH, DataObjectEndpoints::modify);
    routes.add("PUT", PATH, DataObjectEndpoints::modify);
    routes.add("GET", PATH + "/{name}", DataObjectEndpoints::get);
    routes.add("DELETE", PATH + "/{name}", DataObjectEndpoints::delete);
  }

  private static Reply create(Call call) {
    StoredDataObject object = read(call);
    if (call.partition().dataObjects().find(object.name()).isPresent()) {
      throw new ServiceRefusal(
          Reason.DATA_OBJECT_ALREADY_EXISTING,
          "A data object with the name '" + object.name() + "' exists already.");
    }
    call.partition().dataObjects().put(object);
    return Reply.created(json(object));
  }

  private static Reply modify(Call call) {
    StoredDataObject changed = read(call);
    if (!find(call, changed.name()).modifiable()) {
      throw ServiceRefusal.inHsm("HSM error: status: PKCS#11: ATTRIBUTE_READ_ONLY");
    }
    call.partition().dataObjects().put(changed);
    return Reply.ok(json(changed));
  }

  private static Reply list(Call call) {
    ArrayNode names = Json.array();
    call.partition().dataObjects().all().forEach(object -> names.add(object.name()));
    return Reply.ok(names);
  }

  private static Reply get(Call call) {
    return Reply.ok(json(find(call, call.variable())));
  }

  private static Reply delete(Call call) {
    if (!find(call, call.variable()).destroyable()) {
      throw ServiceRefusal.inHsm(
          "HSM error: status: PKCS#11: ACTION_PROHIBITED. The data object is not destroyable.");
    }
    call.partition().dataObjects().remove(call.variable());
    return Reply.empty();
  }

  private static StoredDataObject read(Call call) {
    Fields in = call.fields();
    String name = in.text("name");
    Bytes value = in.base64("value");
    Fields attributes = in.optionalObject("attributes");
    var object =
        new StoredDataObject(
            name,
            value,
            flag(attributes, "private", false),
            flag(attributes, "modifiable", true),
            flag(attributes, "destroyable", true));
    in.end();
    if (value.size() > MAX_VALUE_BYTES) {
      throw new ServiceRefusal(
          Reason.DATA_OBJECT_INVALID_VALUE, "The value of a data object has at most 64 KB.");
    }
    return object;
  }

  private static boolean flag(@Nullable Fields attributes, String name, boolean otherwise) {
    Boolean flag = attributes == null ? null : attributes.optionalFlag(name);
    return flag == null ? otherwise : flag;
  }

  private static StoredDataObject find(Call call, String name) {
    return call.partition()
        .dataObjects()
        .find(name)
        .orElseThrow(
            () ->
                new ServiceRefusal(
                    Reason.DATA_OBJECT_NOT_EXISTENT,
                    "A data object with the name '" + name + "' does not exist."));
  }

  private static ObjectNode json(StoredDataObject object) {
    ObjectNode out =
        Json.object().put("name", object.name()).put("value", object.value().toBase64());
    out.putObject("attributes")
        .put("private", object.isPrivate())
        .put("modifiable", object.modifiable())
        .put("destroyable", object.destroyable());
    return out;
  }
}
