package io.hsmrest.client;

import io.hsmrest.client.RequestBodies.SubjectForm;
import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.SubjectAttributes;
import java.util.Map;

/** Certificates made at the service (contract 2.3), directly and as requests. Thread-safe. */
final class CertificateCalls {
  private static final int VALIDATION_FAILED = 600;

  private final CallExecutor calls;
  private final RequestCalls requests;

  CertificateCalls(CallExecutor calls, RequestCalls requests) {
    this.calls = calls;
    this.requests = requests;
  }

  Octets selfSign(SelfSignCertificateRequest request) throws HsmException {
    String description = "self-sign with key '" + request.keyName() + "'";
    return eitherForm(
        request.subject(),
        form ->
            made(
                description,
                "/v1/certificate/synchronous/selfsign",
                RequestBodies.selfSign(request, form, null),
                "certificate"));
  }

  String submitSelfSign(SelfSignCertificateRequest request, RequestMetadata metadata)
      throws HsmException {
    return eitherForm(
        request.subject(),
        form ->
            requests.submit(
                "request to self-sign with key '" + request.keyName() + "'",
                "/v1/certificate/selfsign",
                Map.of(
                    "selfSignCertificateRequest",
                    RequestBodies.selfSign(request, form, metadata))));
  }

  Octets requestCsr(CsrRequest request) throws HsmException {
    return made(
        "make a CSR with key '" + request.keyName() + "'",
        "/v1/certificate/synchronous/request",
        RequestBodies.csr(request, null),
        "certificateSigningRequest");
  }

  String submitCsr(CsrRequest request, RequestMetadata metadata) throws HsmException {
    return requests.submit(
        "request to make a CSR with key '" + request.keyName() + "'",
        "/v1/certificate/request",
        Map.of("csrSignRequest", RequestBodies.csr(request, metadata)));
  }

  Octets issue(IssueCertificateRequest request) throws HsmException {
    String description = "issue a certificate with key '" + request.caKeyName() + "'";
    return eitherForm(
        request.subject(),
        form ->
            made(
                description,
                "/v1/certificate/synchronous/sign",
                RequestBodies.issue(request, form, null),
                "certificate"));
  }

  String submitIssue(IssueCertificateRequest request, RequestMetadata metadata)
      throws HsmException {
    return eitherForm(
        request.subject(),
        form ->
            requests.submit(
                "request to issue a certificate with key '" + request.caKeyName() + "'",
                "/v1/certificate/sign",
                Map.of("signCertificateRequest", RequestBodies.issue(request, form, metadata))));
  }

  private Octets made(String description, String path, Map<String, ?> body, String member)
      throws HsmException {
    Call call = Call.once(description, path, ApiKeyRole.KEY_OPERATION, body);
    return Answers.object(call, calls.execute(call)).octets(member);
  }

  /** A call in one of the two forms of the subject. */
  @FunctionalInterface
  private interface InForm<T> {
    T call(SubjectForm form) throws HsmException;
  }

  /**
   * Older services know {@code commonName}, newer ones may know {@code
   * standardCertificateAttributes} alone. A 600 says that the form was not understood and nothing
   * was made, so the other one follows where it says the same.
   */
  private static <T> T eitherForm(SubjectAttributes subject, InForm<T> call) throws HsmException {
    SubjectForm preferred = SubjectForm.preferredFor(subject);
    try {
      return call.call(preferred);
    } catch (HsmResponseException e) {
      if (e.error().code() != VALIDATION_FAILED || preferred == SubjectForm.ATTRIBUTES) {
        throw e;
      }
      try {
        return call.call(SubjectForm.ATTRIBUTES);
      } catch (HsmResponseException second) {
        e.addSuppressed(second);
        throw e;
      }
    }
  }
}
