package io.hsmrest.simulator.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.CertificateFacts;
import io.hsmrest.simulator.crypto.CertificateTemplate;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.policy.Payload;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import org.jspecify.annotations.Nullable;

/** Makes a self-signed certificate and attaches it to its key (contract 2.3.3). */
record SelfSignCommand(
    String keyLabel,
    @Nullable Password password,
    CertificateTemplate template,
    Payload payload,
    boolean newer)
    implements Command {

  static SelfSignCommand read(Fields in, Dialect dialect) {
    return new SelfSignCommand(
        in.text("signKeyName"),
        in.optionalPassword("keyPassword"),
        new CertificateFields(in, dialect).selfSigned(),
        Payloads.of(in),
        dialect.isNewerThan22());
  }

  @Override
  public RequestKind kind() {
    return RequestKind.SELF_SIGN;
  }

  @Override
  public KeyEntry open(Partition partition) {
    CertificateFields.checkSubject(template);
    return KeyAccess.openToSign(partition, keyLabel, password);
  }

  @Override
  public Result execute(Hsm hsm, Partition partition, KeyEntry entry) {
    Bytes certificate = hsm.certificates().selfSign(entry.key().material(), template);
    entry.used();
    partition.keys().update(entry, key -> key.withCertificate(certificate));
    String pem = CertificateFacts.pem(certificate);
    ObjectNode answer = CertificateFields.answer(keyLabel, "certificate", pem, newer);
    String text =
        switch (hsm.behaviour().selfSignResult()) {
          case TRUE_TEXT -> "true";
          case PEM -> pem;
          case BASE64 -> certificate.toBase64();
        };
    return new Result(answer, text);
  }
}
