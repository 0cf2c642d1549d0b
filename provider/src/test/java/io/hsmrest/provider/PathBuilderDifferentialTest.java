package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The same outcome as the JDK's builder that is given the same certificates in a {@code Collection}
 * store, on PKIs made by chance.
 */
class PathBuilderDifferentialTest {
  private static final int PKIS = 600;

  /** One attempt: a result or the reason why there is none. */
  private record Outcome(@Nullable PKIXCertPathBuilderResult result, String failure) {
    boolean succeeded() {
      return result != null;
    }

    PKIXCertPathBuilderResult path() {
      if (result == null) {
        throw new AssertionError(failure);
      }
      return result;
    }
  }

  @Test
  void sixHundredPkisHaveTheOutcomeThatTheJdkGivesThem() throws Exception {
    int built = 0;
    int longest = 0;
    int explained = 0;
    int orderMattered = 0;
    for (long seed = 0; seed < PKIS; seed++) {
      RandomPki pki = new RandomPki(seed);
      PKIXBuilderParameters caller = pki.caller();

      Outcome jdk = jdk(caller, pki.held());
      Outcome ours = ours(caller, pki.held());
      List<X509Certificate> shuffled = new ArrayList<>(pki.held());
      Collections.shuffle(shuffled, new Random(seed));
      Outcome otherOrder = ours(caller, shuffled);

      assertThat(ours.succeeded()).as("PKI %d: %s", seed, jdk.failure()).isEqualTo(jdk.succeeded());
      if (otherOrder.succeeded() != jdk.succeeded()) {
        orderMattered++;
      }
      if (jdk.succeeded()) {
        built++;
        longest = Math.max(longest, jdk.path().getCertPath().getCertificates().size());
        assertThat(ours.path().getCertPath()).isEqualTo(jdk.path().getCertPath());
        assertThat(ours.path().getTrustAnchor().toString())
            .isEqualTo(jdk.path().getTrustAnchor().toString());
        assertThat(policies(ours)).isEqualTo(policies(jdk));
      } else {
        assertThat(ours.failure()).as("PKI %d", seed).startsWith(jdk.failure());
        explained += ours.failure().length() > jdk.failure().length() ? 1 : 0;
      }
      if (otherOrder.succeeded()) {
        validate(otherOrder, caller);
      }
    }
    // Were all of them the same, the comparison would say nothing.
    assertThat(built).isBetween(PKIS / 4, PKIS * 3 / 4);
    assertThat(longest).isGreaterThanOrEqualTo(4);
    assertThat(explained).isEqualTo(PKIS - built);
    // The JDK's search is not complete: in rare PKIs what it tries first decides, and keys differ
    // from run to run.
    assertThat(orderMattered).isLessThanOrEqualTo(PKIS / 100);
  }

  /** The nodes of the policy tree, whose children are in no order. */
  private static List<String> policies(Outcome outcome) {
    return String.valueOf(outcome.path().getPolicyTree()).lines().sorted().toList();
  }

  private static Outcome jdk(PKIXBuilderParameters caller, List<X509Certificate> held)
      throws GeneralSecurityException {
    PKIXBuilderParameters parameters = (PKIXBuilderParameters) caller.clone();
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(held)));
    try {
      return new Outcome(
          (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX", "SUN").build(parameters),
          "");
    } catch (CertPathBuilderException e) {
      return new Outcome(null, String.valueOf(e.getMessage()));
    }
  }

  private static Outcome ours(PKIXBuilderParameters caller, List<X509Certificate> held)
      throws GeneralSecurityException {
    try {
      return new Outcome(
          (PKIXCertPathBuilderResult)
              new HsmCertPathBuilderSpi(new FixedCertificates(held)).engineBuild(caller),
          "");
    } catch (CertPathBuilderException e) {
      return new Outcome(null, String.valueOf(e.getMessage()));
    }
  }

  /** A path that was found in another order may be another one, and has to be as good. */
  private static void validate(Outcome outcome, PKIXBuilderParameters caller)
      throws GeneralSecurityException {
    CertPathValidator.getInstance("PKIX", "SUN").validate(outcome.path().getCertPath(), caller);
  }
}
