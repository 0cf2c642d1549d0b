package io.hsmrest.client.rest;

import io.hsmrest.client.ApiKeyRole;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.SubjectAttributes;
import io.hsmrest.client.rest.RequestBodies.SubjectForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Certificates made at the service (contract 2.3), directly and as requests. Thread-safe. */
final class CertificateCalls {
  private static final int VALIDATION_FAILED = 600;
  private static final int COMMON_NAME_MISSING = 411;
  private static final String ALTERNATIVE_NAMES = "subjectAlternativeNames";

  private final CallExecutor calls;
  private final RequestCalls requests;
  private volatile SubjectForm forCommonName = SubjectForm.COMMON_NAME;

  CertificateCalls(CallExecutor calls, RequestCalls requests) {
    this.calls = calls;
    this.requests = requests;
  }

  Octets selfSign(SelfSignCertificateRequest request) throws HsmException {
    String description = "self-sign with key '" + request.keyName() + "'";
    return eitherForm(
        request.subject(),
        newerMembers(request),
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
        newerMembers(request),
        form ->
            requests.submit(
                "request to self-sign with key '" + request.keyName() + "'",
                "/v1/certificate/selfsign",
                Map.of(
                    "selfSignCertificateRequest",
                    RequestBodies.selfSign(request, form, metadata))));
  }

  Octets requestCsr(CsrRequest request) throws HsmException {
    return explained(
        newerMembers(request),
        () ->
            made(
                "make a CSR with key '" + request.keyName() + "'",
                "/v1/certificate/synchronous/request",
                RequestBodies.csr(request, null),
                "certificateSigningRequest"));
  }

  String submitCsr(CsrRequest request, RequestMetadata metadata) throws HsmException {
    return explained(
        newerMembers(request),
        () ->
            requests.submit(
                "request to make a CSR with key '" + request.keyName() + "'",
                "/v1/certificate/request",
                Map.of("csrSignRequest", RequestBodies.csr(request, metadata))));
  }

  Octets issue(IssueCertificateRequest request) throws HsmException {
    String description = "issue a certificate with key '" + request.caKeyName() + "'";
    return eitherForm(
        request.subject(),
        newerMembers(request),
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
        newerMembers(request),
        form ->
            requests.submit(
                "request to issue a certificate with key '" + request.caKeyName() + "'",
                "/v1/certificate/sign",
                Map.of("signCertificateRequest", RequestBodies.issue(request, form, metadata))));
  }

  private Octets made(String description, String path, Map<String, ?> body, String member)
      throws HsmException {
    Call call = Call.once(description, path, ApiKeyRole.CERTIFICATE, body);
    return Answers.object(call, calls.execute(call)).octets(member);
  }

  /** A call in one of the two forms of the subject. */
  @FunctionalInterface
  private interface InForm<T> {
    T call(SubjectForm form) throws HsmException;
  }

  /**
   * Older services know {@code commonName}, newer ones may know {@code
   * standardCertificateAttributes} alone (contract U6). A 600, or the 411 of a service that misses
   * the common name, says that the form was not understood and nothing was made, so the other one
   * follows where it says the same; the one that was understood comes first from then on.
   */
  private <T> T eitherForm(SubjectAttributes subject, List<String> newer, InForm<T> call)
      throws HsmException {
    if (!subject.isCommonNameOnly()) {
      return withAttributes(newer, call);
    }
    SubjectForm first = forCommonName;
    SubjectForm second = first.other();
    try {
      return call.call(first);
    } catch (HsmResponseException e) {
      if (!isNotUnderstood(e)) {
        throw e;
      }
      try {
        T made = call.call(second);
        forCommonName = second;
        return made;
      } catch (HsmResponseException again) {
        HsmResponseException explained = explained(e, newer);
        explained.addSuppressed(again);
        throw explained;
      }
    }
  }

  private static <T> T withAttributes(List<String> newer, InForm<T> call) throws HsmException {
    try {
      return call.call(SubjectForm.ATTRIBUTES);
    } catch (HsmResponseException e) {
      if (!isNotUnderstood(e)) {
        throw e;
      }
      throw explained(
          e.hinted("some versions of the service take nothing but a common name here"), newer);
    }
  }

  /** A call that has one form only. */
  @FunctionalInterface
  private interface InOneForm<T> {
    T call() throws HsmException;
  }

  private static <T> T explained(List<String> newer, InOneForm<T> call) throws HsmException {
    try {
      return call.call();
    } catch (HsmResponseException e) {
      throw isNotUnderstood(e) ? explained(e, newer) : e;
    }
  }

  private static boolean isNotUnderstood(HsmResponseException e) {
    return e.error().code() == VALIDATION_FAILED || e.error().code() == COMMON_NAME_MISSING;
  }

  /** Says which members of the request not every release of the service knows. */
  private static HsmResponseException explained(HsmResponseException e, List<String> newer) {
    return newer.isEmpty()
        ? e
        : e.hinted("not every release of the service knows " + String.join(", ", newer) + " here");
  }

  private static List<String> newerMembers(SelfSignCertificateRequest request) {
    return request.subjectAlternativeNames().isEmpty() ? List.of() : List.of(ALTERNATIVE_NAMES);
  }

  private static List<String> newerMembers(CsrRequest request) {
    return request.subjectAlternativeNames().isEmpty() ? List.of() : List.of(ALTERNATIVE_NAMES);
  }

  private static List<String> newerMembers(IssueCertificateRequest request) {
    List<String> newer = new ArrayList<>();
    if (request.validityDays() != null) {
      newer.add("validity");
    }
    if (!request.subjectAlternativeNames().isEmpty()) {
      newer.add(ALTERNATIVE_NAMES);
    }
    if (request.copyExtensions()) {
      newer.add("copyExtensions");
    }
    return newer;
  }
}
