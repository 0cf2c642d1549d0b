package io.hsmrest.provider;

import io.hsmrest.client.HsmException;
import io.hsmrest.keystore.ConfigurationSource;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CRL;
import java.security.cert.CRLSelector;
import java.security.cert.CertSelector;
import java.security.cert.CertStoreException;
import java.security.cert.CertStoreParameters;
import java.security.cert.CertStoreSpi;
import java.security.cert.Certificate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of the partition for code that takes a {@code CertStore}; it holds no CRLs. Read
 * when asked for, and kept for {@code keys.cacheTtl}. Thread-safe.
 */
final class HsmCertStoreSpi extends CertStoreSpi {
  private final HsmCertificateSource certificates;

  HsmCertStoreSpi(HsmCertificateSource certificates) throws InvalidAlgorithmParameterException {
    super(null);
    this.certificates = certificates;
  }

  /** The configuration is the provider's; there are no parameters. */
  static HsmCertStoreSpi create(ConfigurationSource source, @Nullable Object parameters)
      throws NoSuchAlgorithmException {
    try {
      if (parameters instanceof CertStoreParameters) {
        throw new InvalidAlgorithmParameterException(
            "a CertStore of type HsmRest takes no parameters; its configuration is the provider's");
      }
      return new HsmCertStoreSpi(HsmCertificateSource.of(source));
    } catch (InvalidAlgorithmParameterException e) {
      // CertStore.getInstance unpacks this cause and throws it as it is.
      throw new NoSuchAlgorithmException(e.getMessage(), e);
    }
  }

  @Override
  public Collection<? extends Certificate> engineGetCertificates(@Nullable CertSelector selector)
      throws CertStoreException {
    try {
      return certificates.certificates().stream()
          .filter(certificate -> selector == null || selector.match(certificate))
          .toList();
    } catch (HsmException e) {
      throw new CertStoreException(e.getMessage(), e);
    }
  }

  @Override
  public Collection<? extends CRL> engineGetCRLs(@Nullable CRLSelector selector) {
    return List.of();
  }
}
