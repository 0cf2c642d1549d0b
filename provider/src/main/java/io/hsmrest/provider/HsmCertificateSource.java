package io.hsmrest.provider;

import io.hsmrest.client.HsmException;
import io.hsmrest.keystore.ConfigurationSource;
import io.hsmrest.keystore.HsmSession;
import java.security.cert.X509Certificate;
import java.util.List;

/** Where the certificates for path building come from. */
interface HsmCertificateSource {

  /** Every certificate of the partition and of {@code chain.file}. */
  List<X509Certificate> certificates() throws HsmException;

  /** Issuers of {@code child} from the address inside it; none unless {@code chain.aia} is on. */
  List<X509Certificate> download(X509Certificate child) throws HsmException;

  /** The partition of a configuration, which is read at the first use. */
  static HsmCertificateSource of(ConfigurationSource source) {
    return new HsmCertificateSource() {
      @Override
      public List<X509Certificate> certificates() throws HsmException {
        return HsmSession.open(source.read(), null).certificates();
      }

      @Override
      public List<X509Certificate> download(X509Certificate child) throws HsmException {
        return HsmSession.open(source.read(), null).downloadIssuers(child);
      }
    };
  }
}
