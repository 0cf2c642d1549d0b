package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.CertificateMaker;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApproversTest {
  private static final Octets KEY = Octets.of(new byte[] {1, 2, 3});
  private static final Octets OTHER = Octets.of(new byte[] {9});

  private static Policy.Approver publicKey(@Nullable String name, Octets key) {
    return new Policy.Approver("public_key", name, key);
  }

  private static Policy.Token token(Policy.Group... groups) {
    return new Policy.Token(null, Duration.ZERO, Duration.ZERO, List.of(groups));
  }

  private static Policy.Group group(int quorum, Policy.Approver... approvers) {
    return new Policy.Group(null, quorum, List.of(approvers));
  }

  private static Approvers of(Policy.Token... tokens) {
    return new Approvers(new Policy(new Policy.Rule(List.of(tokens)), null, null, null, false));
  }

  @Test
  void areCalledByTheNameInThePolicy() {
    Approvers approvers = of(token(group(1, publicKey("alice", KEY), publicKey("bob", OTHER))));
    assertThat(approvers.names(List.of(OTHER, KEY))).isEqualTo("bob, alice");
    assertThat(approvers.allNames()).isEqualTo("alice, bob");
  }

  @Test
  void areCalledByTheSubjectOfTheirCertificate() throws Exception {
    X509Certificate certificate = new CertificateMaker("Alice Approver").certificate();
    Octets key = Octets.of(certificate.getPublicKey().getEncoded());
    Approvers approvers =
        of(
            token(
                group(
                    1,
                    new Policy.Approver(
                        "certificate", null, Octets.of(certificate.getEncoded())))));
    assertThat(approvers.names(List.of(key))).isEqualTo("CN=Alice Approver");
    assertThat(approvers.allNames()).isEqualTo("CN=Alice Approver");
  }

  @Test
  void areCalledByTheFingerprintOfTheirKeyWhereThereIsNoName() {
    // The first digits of: printf '\x01\x02\x03' | sha256sum
    String fingerprint = "key SHA-256:039058c6f2c0cb49";
    assertThat(of(token(group(1, publicKey(" ", KEY)))).names(List.of(KEY))).isEqualTo(fingerprint);
    assertThat(of(token(group(1, publicKey(null, KEY)))).allNames()).isEqualTo(fingerprint);
    assertThat(new Approvers(null).names(List.of(KEY))).isEqualTo(fingerprint);
  }

  @Test
  void ofTheServicesOwnAppHaveANameAlone() {
    Approvers approvers =
        of(token(group(1, new Policy.Approver("onboarded_approver_certificate", "carol", null))));
    assertThat(approvers.allNames()).isEqualTo("carol");
  }

  @Test
  void anUnreadableCertificateIsNoReasonToFail() {
    Approvers approvers = of(token(group(1, new Policy.Approver("certificate", null, KEY))));
    assertThat(approvers.allNames()).startsWith("key SHA-256:");
  }

  @Test
  void theQuorumIsTheSumOfTheGroupsOfTheOnlyWay() {
    assertThat(of(token(group(1, publicKey("a", KEY)), group(2, publicKey("b", OTHER)))).quorum())
        .isEqualTo(3);
  }

  @Test
  void withSeveralWaysThereIsNoOneQuorum() {
    assertThat(of(token(group(1, publicKey("a", KEY))), token()).quorum()).isZero();
    assertThat(new Approvers(null).quorum()).isZero();
    assertThat(new Approvers(new Policy(null, null, null, null, false)).quorum()).isZero();
    assertThat(new Approvers(new Policy(new Policy.Rule(null), null, null, null, false)).allNames())
        .isEmpty();
  }

  @Test
  void namesAreOneLineOfPlainText() {
    Approvers approvers = of(token(group(1, publicKey("mal\u001b[31m\nlory", KEY))));
    assertThat(approvers.allNames()).isEqualTo("mal?[31m lory");
  }
}
