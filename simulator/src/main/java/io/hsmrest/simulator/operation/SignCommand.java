package io.hsmrest.simulator.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.config.Behaviour.UnknownSignatureType;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.SignInput;
import io.hsmrest.simulator.crypto.SignResult;
import io.hsmrest.simulator.crypto.SignatureAlgorithm;
import io.hsmrest.simulator.crypto.SignatureType;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.policy.Payload;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import org.jspecify.annotations.Nullable;

/**
 * Signs (contract 2.2).
 *
 * @param input null if the release does not know the signature type and answers without signature
 */
record SignCommand(
    String keyLabel,
    @Nullable Password password,
    Bytes content,
    @Nullable SignInput input,
    boolean newer)
    implements Command {

  static SignCommand read(Fields in, Dialect dialect, UnknownSignatureType unknownType) {
    String payloadType = in.optionalChoice("payloadType", dialect::payloadType).orElse("");
    Bytes payload =
        payloadType.equals("HEX") ? HexText.decode(in.text("payload")) : in.base64("payload");
    String label = in.text("signKeyName");
    Password password = in.optionalPassword("keyPassword");
    var algorithm =
        in.choice("signatureAlgorithm", dialect::signatureAlgorithm)
            .orElseGet(() -> SignatureAlgorithm.of("SHA256_WITH_RSA"));
    SignatureType type = null;
    boolean unsigned = false;
    String typeName = in.optionalText("signatureType");
    if (typeName != null
        && unknownType == UnknownSignatureType.NULL_SIGNATURE
        && dialect.signatureType(typeName).isEmpty()) {
      unsigned = true;
    } else {
      type = in.optionalChoice("signatureType", dialect::signatureType).orElse(null);
    }
    var input =
        new SignInput(
            algorithm,
            payload,
            type,
            in.optionalBase64("context"),
            in.optionalBase64("auxiliaryRandomData"),
            in.optionalBase64("taprootTweakData"),
            in.optionalBase64("merkleRootData"));
    return new SignCommand(
        label, password, payload, unsigned ? null : input, dialect.isNewerThan22());
  }

  @Override
  public RequestKind kind() {
    return RequestKind.SIGN;
  }

  @Override
  public Payload payload() {
    return Payload.use(content);
  }

  @Override
  public KeyEntry open(Partition partition) {
    return KeyAccess.openToSign(partition, keyLabel, password);
  }

  @Override
  public Result execute(Hsm hsm, Partition partition, KeyEntry entry) {
    ObjectNode answer = Json.object();
    String signature = null;
    if (input != null) {
      SignResult result = Uses.sign(hsm, partition, entry, input);
      signature = result.signature().toBase64();
      answer.put("signature", signature);
      Bytes nonce = result.publicNonce();
      if (nonce != null) {
        answer.put("publicNonce", nonce.toBase64());
      }
    } else {
      answer.putNull("signature");
    }
    if (newer) {
      answer.putNull("keyVersion");
    }
    return new Result(answer, signature);
  }
}
