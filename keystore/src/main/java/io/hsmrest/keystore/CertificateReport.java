package io.hsmrest.keystore;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate that the service made, and in what it differs from what was asked for: releases up
 * to 2.2 put no requested extensions into the certificates they issue (contract 2.3.4), and any
 * release may surprise. Its key and its signature are right in any case; they are checked first.
 *
 * @param certificate as the service made it
 * @param differences empty when it is what was asked for
 */
public record CertificateReport(
    X509Certificate certificate, List<CertificateDifference> differences) {

  /** Copies the list. */
  public CertificateReport {
    differences = List.copyOf(differences);
  }

  /** Whether it is what was asked for. */
  public boolean isAsAsked() {
    return differences.isEmpty();
  }
}
