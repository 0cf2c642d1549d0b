package io.hsmrest.keystore;

import io.hsmrest.client.model.Octets;
import java.util.List;

/**
 * A CSR that the service made, and in what it differs from what was asked for. Its key and its
 * signature are right in any case; they are checked first.
 *
 * @param csr PKCS#10, DER
 * @param differences empty when it is what was asked for
 */
public record CsrReport(Octets csr, List<CertificateDifference> differences) {

  /** Copies the list. */
  public CsrReport {
    differences = List.copyOf(differences);
  }

  /** Whether it is what was asked for. */
  public boolean isAsAsked() {
    return differences.isEmpty();
  }
}
