package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.Octets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The service made a certificate or CSR, and it is not what was asked for. What was made is inside,
 * and a self-signed certificate is attached to its key all the same; whoever takes it as it is
 * calls the form of the method that returns a report.
 */
public final class CertificateDiffersException extends HsmException {
  private static final long serialVersionUID = 1L;

  private final transient List<CertificateDifference> differences;
  private final transient Octets made;

  CertificateDiffersException(String what, List<CertificateDifference> differences, Octets made) {
    super(
        what
            + " is not what was asked for: "
            + differences.stream()
                .map(CertificateDifference::toString)
                .collect(Collectors.joining("; "))
            + ". The ...WithReport form of this call takes it as it is",
        null);
    this.differences = List.copyOf(differences);
    this.made = made;
  }

  /** In what it differs; at least one. */
  public List<CertificateDifference> differences() {
    return differences;
  }

  /** What was made: a certificate or CSR, DER. */
  public byte[] made() {
    return made.toByteArray();
  }
}
