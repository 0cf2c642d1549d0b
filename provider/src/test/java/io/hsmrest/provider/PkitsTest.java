package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PKITS with all of its CAs in one partition. */
class PkitsTest {
  private static final int CASES = 247;

  @Test
  void everyCaseEndsAsWithTheJdkAndAsTheSuiteExpects() throws Exception {
    Pkits pkits = new Pkits();
    List<X509Certificate> held = pkits.authorities();
    List<String> unexpected = new ArrayList<>();
    List<Pkits.Case> cases = pkits.cases();
    for (Pkits.Case test : cases) {
      boolean jdk = jdk(pkits.caller(test), held);
      boolean ours = ours(pkits.caller(test), held);
      assertThat(ours).as(test.toString()).isEqualTo(jdk);
      if (ours != test.valid()) {
        unexpected.add(test.target());
      }
    }
    assertThat(cases).hasSize(CASES);
    // The JDK uses delta CRLs only with com.sun.security.useDeltaCRLs, in either builder.
    assertThat(unexpected)
        .containsExactlyInAnyOrder("InvaliddeltaCRLTest4EE", "ValiddeltaCRLTest5EE");
  }

  private static boolean jdk(PKIXBuilderParameters caller, List<X509Certificate> held)
      throws GeneralSecurityException {
    caller.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(held)));
    try {
      CertPathBuilder.getInstance("PKIX", "SUN").build(caller);
      return true;
    } catch (CertPathBuilderException e) {
      return false;
    }
  }

  private static boolean ours(PKIXBuilderParameters caller, List<X509Certificate> held)
      throws GeneralSecurityException {
    try {
      new HsmCertPathBuilderSpi(new FixedCertificates(held)).engineBuild(caller);
      return true;
    } catch (CertPathBuilderException e) {
      return false;
    }
  }
}
