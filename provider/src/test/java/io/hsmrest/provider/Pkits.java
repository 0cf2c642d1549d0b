package io.hsmrest.provider;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The NIST Public Key Interoperability Test Suite; see the README beside its data. */
final class Pkits {
  private final Map<String, X509Certificate> certificates = new TreeMap<>();
  private final List<X509CRL> crls = new ArrayList<>();

  /**
   * One test.
   *
   * @param target the end entity's certificate
   * @param policies initial policies, object identifiers; empty for any
   * @param valid what the suite expects
   */
  record Case(
      String target,
      boolean explicitPolicy,
      boolean inhibitMapping,
      boolean inhibitAny,
      Set<String> policies,
      boolean valid) {}

  Pkits() throws IOException, GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    try (ZipInputStream zip = new ZipInputStream(resource("pkits.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        ByteArrayInputStream content = new ByteArrayInputStream(zip.readAllBytes());
        String name = entry.getName();
        if (name.endsWith(".crt")) {
          certificates.put(
              name.substring("certs/".length(), name.length() - ".crt".length()),
              (X509Certificate) factory.generateCertificate(content));
        } else if (name.endsWith(".crl")) {
          crls.add((X509CRL) factory.generateCRL(content));
        }
      }
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(Pkits.class.getResourceAsStream(name), name);
  }

  /** All tests: those whose name tells the result, and those of the table. */
  List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    certificates.keySet().stream()
        .filter(name -> name.matches("(Valid|Invalid).*Test[0-9]+EE"))
        // Their results depend on the initial policies of the table.
        .filter(name -> !name.matches("ValidPolicyMappingTest(1|3|5|6|12)EE"))
        .forEach(
            name ->
                cases.add(new Case(name, false, false, false, Set.of(), name.startsWith("Valid"))));
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(resource("pkits-policies.csv"), StandardCharsets.UTF_8))) {
      lines.lines().skip(1).map(Pkits::parse).forEach(cases::add);
    }
    return cases;
  }

  private static Case parse(String line) {
    String[] fields = line.split(",");
    Set<String> policies =
        fields[4].equals("any")
            ? Set.of()
            : Stream.of(fields[4].split(" "))
                .map(digit -> "2.16.840.1.101.3.2.1.48." + digit)
                .collect(Collectors.toSet());
    return new Case(
        fields[0],
        fields[1].equals("yes"),
        fields[2].equals("yes"),
        fields[3].equals("yes"),
        policies,
        fields[5].equals("yes"));
  }

  /** Every certificate of a CA, those of all tests together. */
  List<X509Certificate> authorities() {
    return certificates.entrySet().stream()
        .filter(entry -> !entry.getKey().endsWith("EE"))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The caller of a test, with the suite's CRLs and its trust anchor. */
  PKIXBuilderParameters caller(Case test) throws GeneralSecurityException {
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(Objects.requireNonNull(certificates.get(test.target()), test.target()));
    PKIXBuilderParameters caller =
        new PKIXBuilderParameters(
            Set.of(
                new TrustAnchor(
                    Objects.requireNonNull(certificates.get("TrustAnchorRootCertificate")), null)),
            target);
    caller.setDate(Date.from(Instant.parse("2015-06-01T00:00:00Z")));
    caller.setMaxPathLength(-1);
    caller.setExplicitPolicyRequired(test.explicitPolicy());
    caller.setPolicyMappingInhibited(test.inhibitMapping());
    caller.setAnyPolicyInhibited(test.inhibitAny());
    caller.setInitialPolicies(test.policies());
    caller.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(crls)));
    return caller;
  }
}
