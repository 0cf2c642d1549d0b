package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.CipherAlgorithm;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.policy.Payload;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decrypts (contract 2.5). */
record DecryptCommand(
    String keyLabel,
    @Nullable Password password,
    Bytes encryptedPayload,
    CipherAlgorithm cipher,
    @Nullable Bytes initializationVector,
    @Nullable Bytes additionalAuthenticationData,
    int tagLength)
    implements Command {

  static DecryptCommand read(Fields in) {
    return new DecryptCommand(
        in.text("decryptKeyName"),
        in.optionalPassword("keyPassword"),
        in.base64("encryptedPayload"),
        in.choice("cipherAlgorithm", CipherAlgorithm::byName).orElse(CipherAlgorithm.RSA),
        in.optionalBase64("initializationVector"),
        in.optionalBase64("additionalAuthenticationData"),
        Optional.ofNullable(in.optionalNumber("tagLength")).orElse(0));
  }

  @Override
  public RequestKind kind() {
    return RequestKind.DECRYPT;
  }

  @Override
  public Payload payload() {
    return Payload.use(encryptedPayload);
  }

  @Override
  public KeyEntry open(Partition partition) {
    KeyEntry entry = KeyAccess.open(partition, keyLabel, password);
    KeyAccess.checkPermitted(entry.key().attributes().decrypt());
    return entry;
  }

  @Override
  public Result execute(Hsm hsm, Partition partition, KeyEntry entry) {
    Bytes payload =
        hsm.encryption()
            .decrypt(
                entry.key().material(),
                cipher,
                encryptedPayload,
                initializationVector,
                additionalAuthenticationData,
                tagLength);
    entry.used();
    return new Result(Json.object().put("payload", payload.toBase64()), payload.toBase64());
  }
}
