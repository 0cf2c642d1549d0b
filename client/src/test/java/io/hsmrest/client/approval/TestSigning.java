package io.hsmrest.client.approval;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.SignRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An operation whose result is its own exactly when it begins with its payload. */
class TestSigning implements ApprovedOperation<String> {
  /** Where requests are created. */
  @FunctionalInterface
  interface Service {
    String submitSign(SignRequest request, RequestMetadata metadata) throws HsmException;
  }

  private final Service service;
  private final Octets payload;

  TestSigning(Service service, Octets payload) {
    this.service = service;
    this.payload = payload;
  }

  static Octets payload(String text) {
    return Octets.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<String> runDirectly() {
    return Optional.empty();
  }

  @Override
  public PendingApproval pending(String requestId) {
    return new PendingApproval(requestId, "k", "sign", null);
  }

  @Override
  public String submit() throws HsmException {
    return service.submitSign(
        new SignRequest("k", null, "SHA256_WITH_RSA", null, payload), RequestMetadata.none());
  }

  @Override
  public String read(RequestStatus executed) throws HsmException {
    String result = executed.result();
    if (result == null) {
      throw new HsmProtocolException("request " + executed.id() + " carries no result", null);
    }
    return result;
  }

  @Override
  public boolean isOurs(String result) {
    return result.startsWith(payload.toBase64() + ":");
  }

  @Override
  public String identity() {
    return "sign\nk\n" + payload.toBase64();
  }
}
