package io.hsmrest.client;

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
import io.hsmrest.client.model.SignRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connection pool at the first call: a JVM that only lists its providers, or only asks
 * for a key store type, loads no HTTP and no JSON classes. Thread-safe.
 */
final class LazyHsmClient implements HsmClient {

  /** Opens the client behind this one. */
  @FunctionalInterface
  interface Opener {
    HsmClient open() throws HsmException;
  }

  private final Opener opener;
  private @Nullable HsmClient opened;
  private boolean closed;

  LazyHsmClient(Opener opener) {
    this.opener = opener;
  }

  private synchronized HsmClient client() throws HsmException {
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
  public KeyDescription createKey(NewKey key) throws HsmException {
    return client().createKey(key);
  }

  @Override
  public List<String> listKeys() throws HsmException {
    return client().listKeys();
  }

  @Override
  public KeyDescription readKey(String label, @Nullable Secret password) throws HsmException {
    return client().readKey(label, password);
  }

  @Override
  public void deleteKey(String label, @Nullable Secret password) throws HsmException {
    client().deleteKey(label, password);
  }

  @Override
  public void importKey(ImportedKey key) throws HsmException {
    client().importKey(key);
  }

  @Override
  public Octets sign(SignRequest request) throws HsmException {
    return client().sign(request);
  }

  @Override
  public String submitSign(SignRequest request, RequestMetadata metadata) throws HsmException {
    return client().submitSign(request, metadata);
  }

  @Override
  public Octets selfSign(SelfSignCertificateRequest request) throws HsmException {
    return client().selfSign(request);
  }

  @Override
  public String submitSelfSign(SelfSignCertificateRequest request, RequestMetadata metadata)
      throws HsmException {
    return client().submitSelfSign(request, metadata);
  }

  @Override
  public Octets requestCsr(CsrRequest request) throws HsmException {
    return client().requestCsr(request);
  }

  @Override
  public String submitCsr(CsrRequest request, RequestMetadata metadata) throws HsmException {
    return client().submitCsr(request, metadata);
  }

  @Override
  public Octets issueCertificate(IssueCertificateRequest request) throws HsmException {
    return client().issueCertificate(request);
  }

  @Override
  public String submitIssueCertificate(IssueCertificateRequest request, RequestMetadata metadata)
      throws HsmException {
    return client().submitIssueCertificate(request, metadata);
  }

  @Override
  public void importCertificate(String label, Octets certificate) throws HsmException {
    client().importCertificate(label, certificate);
  }

  @Override
  public Optional<Octets> readCertificate(String label) throws HsmException {
    return client().readCertificate(label);
  }

  @Override
  public void deleteCertificate(String label) throws HsmException {
    client().deleteCertificate(label);
  }

  @Override
  public RequestStatus readRequest(String requestId) throws HsmException {
    return client().readRequest(requestId);
  }

  @Override
  public void cancelRequest(String requestId) throws HsmException {
    client().cancelRequest(requestId);
  }

  @Override
  public List<RequestSummary> listRequests(Set<RequestState> states) throws HsmException {
    return client().listRequests(states);
  }

  @Override
  public ServiceVersion version() throws HsmException {
    return client().version();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
