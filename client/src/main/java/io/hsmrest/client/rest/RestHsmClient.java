package io.hsmrest.client.rest;

import io.hsmrest.client.ApiKeyRole;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RequestQuery;
import io.hsmrest.client.UnknownKeyException;
import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.KeyDescription;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.RequestSummary;
import io.hsmrest.client.model.Secret;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.ServiceVersion;
import io.hsmrest.client.model.SignAnswer;
import io.hsmrest.client.model.SignRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The service's operations over {@link CallExecutor}. */
final class RestHsmClient implements HsmClient {
  private static final String IMPORT = "/v1/key/import/plain";

  private final CallExecutor calls;
  private final HttpTransport transport;
  private final Duration signTimeout;
  private final KeyTurns turns;
  private final CertificateCalls certificates;
  private final RequestCalls requests;

  /**
   * Makes a client.
   *
   * @param signTimeout longest time for one signature without approvals, repetitions included
   * @param turns of signatures with one key
   * @param requests asks people
   */
  RestHsmClient(
      CallExecutor calls,
      HttpTransport transport,
      Duration signTimeout,
      KeyTurns turns,
      RequestCalls requests) {
    this.calls = calls;
    this.transport = transport;
    this.signTimeout = signTimeout;
    this.turns = turns;
    this.requests = requests;
    this.certificates = new CertificateCalls(calls, requests);
  }

  @Override
  public KeyDescription createKey(NewKey key) throws HsmException {
    Call call =
        Call.once(
            "create key '" + key.label() + "'",
            "/v1/key",
            ApiKeyRole.KEY_MANAGEMENT,
            RequestBodies.newKey(key));
    return Creation.run(
        calls, call, lookFor(key.label()), success -> Answers.key(Answers.object(call, success)));
  }

  private static String lookFor(String label) {
    return "look whether key '" + label + "' exists before you try again";
  }

  @Override
  public List<String> listKeys() throws HsmException {
    Call call = Call.get("list keys", "/v1/key", ApiKeyRole.KEY_MANAGEMENT);
    return Answers.texts(call, calls.execute(call));
  }

  @Override
  public KeyDescription readKey(String label, @Nullable Secret password) throws HsmException {
    Call call =
        Call.repeatable(
            "read key '" + label + "'",
            "/v1/key/attributes",
            ApiKeyRole.KEY_MANAGEMENT,
            RequestBodies.labelled(label, password));
    return Answers.key(Answers.object(call, calls.execute(call)));
  }

  @Override
  public void deleteKey(String label, @Nullable Secret password) throws HsmException {
    String description = "delete key '" + label + "'";
    try {
      calls.execute(
          Call.once(
              description,
              "/v1/key/deleteKey",
              ApiKeyRole.KEY_MANAGEMENT,
              RequestBodies.labelled(label, password)));
    } catch (HsmResponseException e) {
      // Older services know the other form alone, and answer this one without an error code.
      if (e.error().code() != 0 || e.status() != 404 && e.status() != 405) {
        throw e;
      }
      calls.execute(
          Call.delete(description, "/v1/key/" + PathSegment.of(label), ApiKeyRole.KEY_MANAGEMENT));
    }
  }

  @Override
  public void importKey(ImportedKey key) throws HsmException {
    String description = "import '" + key.label() + "'";
    Map<String, Object> body = RequestBodies.importedKey(key);
    // A certificate replaces one of the same name, so twice is no harm; a private key does not.
    if (key.privateKey() == null) {
      calls.execute(Call.repeatable(description, IMPORT, ApiKeyRole.KEY_MANAGEMENT, body));
      return;
    }
    Creation.run(
        calls,
        Call.once(description, IMPORT, ApiKeyRole.KEY_MANAGEMENT, body),
        lookFor(key.label()),
        success -> success);
  }

  @Override
  public SignAnswer sign(SignRequest request) throws HsmException {
    Call call =
        Call.repeatable(
            "sign with key '" + request.keyName() + "'",
            "/v1/synchronousSign",
            ApiKeyRole.KEY_OPERATION,
            RequestBodies.sign(request, null));
    try (KeyTurns.Turn turn = turns.take(request.keyName(), signTimeout)) {
      CallExecutor.Success success = calls.execute(call.within(turn.left()));
      return new SignAnswer(Answers.signature(Answers.object(call, success)), success.status());
    }
  }

  @Override
  public String submitSign(SignRequest request, RequestMetadata metadata) throws HsmException {
    return requests.submit(
        "request to sign with key '" + request.keyName() + "'",
        "/v1/sign",
        RequestBodies.sign(request, metadata));
  }

  @Override
  public Octets selfSign(SelfSignCertificateRequest request) throws HsmException {
    return certificates.selfSign(request);
  }

  @Override
  public String submitSelfSign(SelfSignCertificateRequest request, RequestMetadata metadata)
      throws HsmException {
    return certificates.submitSelfSign(request, metadata);
  }

  @Override
  public Octets requestCsr(CsrRequest request) throws HsmException {
    return certificates.requestCsr(request);
  }

  @Override
  public String submitCsr(CsrRequest request, RequestMetadata metadata) throws HsmException {
    return certificates.submitCsr(request, metadata);
  }

  @Override
  public Octets issueCertificate(IssueCertificateRequest request) throws HsmException {
    return certificates.issue(request);
  }

  @Override
  public String submitIssueCertificate(IssueCertificateRequest request, RequestMetadata metadata)
      throws HsmException {
    return certificates.submitIssue(request, metadata);
  }

  @Override
  public void importCertificate(String label, Octets certificate) throws HsmException {
    calls.execute(
        Call.repeatable(
            "import the certificate of key '" + label + "'",
            "/v1/certificate/import/plain",
            ApiKeyRole.CERTIFICATE,
            Map.of("label", label, "certificate", certificate.toBase64())));
  }

  @Override
  public Optional<Octets> readCertificate(String label) throws HsmException {
    Call call =
        Call.get(
            "read the certificate of '" + label + "'",
            "/v1/certificate/" + PathSegment.of(label),
            ApiKeyRole.CERTIFICATE);
    try {
      return Optional.of(Answers.certificate(Answers.object(call, calls.execute(call))));
    } catch (UnknownKeyException e) {
      return Optional.empty();
    } catch (HsmResponseException e) {
      // A key that only has the HSM's placeholder (contract 2.3.7, U9).
      if (e.error().code() == 402) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void deleteCertificate(String label) throws HsmException {
    calls.execute(
        Call.delete(
            "delete the certificate of '" + label + "'",
            "/v1/certificate/" + PathSegment.of(label),
            ApiKeyRole.CERTIFICATE));
  }

  @Override
  public RequestStatus readRequest(String requestId) throws HsmException {
    return requests.read(requestId);
  }

  @Override
  public void cancelRequest(String requestId) throws HsmException {
    requests.cancel(requestId);
  }

  @Override
  public List<RequestSummary> listRequests(Set<RequestState> states) throws HsmException {
    return requests.list(states);
  }

  @Override
  public Optional<URI> scanRequests(RequestQuery query, Consumer<RequestSummary> each)
      throws HsmException {
    return Optional.of(requests.scan(query, () -> {}, each));
  }

  @Override
  public ServiceVersion version() throws HsmException {
    Call call = Call.get("read the version", "/v1/versionInfo", ApiKeyRole.SERVICE);
    return new ServiceVersion(Answers.object(call, calls.execute(call)).text("Version"));
  }

  @Override
  public void close() {
    transport.close();
  }
}
