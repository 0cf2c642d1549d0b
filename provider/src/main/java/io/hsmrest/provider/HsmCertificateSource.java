package io.hsmrest.provider;

import io.hsmrest.client.HsmException;
import io.hsmrest.keystore.ConfigurationSource;
import io.hsmrest.keystore.HsmSession;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.X509Certificate;
import java.util.List;

/** Every certificate of the partition and of {@code chain.file}, for path building. */
final class HsmCertificateSource {
  private final ConfigurationSource source;

  HsmCertificateSource(ConfigurationSource source) {
    this.source = source;
  }

  List<X509Certificate> certificates() throws HsmException {
    return HsmSession.open(source.read(), null).certificates();
  }

  /** The same as one of the JDK's stores, filled once. */
  static CertStore store(List<X509Certificate> certificates) {
    try {
      return CertStore.getInstance(
          "Collection",
          new CollectionCertStoreParameters(certificates),
          JdkEngines.provider("SUN"));
    } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("this Java has no certificate store", e);
    }
  }
}
