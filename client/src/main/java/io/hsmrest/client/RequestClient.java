package io.hsmrest.client;

import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.RequestSummary;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What becomes of requests that people approve: all that those need who wait for them. Section
 * numbers are those of the contract; threads, blocking, errors and interrupts are as {@link
 * HsmClient} says.
 */
public interface RequestClient extends AutoCloseable {

  /**
   * Looks at a request (2.4.1). Asked at the endpoint that issued it first, then at the others.
   *
   * @throws UnknownRequestException when the service does not know the id
   */
  RequestStatus readRequest(String requestId) throws HsmException;

  /** Withdraws a request (2.4.2); one that is finished or gone already is no error. */
  void cancelRequest(String requestId) throws HsmException;

  /** Ids and states of the requests that are in one of these states (2.4.3). */
  List<RequestSummary> listRequests(Set<RequestState> states) throws HsmException;

  /**
   * The same, one after the other while the list arrives, so that a long one takes no memory here.
   *
   * @param each takes each of them, some twice: after an answer that broke off another one begins
   * @return who answered, when that is known
   */
  default Optional<URI> scanRequests(RequestQuery query, Consumer<RequestSummary> each)
      throws HsmException {
    listRequests(query.states()).forEach(each);
    return Optional.empty();
  }

  /** Closes connections; idempotent. */
  @Override
  void close();
}
