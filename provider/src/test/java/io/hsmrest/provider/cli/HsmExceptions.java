package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.UnknownTaskException;
import io.hsmrest.client.model.ServiceError;
import java.lang.reflect.Constructor;

/** Failures that only the client makes. */
final class HsmExceptions {
  private HsmExceptions() {}

  /** No answer at all. */
  static HsmException noAnswer(String message) {
    return make(
        HsmConnectionException.class,
        new Class<?>[] {String.class, int.class, boolean.class, Throwable.class},
        message,
        1,
        true,
        null);
  }

  /** A refusal without an error code; no answer for the status 0. */
  static HsmException of(int status) {
    return status == 0 ? noAnswer("no answer") : of(status, 0);
  }

  static HsmException of(int status, int code) {
    return refusal(HsmResponseException.class, status, code);
  }

  static HsmException goneTask() {
    return refusal(UnknownTaskException.class, 404, 652);
  }

  private static HsmException refusal(
      Class<? extends HsmResponseException> type, int status, int code) {
    return make(
        type,
        new Class<?>[] {String.class, int.class, ServiceError.class},
        "asking",
        status,
        new ServiceError(code, "", ""));
  }

  private static <T extends HsmException> T make(
      Class<T> type, Class<?>[] parameters, Object... arguments) {
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
