package io.hsmrest.client.rest;

import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.RequestOutcomeUnknownException;

/** A call that creates something once, and whose answer says what. */
final class Creation {
  private Creation() {}

  /** What the service's answer says was created. */
  @FunctionalInterface
  interface Reader<T> {
    T read(CallExecutor.Success success) throws HsmProtocolException;
  }

  /**
   * Sends it once. A success that is cut, garbled or not the service's is a lost answer like any
   * other: something may have been created.
   *
   * @param advice where to look for what may have been created
   */
  static <T> T run(CallExecutor calls, Call call, String advice, Reader<T> reader)
      throws HsmException {
    try {
      CallExecutor.Success success = calls.execute(call);
      try {
        return reader.read(success);
      } catch (HsmProtocolException e) {
        throw new HsmConnectionException(
            call.description() + " failed: " + e.getMessage(), 1, true, success.endpoint(), e);
      }
    } catch (HsmConnectionException e) {
      throw RequestOutcomeUnknownException.ifMaybeExecuted(e, advice);
    }
  }
}
