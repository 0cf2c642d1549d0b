package io.hsmrest.client.approver;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an approver's signature is over, read out of the very bytes that are signed (contract
 * 2.6.2). The HSM compares them bit by bit with what it is asked to do.
 *
 * @param operation the HSM's code
 * @param keyLabel the key with its derivation path; the UUID of a key that is stored elsewhere
 * @param askedAt when it was asked, null without a timestamp
 * @param timestampKey which key attests it, null without a timestamp and where nobody signed it;
 *     only the HSM can check that signature
 * @param payload what is to be signed, decrypted or unwrapped; empty for block and unblock
 * @param newPolicy what the rules shall be, null unless that is asked
 * @param further what else is signed, which this version does not understand
 */
public record ApprovalContent(
    Operation operation,
    String keyLabel,
    @Nullable Instant askedAt,
    @Nullable String timestampKey,
    Octets payload,
    @Nullable Policy newPolicy,
    List<String> further) {

  /** The operations that are told apart there. */
  public enum Operation {
    /** Signatures, certificates, decryption, unwrapping. */
    USE(1),
    /** The number is not published, and the plausible one. */
    BLOCK(2),
    /** The number is not published, and the plausible one. */
    UNBLOCK(3),
    /** A new policy. */
    MODIFY(4);

    private final int code;

    Operation(int code) {
      this.code = code;
    }
  }

  /** Copies the list. */
  public ApprovalContent {
    further = List.copyOf(further);
  }

  /**
   * Reads what is to be signed.
   *
   * @throws HsmProtocolException when it cannot be read, or contradicts itself
   */
  public static ApprovalContent read(Octets approvalToBeSigned) throws HsmProtocolException {
    Map<Integer, Tlv> elements = byType(approvalToBeSigned);
    Operation operation = operation(required(elements, Tlv.OPERATION).number());
    String label = required(elements, Tlv.LABEL).text();
    Tlv use = elements.remove(Tlv.USE_PAYLOAD);
    Tlv modification = elements.remove(Tlv.MODIFY_PAYLOAD);
    Tlv timestamp = elements.remove(Tlv.TIMESTAMP);
    // Without a timestamp it stays, as something that is not understood.
    Tlv signature = timestamp == null ? null : elements.remove(Tlv.TIMESTAMP_SIGNATURE);
    boolean signed = signature != null && signature.content().size() > 0;
    if ((modification != null) != (operation == Operation.MODIFY)
        || use == null && operation == Operation.USE
        || use != null && modification != null) {
      throw Tlv.malformed("its payload does not fit its operation");
    }
    Tlv payload = modification == null ? use : modification;
    Map<Integer, Tlv> stamp =
        timestamp == null ? new LinkedHashMap<>() : byType(timestamp.content());
    checkStamp(timestamp, stamp, payload);
    Tlv time = stamp.remove(Tlv.TIME);
    Tlv timestampKey = stamp.remove(Tlv.LABEL);
    List<String> further = new ArrayList<>(described("element ", elements));
    further.addAll(described("element of the timestamp ", stamp));
    return new ApprovalContent(
        operation,
        label,
        time == null ? null : instant(time.number()),
        timestampKey == null || !signed ? null : timestampKey.text(),
        payload == null ? Octets.of(new byte[0]) : payload.content(),
        modification == null ? null : PolicyContent.read(modification.content()),
        further);
  }

  /** The timestamp says since when the payload waits, so it has to be about the payload. */
  private static void checkStamp(
      @Nullable Tlv timestamp, Map<Integer, Tlv> stamp, @Nullable Tlv payload)
      throws HsmProtocolException {
    Tlv use = stamp.remove(Tlv.USE_PAYLOAD);
    Tlv modification = stamp.remove(Tlv.MODIFY_PAYLOAD);
    Tlv stamped = modification == null ? use : modification;
    Octets expected = payload == null ? Octets.of(new byte[0]) : payload.content();
    if (timestamp != null && stamped != null && !stamped.content().equals(expected)) {
      throw Tlv.malformed("its timestamp is about another payload");
    }
  }

  private static Operation operation(long code) throws HsmProtocolException {
    for (Operation operation : Operation.values()) {
      if (operation.code == code) {
        return operation;
      }
    }
    throw Tlv.malformed("it is about an operation that this version does not know (" + code + ")");
  }

  private static Instant instant(long seconds) throws HsmProtocolException {
    try {
      return Instant.ofEpochSecond(seconds);
    } catch (DateTimeException e) {
      throw Tlv.malformed("its time is none");
    }
  }

  private static Map<Integer, Tlv> byType(Octets structure) throws HsmProtocolException {
    Map<Integer, Tlv> elements = new LinkedHashMap<>();
    for (Tlv element : Tlv.elements(structure)) {
      if (elements.put(element.type(), element) != null) {
        throw Tlv.malformed("element " + Tlv.name(element.type()) + " is there twice");
      }
    }
    return elements;
  }

  private static Tlv required(Map<Integer, Tlv> elements, int type) throws HsmProtocolException {
    Tlv element = elements.remove(type);
    if (element == null) {
      throw Tlv.malformed("element " + Tlv.name(type) + " is missing");
    }
    return element;
  }

  private static List<String> described(String what, Map<Integer, Tlv> rest) {
    return rest.values().stream()
        .map(element -> what + Tlv.name(element.type()) + ", " + element.content())
        .toList();
  }
}
