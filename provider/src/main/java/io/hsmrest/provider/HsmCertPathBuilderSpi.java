package io.hsmrest.provider;

import io.hsmrest.client.HsmException;
import io.hsmrest.keystore.ConfigurationSource;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathBuilderResult;
import java.security.cert.CertPathBuilderSpi;
import java.security.cert.CertPathChecker;
import java.security.cert.CertPathParameters;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds certification paths out of the certificates in the HSM: adds them to the caller's
 * parameters and hands building and validation (RFC 5280 6) to the JDK's own builder. Trust anchors
 * are the caller's and nobody else's. A failure says where the path breaks off, or why a candidate
 * was refused. Thread-safe.
 */
final class HsmCertPathBuilderSpi extends CertPathBuilderSpi {
  /** Certificates downloaded for one path, where {@code chain.aia} is on. */
  private static final int MOST_DOWNLOADS = 5;

  private final HsmCertificateSource source;

  HsmCertPathBuilderSpi(ConfigurationSource source) {
    this(HsmCertificateSource.of(source));
  }

  HsmCertPathBuilderSpi(HsmCertificateSource source) {
    this.source = source;
  }

  @Override
  public CertPathBuilderResult engineBuild(@Nullable CertPathParameters given)
      throws CertPathBuilderException, InvalidAlgorithmParameterException {
    if (!(given instanceof PKIXBuilderParameters parameters)) {
      throw new InvalidAlgorithmParameterException(
          "HsmRest builds paths for PKIXBuilderParameters, not for "
              + (given == null ? "null" : given.getClass().getSimpleName()));
    }
    try {
      List<X509Certificate> held = new ArrayList<>(source.certificates());
      int downloads = 0;
      while (true) {
        try {
          return JdkEngines.pathBuilder().build(with(parameters, held));
        } catch (CertPathBuilderException e) {
          PathFailure failure = new PathFailure(parameters, held);
          List<X509Certificate> found = download(failure, MOST_DOWNLOADS - downloads);
          if (found.isEmpty()) {
            throw new CertPathBuilderException(e.getMessage() + failure.explanation(), e);
          }
          downloads += found.size();
          held.addAll(found);
        }
      }
    } catch (HsmException e) {
      throw new CertPathBuilderException(e.getMessage(), e);
    }
  }

  /** Issuers that were missing, so that another look is worth it. */
  private List<X509Certificate> download(PathFailure failure, int most) throws HsmException {
    List<X509Certificate> found = new ArrayList<>();
    for (X509Certificate child : failure.withoutIssuer()) {
      found.addAll(source.download(child));
    }
    return found.stream().distinct().limit(most).toList();
  }

  private static PKIXBuilderParameters with(
      PKIXBuilderParameters parameters, List<X509Certificate> held)
      throws InvalidAlgorithmParameterException {
    PKIXBuilderParameters extended = (PKIXBuilderParameters) parameters.clone();
    try {
      extended.addCertStore(
          CertStore.getInstance(
              "Collection", new CollectionCertStoreParameters(held), JdkEngines.provider("SUN")));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no certificate store", e);
    }
    return extended;
  }

  @Override
  public CertPathChecker engineGetRevocationChecker() {
    try {
      return JdkEngines.pathBuilder().getRevocationChecker();
    } catch (CertPathBuilderException e) {
      throw new UnsupportedOperationException(e.getMessage(), e);
    }
  }
}
