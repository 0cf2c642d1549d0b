package io.hsmrest.client.rest;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.RequestQuery;
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
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connection pool at the first call: a JVM that only lists its providers, or only asks
 * for a key store type, loads no HTTP and no JSON classes. The pool is closed when nobody holds
 * this object any more, for whoever does not close it. Thread-safe.
 */
final class LazyHsmClient implements HsmClient {

  /** Opens the client behind this one. */
  @FunctionalInterface
  interface Opener {
    HsmClient open() throws HsmException;
  }

  private static final Cleaner CLEANER = Cleaner.create();

  private final Connection connection;

  LazyHsmClient(Opener opener) {
    this.connection = new Connection(opener);
    CLEANER.register(this, connection);
  }

  /** What is closed in the end; knows nothing of the client that it is for. */
  private static final class Connection implements Runnable {
    private final Opener opener;
    private @Nullable HsmClient opened;
    private boolean closed;

    Connection(Opener opener) {
      this.opener = opener;
    }

    synchronized HsmClient client() throws HsmException {
      if (closed) {
        throw new HsmConnectionException("the client was closed", 0, false, null);
      }
      HsmClient client = opened;
      if (client == null) {
        // The JDK classes that TLS is set up with may look for providers: ours has to stay silent.
        client = OwnCalls.mark(opener::open);
        opened = client;
      }
      return client;
    }

    @Override
    public synchronized void run() {
      closed = true;
      if (opened != null) {
        opened.close();
        opened = null;
      }
    }
  }

  @FunctionalInterface
  private interface Use<T> {
    T of(HsmClient client) throws HsmException;
  }

  @FunctionalInterface
  private interface Action {
    void on(HsmClient client) throws HsmException;
  }

  /** Whoever calls may hold nothing of this any more: it has to stay until the call is over. */
  private <T> T call(Use<T> use) throws HsmException {
    try {
      return use.of(connection.client());
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private void run(Action action) throws HsmException {
    try {
      action.on(connection.client());
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public KeyDescription createKey(NewKey key) throws HsmException {
    return call(client -> client.createKey(key));
  }

  @Override
  public List<String> listKeys() throws HsmException {
    return call(client -> client.listKeys());
  }

  @Override
  public KeyDescription readKey(String label, @Nullable Secret password) throws HsmException {
    return call(client -> client.readKey(label, password));
  }

  @Override
  public void deleteKey(String label, @Nullable Secret password) throws HsmException {
    run(client -> client.deleteKey(label, password));
  }

  @Override
  public void importKey(ImportedKey key) throws HsmException {
    run(client -> client.importKey(key));
  }

  @Override
  public SignAnswer sign(SignRequest request) throws HsmException {
    return call(client -> client.sign(request));
  }

  @Override
  public String submitSign(SignRequest request, RequestMetadata metadata) throws HsmException {
    return call(client -> client.submitSign(request, metadata));
  }

  @Override
  public Octets selfSign(SelfSignCertificateRequest request) throws HsmException {
    return call(client -> client.selfSign(request));
  }

  @Override
  public String submitSelfSign(SelfSignCertificateRequest request, RequestMetadata metadata)
      throws HsmException {
    return call(client -> client.submitSelfSign(request, metadata));
  }

  @Override
  public Octets requestCsr(CsrRequest request) throws HsmException {
    return call(client -> client.requestCsr(request));
  }

  @Override
  public String submitCsr(CsrRequest request, RequestMetadata metadata) throws HsmException {
    return call(client -> client.submitCsr(request, metadata));
  }

  @Override
  public Octets issueCertificate(IssueCertificateRequest request) throws HsmException {
    return call(client -> client.issueCertificate(request));
  }

  @Override
  public String submitIssueCertificate(IssueCertificateRequest request, RequestMetadata metadata)
      throws HsmException {
    return call(client -> client.submitIssueCertificate(request, metadata));
  }

  @Override
  public void importCertificate(String label, Octets certificate) throws HsmException {
    run(client -> client.importCertificate(label, certificate));
  }

  @Override
  public Optional<Octets> readCertificate(String label) throws HsmException {
    return call(client -> client.readCertificate(label));
  }

  @Override
  public void deleteCertificate(String label) throws HsmException {
    run(client -> client.deleteCertificate(label));
  }

  @Override
  public RequestStatus readRequest(String requestId) throws HsmException {
    return call(client -> client.readRequest(requestId));
  }

  @Override
  public void cancelRequest(String requestId) throws HsmException {
    run(client -> client.cancelRequest(requestId));
  }

  @Override
  public List<RequestSummary> listRequests(Set<RequestState> states) throws HsmException {
    return call(client -> client.listRequests(states));
  }

  @Override
  public Optional<URI> scanRequests(RequestQuery query, Consumer<RequestSummary> each)
      throws HsmException {
    return call(client -> client.scanRequests(query, each));
  }

  @Override
  public ServiceVersion version() throws HsmException {
    return call(client -> client.version());
  }

  @Override
  public void close() {
    connection.run();
  }
}
