package io.hsmrest.keystore;

import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.InsufficientApprovalsException;
import io.hsmrest.client.KeyExistsException;
import io.hsmrest.client.KeyPasswordException;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.UnknownKeyException;
import io.hsmrest.client.model.ServiceError;

/** Refusals as the service sends them (contract 4.3), for fakes of the client. */
final class Refusal {
  private Refusal() {}

  /** 650, HTTP 404. */
  static HsmException unknownKey(String label) {
    return new UnknownKeyException(
        "read key '" + label + "'",
        404,
        new ServiceError(
            650,
            "res.error.key.not.existent",
            "A key with the name '" + label + "' does not exist."));
  }

  /** 608, HTTP 400. */
  static HsmException keyExists(String label) {
    return new KeyExistsException(
        "create key '" + label + "'",
        400,
        new ServiceError(
            608,
            "res.error.key.already.existing",
            "Could not create key. The key name is already in use."));
  }

  /** 620, HTTP 400. */
  static HsmException wrongPassword(String label) {
    return new KeyPasswordException(
        "read key '" + label + "'",
        400,
        new ServiceError(
            620,
            "res.error.key.password.mismatch",
            "Key password mismatch for key '" + label + "'."));
  }

  /** 631, HTTP 401. */
  static HsmException wrongApiKey(String operation) {
    return new AuthenticationException(
        operation, 401, new ServiceError(631, "res.error.invalid.api.key", "Invalid API key."));
  }

  /** 701, HTTP 500. */
  static HsmException inHsm(String operation, String message) {
    return new HsmResponseException(
        operation, 500, new ServiceError(701, "res.error.in.hsm", message));
  }

  /** What a key that people approve answers to those who do not ask them. */
  static HsmResponseException insufficientApprovals(String operation) {
    return new InsufficientApprovalsException(
        operation,
        500,
        new ServiceError(701, "res.error.in.hsm", "Provided approvals are insufficient."));
  }

  /** What a gateway in front of a service that is down answers. */
  static HsmException badGateway(String operation) {
    return new HsmResponseException(operation, 502, ServiceError.NONE);
  }

  /** A creation whose answer was lost. */
  static HsmException lostAnswer(String operation) {
    return RequestOutcomeUnknownException.ifMaybeExecuted(
        new HsmConnectionException(operation + ": the answer was lost", 1, true, null),
        "look at the open requests");
  }

  /** No answer at all. */
  static HsmException noConnection(String operation) {
    return new HsmConnectionException(operation + ": connection refused", 1, false, null);
  }
}
