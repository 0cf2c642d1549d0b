package io.hsmrest.client.rest;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.KeyDescription;
import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is answered, read into records; tolerates members it does not know. */
final class Answers {
  private Answers() {}

  static JsonObject object(Call call, CallExecutor.Success success) throws HsmProtocolException {
    return JsonObject.of(call.place(success.status()), value(call, success));
  }

  static List<String> texts(Call call, CallExecutor.Success success) throws HsmProtocolException {
    return JsonObject.texts(call.place(success.status()), value(call, success));
  }

  private static @Nullable Object value(Call call, CallExecutor.Success success)
      throws HsmProtocolException {
    try {
      return JsonMapping.read(success.body().toByteArray());
    } catch (IOException e) {
      throw new HsmProtocolException(
          call.place(success.status())
              + " from "
              + success.endpoint()
              + " is "
              + (success.body().size() == 0 ? "empty" : "no JSON")
              + "; is 'endpoint' the address of the REST API?",
          e);
    }
  }

  static KeyDescription key(JsonObject answer) throws HsmProtocolException {
    JsonObject json = answer.object("json");
    JsonObject attributes = json.object("attributes");
    JsonObject policy = json.optionalObject("policy");
    return new KeyDescription(
        json.text("label"),
        json.text("algorithm"),
        json.optionalText("curveOid"),
        json.optionalInteger("keySize"),
        json.optionalTime("createTime"),
        json.optionalOctets("publicKey"),
        new KeyFlags(
            attributes.flag("sign"),
            attributes.flag("decrypt"),
            attributes.flag("unwrap"),
            attributes.flag("extractable"),
            attributes.flag("modifiable"),
            attributes.flag("destroyable")),
        policy == null ? null : PolicyJson.read(policy));
  }

  /** Some services nest the fields under {@code signResponse} (contract 2.2.1). */
  static Octets signature(JsonObject answer) throws HsmProtocolException {
    JsonObject nested = answer.optionalObject("signResponse");
    return (nested == null ? answer : nested).octets("signature");
  }

  /** Newer services add the bytes beside the text, older ones have the text alone. */
  static Octets certificate(JsonObject answer) throws HsmProtocolException {
    Octets raw =
        answer.optionalText("certificate") == null ? answer.optionalOctets("rawCertificate") : null;
    return raw == null ? answer.octets("certificate") : raw;
  }

  /** The id of a request that was created. */
  static String requestId(JsonObject answer) throws HsmProtocolException {
    String id = answer.text("signRequestId");
    if (id.isBlank()) {
      throw answer.wrong("signRequestId", "empty");
    }
    return id;
  }

  static RequestStatus request(String askedFor, JsonObject answer) throws HsmProtocolException {
    String state = answer.text("status");
    String id = answer.optionalText("id");
    return new RequestStatus(
        id == null ? askedFor : id,
        RequestState.of(state),
        state,
        answer.optionalTime("executionTime"),
        answer.octetsList("approvedBy"),
        answer.octetsList("notYetApprovedBy"),
        answer.octetsList("rejectedBy"),
        answer.optionalScalar("result"));
  }
}
