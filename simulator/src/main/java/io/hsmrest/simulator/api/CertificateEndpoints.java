package io.hsmrest.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.config.Behaviour.MissingCertificate;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.CertificateFacts;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.operation.KeyAccess;
import io.hsmrest.simulator.operation.RequestKind;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.StoredKey;
import io.hsmrest.simulator.state.StoredKey.Kind;

/** Certificates (contract 2.3). */
final class CertificateEndpoints {
  private CertificateEndpoints() {}

  static void addTo(Routes routes) {
    Endpoint request = CommandEndpoints.certificateNow(RequestKind.CERTIFICATE_REQUEST);
    Endpoint selfSign = CommandEndpoints.certificateNow(RequestKind.SELF_SIGN);
    routes.add("POST", "/v1/certificate/synchronous/request", request);
    routes.add("POST", "/v1/certificate/synchronous/selfsign", selfSign);
    routes.add("POST", "/v1/certificate/synchronous/create/selfSigned", selfSign);
    routes.add(
        "POST",
        "/v1/certificate/synchronous/sign",
        CommandEndpoints.certificateNow(RequestKind.ISSUE));
    routes.add(
        "POST", "/v1/certificate/request", CommandEndpoints.later(RequestKind.CERTIFICATE_REQUEST));
    routes.add("POST", "/v1/certificate/selfsign", CommandEndpoints.later(RequestKind.SELF_SIGN));
    routes.add("POST", "/v1/certificate/sign", CommandEndpoints.later(RequestKind.ISSUE));
    routes.add("POST", "/v1/certificate/import/plain", CertificateEndpoints::importPlain);
    routes.add("GET", "/v1/certificate/{label}", CertificateEndpoints::get);
    routes.add("DELETE", "/v1/certificate/{label}", CertificateEndpoints::delete);
  }

  private static Reply importPlain(Call call) {
    Fields in = call.fields();
    String label = in.text("label");
    Bytes certificate = in.base64("certificate");
    String asSent = in.text("certificate");
    in.end();
    KeyEntry entry = KeyAccess.any(call.partition(), label);
    if (entry.key().kind() != Kind.KEY_PAIR) {
      throw KeyAccess.notExistent(label);
    }
    CertificateFacts.read(certificate, Reason.CERTIFICATE_INVALID_ENCODING);
    call.partition().keys().update(entry, key -> key.withCertificate(certificate));
    return Reply.ok(Json.object().put("label", label).put("certificate", asSent));
  }

  private static Reply get(Call call) {
    String label = call.variable();
    StoredKey key = KeyAccess.any(call.partition(), label).key();
    Bytes certificate = key.certificate();
    if (certificate == null) {
      if (key.kind() == Kind.KEY_PAIR
          && call.hsm().behaviour().missingCertificate()
              == MissingCertificate.INVALID_CERTIFICATE) {
        throw new ServiceRefusal(
            Reason.INVALID_CERTIFICATE,
            "Key with name '" + label + "' does not have a valid certificate attached.");
      }
      throw KeyAccess.notExistent(label);
    }
    ObjectNode answer =
        Json.object().put("label", label).put("certificate", CertificateFacts.pem(certificate));
    if (call.hsm().dialect().isNewerThan22()) {
      answer.put("rawCertificate", certificate.toBase64());
    }
    return Reply.ok(answer);
  }

  private static Reply delete(Call call) {
    String label = call.variable();
    KeyEntry entry = KeyAccess.any(call.partition(), label);
    if (entry.key().certificate() == null) {
      throw KeyAccess.notExistent(label);
    }
    if (entry.key().kind() == Kind.CERTIFICATE) {
      call.partition().keys().remove(label, false);
    } else {
      call.partition().keys().update(entry, key -> key.withCertificate(null));
    }
    return Reply.empty();
  }
}
