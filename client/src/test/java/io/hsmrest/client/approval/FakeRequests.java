package io.hsmrest.client.approval;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.RequestSummary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** A service that knows one request: looks are answered in turn, the last answer stays. */
final class FakeRequests implements RequestClient {

  /** What one look brings. */
  @FunctionalInterface
  interface Look {
    RequestStatus at(String id) throws HsmException;
  }

  /** What a cancellation brings. */
  @FunctionalInterface
  interface Cancellation {
    void of(String id) throws HsmException;
  }

  private final Deque<Look> looks = new ArrayDeque<>();
  private final List<String> cancelled = new ArrayList<>();
  private Cancellation cancellation = id -> {};
  private int looked;

  FakeRequests then(Look look) {
    looks.add(look);
    return this;
  }

  FakeRequests then(RequestStatus status) {
    return then(id -> status);
  }

  FakeRequests onCancel(Cancellation newCancellation) {
    this.cancellation = newCancellation;
    return this;
  }

  int looked() {
    return looked;
  }

  synchronized List<String> cancelled() {
    return List.copyOf(cancelled);
  }

  /** The same as soon as one has been cancelled: who gives up waits for that only a moment. */
  synchronized List<String> awaitCancelled() {
    try {
      while (cancelled.isEmpty()) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return List.copyOf(cancelled);
  }

  @Override
  public RequestStatus readRequest(String id) throws HsmException {
    looked++;
    Look look = looks.size() > 1 ? looks.remove() : looks.element();
    return look.at(id);
  }

  @Override
  public void cancelRequest(String id) throws HsmException {
    try {
      cancellation.of(id);
    } finally {
      synchronized (this) {
        cancelled.add(id);
        notifyAll();
      }
    }
  }

  @Override
  public List<RequestSummary> listRequests(Set<RequestState> states) {
    throw new AssertionError("lists are not expected");
  }

  @Override
  public void close() {
    throw new AssertionError("whoever waits does not close what others use");
  }

  static RequestStatus status(String state) {
    return status(state, List.of(), List.of(), List.of());
  }

  static RequestStatus status(
      String state, List<Octets> approved, List<Octets> open, List<Octets> rejected) {
    return new RequestStatus(
        "r1", RequestState.of(state), state, null, approved, open, rejected, null);
  }

  static RequestStatus executed(String result) {
    return new RequestStatus(
        "r1", RequestState.EXECUTED, "EXECUTED", null, List.of(), List.of(), List.of(), result);
  }
}
