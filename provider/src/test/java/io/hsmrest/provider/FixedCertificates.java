package io.hsmrest.provider;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Certificates in memory in the place of a partition, and what downloads would bring. */
final class FixedCertificates implements HsmCertificateSource {
  private final List<X509Certificate> held;
  private final Map<X509Certificate, X509Certificate> downloads = new HashMap<>();
  private final List<X509Certificate> downloaded = new ArrayList<>();

  FixedCertificates(List<X509Certificate> held) {
    this.held = List.copyOf(held);
  }

  static FixedCertificates of(X509Certificate... held) {
    return new FixedCertificates(List.of(held));
  }

  FixedCertificates offering(X509Certificate child, X509Certificate issuer) {
    downloads.put(child, issuer);
    return this;
  }

  /** For which certificates a download was tried. */
  List<X509Certificate> downloaded() {
    return downloaded;
  }

  @Override
  public List<X509Certificate> certificates() {
    return held;
  }

  @Override
  public List<X509Certificate> download(X509Certificate child) {
    downloaded.add(child);
    X509Certificate issuer = downloads.get(child);
    return issuer == null ? List.of() : List.of(issuer);
  }
}
