package io.hsmrest.simulator.operation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.policy.ApproverSignature;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The signature over the request object (contract 1.6). */
record RequestSignature(Bytes signature, String digestAlgorithm, Bytes publicKey) {
  private static final JsonFactory FACTORY = new JsonFactory();

  static @Nullable RequestSignature read(Fields root) {
    Fields in = root.optionalObject("requestSignature");
    return in == null
        ? null
        : new RequestSignature(
            in.base64("signature"), in.text("digestAlgorithm"), in.base64("publicKey"));
  }

  /**
   * Checks a signature if there is one, and that its signer may sign.
   *
   * @param request the request object that was signed
   * @param body the body it stands in
   * @param allowedSigners public keys in base64; empty lets everybody sign, or nobody
   * @throws ServiceRefusal 403 or 415
   */
  static void check(
      @Nullable RequestSignature signature,
      Fields request,
      byte[] body,
      List<String> allowedSigners) {
    if (!allowedSigners.isEmpty()
        && (signature == null || !allowedSigners.contains(signature.publicKey().toBase64()))) {
      throw new ServiceRefusal(
          Reason.REQUEST_SIGNER_NOT_ALLOWED, "The signer of the request is not allowed.");
    }
    if (signature == null) {
      return;
    }
    try {
      signature.checkOver(Bytes.of(Json.bytes(request.asSent())));
    } catch (ServiceRefusal compact) {
      // A client that escapes characters differently from this program signs its own bytes.
      signature.checkOver(firstMember(body));
    }
  }

  private void checkOver(Bytes signed) {
    ApproverSignature.check(publicKey, digestAlgorithm, signed, signature);
  }

  /** The bytes of the first member's value, as they were sent. */
  private static Bytes firstMember(byte[] body) {
    try (JsonParser parser = FACTORY.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        if (!name.equals("requestSignature")) {
          int end = (int) parser.currentLocation().getByteOffset();
          return Bytes.of(Arrays.copyOfRange(body, start, end));
        }
      }
      return Bytes.empty();
    } catch (IOException e) {
      throw new IllegalStateException("the body has been parsed before", e);
    }
  }
}
