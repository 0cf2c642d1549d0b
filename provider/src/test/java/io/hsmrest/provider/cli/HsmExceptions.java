package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.UnknownRequestException;
import io.hsmrest.client.UnknownTaskException;
import io.hsmrest.client.model.ServiceError;

/** What the client makes of failures. */
final class HsmExceptions {
  private HsmExceptions() {}

  /** No answer at all. */
  static HsmException noAnswer(String message) {
    return new HsmConnectionException(message, 1, true, null);
  }

  /** A refusal without an error code; no answer for the status 0. */
  static HsmException of(int status) {
    return status == 0 ? noAnswer("no answer") : of(status, 0);
  }

  static HsmException of(int status, int code) {
    return new HsmResponseException("asking", status, new ServiceError(code, "", ""));
  }

  /** What was asked about is no id. */
  static HsmException noId() {
    return new UnknownRequestException("asking", 400, new ServiceError(609, "", ""));
  }

  static HsmException goneTask() {
    return new UnknownTaskException("asking", 404, new ServiceError(652, "", ""));
  }
}
