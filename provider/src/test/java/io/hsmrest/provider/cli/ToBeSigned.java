package io.hsmrest.provider.cli;

import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.TaskKind;
import io.hsmrest.client.model.TaskRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks, with what is to be signed in the service's binary form (contract 2.6.2). */
final class ToBeSigned {
  static final String REQUEST = "1c82583f-2cd2-486d-8b03-63f91aad9b7a";

  private ToBeSigned() {}

  static Octets octets(String text) {
    return Octets.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Asked at 2023-11-14T22:13:20Z. */
  static Octets of(int operation, String label, Octets payload) {
    return of(operation, label, payload, new byte[8]);
  }

  private static Octets of(int operation, String label, Octets payload, byte[] signature) {
    byte[] time =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(1_700_000_000L).array();
    byte[] stamp =
        structure(
            element(0x1057, payload.toByteArray()), element(0x0107, time), text(0x1002, "stamps"));
    return Octets.of(
        structure(
            element(0x003B, new byte[] {(byte) operation, 0, 0, 0}),
            text(0x1002, label),
            element(0x1054, stamp),
            element(0x1056, signature),
            element(0x1057, payload.toByteArray())));
  }

  /** With a timestamp that nobody has signed. */
  static Octets unattested(String label, Octets payload) {
    return of(1, label, payload, new byte[0]);
  }

  private static byte[] text(int type, String text) {
    return element(type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] element(int type, byte[] content) {
    return ByteBuffer.allocate(4 + (content.length + 3) / 4 * 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) type)
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  private static byte[] structure(byte[]... elements) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] element : elements) {
      content.writeBytes(element);
    }
    return ByteBuffer.allocate(4 + content.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(content.size())
        .put(content.toByteArray())
        .array();
  }

  /** A signature with key {@code ca} that nobody has answered yet. */
  static ApproverTask sign(String id, String payload) {
    return task(id, of(1, "ca", octets(payload)), signRequest("ca", payload), null);
  }

  static TaskRequest signRequest(String key, String payload) {
    return new TaskRequest(
        TaskKind.SIGN, key, "SHA256_WITH_RSA", octets(payload), Map.of("signKeyName", key));
  }

  /** The same task of another request. */
  static ApproverTask with(ApproverTask task, @Nullable String requestId) {
    RequestStatus status =
        requestId == null
            ? null
            : new RequestStatus(
                requestId,
                RequestState.PENDING,
                "PENDING",
                null,
                List.of(),
                List.of(octets("a key")),
                List.of(),
                null);
    return new ApproverTask(
        task.id(),
        task.approvalToBeSigned(),
        task.approverPublicKey(),
        task.metaData(),
        task.request(),
        status,
        task.keyAttributes());
  }

  static ApproverTask task(
      String id, Octets toBeSigned, @Nullable TaskRequest request, @Nullable Octets metaData) {
    return new ApproverTask(
        id,
        toBeSigned,
        null,
        metaData,
        request,
        new RequestStatus(
            REQUEST,
            RequestState.PENDING,
            "PENDING",
            null,
            List.of(),
            List.of(octets("a key")),
            List.of(),
            null),
        ATTESTATION);
  }

  static final String ATTESTATION =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <private_key creation="generated"><label>ca</label><algorithm>RSA</algorithm>
      <key_size>2048</key_size><policy><key_status><blocked>false</blocked></key_status>
      <rule_use><token name="T"><timelock>0</timelock><timeout>600</timeout><group name="G">
      <quorum>2</quorum><approval type="public_key" name="alice">YSBrZXk=</approval>
      <approval type="public_key" name="bob">Ym9i</approval></group></token></rule_use>
      </policy></private_key>
      """;
}
