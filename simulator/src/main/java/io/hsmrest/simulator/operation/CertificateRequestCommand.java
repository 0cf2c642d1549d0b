package io.hsmrest.simulator.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.CertificateTemplate;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.policy.Payload;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import org.jspecify.annotations.Nullable;

/** Makes a certificate request (contract 2.3.2). */
record CertificateRequestCommand(
    String keyLabel,
    @Nullable Password password,
    CertificateTemplate template,
    Payload payload,
    boolean newer)
    implements Command {

  static CertificateRequestCommand read(Fields in, Dialect dialect) {
    return new CertificateRequestCommand(
        in.text("signKeyName"),
        in.optionalPassword("keyPassword"),
        new CertificateFields(in, dialect).request(),
        Payloads.of(in),
        dialect.isNewerThan22());
  }

  @Override
  public RequestKind kind() {
    return RequestKind.CERTIFICATE_REQUEST;
  }

  @Override
  public KeyEntry open(Partition partition) {
    CertificateFields.checkSubject(template);
    return KeyAccess.openToSign(partition, keyLabel, password);
  }

  @Override
  public Result execute(Hsm hsm, Partition partition, KeyEntry entry) {
    String pem = hsm.certificates().request(entry.key().material(), template);
    entry.used();
    ObjectNode answer = CertificateFields.answer(keyLabel, "certificateSigningRequest", pem, newer);
    return new Result(answer, pem);
  }
}
