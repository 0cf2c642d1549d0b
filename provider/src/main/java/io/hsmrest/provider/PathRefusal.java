package io.hsmrest.provider;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells why one path that ends at a trust anchor is not valid for the caller. */
final class PathRefusal {
  private PathRefusal() {}

  /**
   * The reason, empty where there is none.
   *
   * @param path target first, without the anchor
   * @param anchor the issuer of the path's last certificate
   */
  static String of(
      List<X509Certificate> path, TrustAnchor anchor, PKIXBuilderParameters parameters) {
    int most = parameters.getMaxPathLength();
    long intermediates = path.stream().skip(1).filter(c -> !isSelfIssued(c)).count();
    if (most >= 0 && intermediates > most) {
      return "the path over '"
          + PathFailure.name(path.get(path.size() - 1))
          + "' has "
          + intermediates
          + " intermediate certificates, and the caller allows "
          + most;
    }
    try {
      PKIXParameters copy = (PKIXParameters) parameters.clone();
      // Checkers have a state; these are copies of their own.
      copy.setCertPathCheckers(parameters.getCertPathCheckers());
      copy.setTrustAnchors(Set.of(anchor));
      CertPathValidator.getInstance("PKIX", JdkEngines.provider("SUN"))
          .validate(
              CertificateFactory.getInstance("X.509", JdkEngines.provider("SUN"))
                  .generateCertPath(path),
              copy);
      return anchor(anchor.getTrustedCert(), parameters.getDate());
    } catch (CertPathValidatorException e) {
      int index = e.getIndex();
      return "'"
          + PathFailure.name(path.get(index < 0 ? 0 : index))
          + "' was refused: "
          + e.getMessage()
          + detail(e.getCause(), e.getMessage());
    } catch (GeneralSecurityException e) {
      return "the path cannot be validated: " + e.getMessage();
    }
  }

  /** The JDK's builder asks more of an anchor than its validator does. */
  private static String anchor(@Nullable X509Certificate anchor, @Nullable Date date) {
    if (anchor == null) {
      return "";
    }
    String refused = "trust anchor '" + PathFailure.name(anchor) + "' was refused";
    try {
      if (date == null) {
        anchor.checkValidity();
      } else {
        anchor.checkValidity(date);
      }
      return anchor.getBasicConstraints() < 0 ? refused + ": it is no CA certificate" : refused;
    } catch (CertificateException e) {
      return refused + ": validity check failed (" + e.getMessage() + ")";
    }
  }

  private static String detail(@Nullable Throwable cause, @Nullable String message) {
    String more = cause == null ? null : cause.getMessage();
    return more == null || message != null && message.contains(more) ? "" : " (" + more + ")";
  }

  private static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }
}
