package io.hsmrest.simulator.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.CertificateFacts;
import io.hsmrest.simulator.crypto.CertificateTemplate;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.policy.Payload;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import org.jspecify.annotations.Nullable;

/** Issues a certificate for a certificate request (contract 2.3.4). */
record IssueCommand(
    String keyLabel,
    @Nullable Password password,
    String certificateSigningRequest,
    CertificateTemplate template,
    Payload payload,
    boolean newer)
    implements Command {

  static IssueCommand read(Fields in, Dialect dialect) {
    return new IssueCommand(
        in.text("signKeyName"),
        in.optionalPassword("keyPassword"),
        in.text("certificateSigningRequest"),
        new CertificateFields(in, dialect).issued(),
        Payloads.of(in),
        dialect.isNewerThan22());
  }

  @Override
  public RequestKind kind() {
    return RequestKind.ISSUE;
  }

  @Override
  public KeyEntry open(Partition partition) {
    CertificateFields.checkSubject(template);
    KeyEntry entry = KeyAccess.openToSign(partition, keyLabel, password);
    issuer(entry);
    return entry;
  }

  @Override
  public Result execute(Hsm hsm, Partition partition, KeyEntry entry) {
    Bytes certificate =
        hsm.certificates()
            .issue(entry.key().material(), issuer(entry), certificateSigningRequest, template);
    entry.used();
    String pem = CertificateFacts.pem(certificate);
    ObjectNode answer = CertificateFields.answer(keyLabel, "certificate", pem, newer);
    return new Result(answer, pem);
  }

  private Bytes issuer(KeyEntry entry) {
    Bytes certificate = entry.key().certificate();
    if (certificate == null) {
      throw new ServiceRefusal(
          Reason.INVALID_CERTIFICATE,
          "Key with name '"
              + keyLabel
              + "' does not have a valid signing-certificate, so key cannot be used for"
              + " certificate-signing, please create or import one first.");
    }
    return certificate;
  }
}
