package io.hsmrest.provider;

import io.hsmrest.client.HsmException;
import io.hsmrest.keystore.ConfigurationSource;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathBuilderResult;
import java.security.cert.CertPathBuilderSpi;
import java.security.cert.CertPathChecker;
import java.security.cert.CertPathParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Builds certification paths out of the certificates in the HSM: adds them to the caller's
 * parameters and hands building and validation (RFC 5280 6) to the JDK's own builder. Trust anchors
 * are the caller's and nobody else's. Thread-safe.
 */
final class HsmCertPathBuilderSpi extends CertPathBuilderSpi {
  private final HsmCertificateSource certificates;

  HsmCertPathBuilderSpi(ConfigurationSource source) {
    this.certificates = new HsmCertificateSource(source);
  }

  @Override
  public CertPathBuilderResult engineBuild(CertPathParameters given)
      throws CertPathBuilderException, InvalidAlgorithmParameterException {
    if (!(given instanceof PKIXBuilderParameters parameters)) {
      throw new InvalidAlgorithmParameterException(
          "HsmRest builds paths for PKIXBuilderParameters, not for "
              + (given == null ? "null" : given.getClass().getSimpleName()));
    }
    List<X509Certificate> held;
    try {
      held = certificates.certificates();
    } catch (HsmException e) {
      throw new CertPathBuilderException(e.getMessage(), e);
    }
    PKIXBuilderParameters extended = (PKIXBuilderParameters) parameters.clone();
    extended.addCertStore(HsmCertificateSource.store(held));
    CertPathBuilder jdk = JdkEngines.pathBuilder();
    try {
      return jdk.build(extended);
    } catch (CertPathBuilderException e) {
      throw new CertPathBuilderException(e.getMessage() + missing(parameters, held), e);
    }
  }

  /** Names the first certificate on the way up whose issuer is neither here nor an anchor. */
  private static String missing(PKIXBuilderParameters parameters, List<X509Certificate> held) {
    if (!(parameters.getTargetCertConstraints() instanceof X509CertSelector selector)
        || selector.getCertificate() == null) {
      return "";
    }
    return MissingIssuer.above(selector.getCertificate(), held, parameters.getTrustAnchors())
        .map(
            child ->
                "; no certificate of '"
                    + child.getIssuerX500Principal()
                    + "', the issuer of '"
                    + child.getSubjectX500Principal()
                    + "', is in the partition, in chain.file or among the trust anchors")
        .orElse("");
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
