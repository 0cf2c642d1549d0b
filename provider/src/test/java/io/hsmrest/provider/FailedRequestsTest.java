package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.approval.ApprovalFailedException;
import io.hsmrest.keystore.HsmPrivateKey;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests that people approve and the HSM refuses: a service that does not know a form with gated
 * keys may say so no earlier, and no clearer (contract 2.2.2).
 */
@Timeout(120)
class FailedRequestsTest {
  private static final String[] AT_ONCE = {"approval.poll=1ms..5ms", "approval.progress=none"};

  private final SoftService service = new SoftService();

  FailedRequestsTest() {
    service.requests().in("FAILED");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /** What is thrown, with a thread that waits and without. */
  private void assertFails(
      SignatureAlgorithm row, byte[] input, HsmRestProvider provider, String label, String advice)
      throws GeneralSecurityException {
    HsmPrivateKey key = SoftService.handle(provider, label);
    Signature signature = Signature.getInstance(row.jcaName(), provider);
    signature.initSign(key);
    if (row == SignatureAlgorithm.RSASSA_PSS) {
      signature.setParameter(Verifier.pss(row));
    }
    signature.update(input);
    assertAdvice(signature::sign, advice);
    if (row != SignatureAlgorithm.RSASSA_PSS) {
      AsyncSigner signer = AsyncSigner.of(row.jcaName(), key);
      assertAdvice(
          () -> {
            try {
              signer.sign(input, Runnable::run).get();
            } catch (java.util.concurrent.ExecutionException e) {
              throw e.getCause();
            }
          },
          advice);
    }
  }

  private static void assertAdvice(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable use, String advice) {
    assertThatThrownBy(use)
        .isInstanceOf(SignatureException.class)
        .hasCauseInstanceOf(ApprovalFailedException.class)
        .satisfies(
            failure ->
                assertThat(failure.getMessage().replace(failure.getCause().getMessage(), "..."))
                    .endsWith("..." + advice));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SHA256_RSA | ; services before 2.1.1 do not know NONESHA256_WITH_RSA with keys that people"
            + " approve; set sign.hash=hsm, which sends the message instead",
        "SHA512_RSA | ; services before 2.1.1 do not know NONESHA512_WITH_RSA with keys that people"
            + " approve; set sign.hash=hsm, which sends the message instead",
        "RSASSA_PSS | ; services up to 2.2 do not know NONESHA256_WITH_RSA_PSS; set sign.hash=hsm,"
            + " which sends the message instead",
        "SHA384_PSS | ; services up to 2.2 do not know NONESHA384_WITH_RSA_PSS; set sign.hash=hsm,"
            + " which sends the message instead"
      })
  void whoeverAskedInAFormThatOlderServicesLackIsToldOfTheOther(
      SignatureAlgorithm row, String advice) throws GeneralSecurityException {
    String label = service.addGated("RSA");
    assertFails(row, new byte[7], service.provider(AT_ONCE), label, advice);
  }

  @ParameterizedTest
  @CsvSource({"SHA256", "SHA384"})
  void aDigestInfoIsSignedOverTheMessageInstead(Hash hash) throws GeneralSecurityException {
    String label = service.addGated("RSA");
    assertFails(
        SignatureAlgorithm.NONE_RSA,
        hash.digestInfo(new byte[hash.length()]),
        service.provider(AT_ONCE),
        label,
        "; services before 2.1.1 do not know NONE"
            + hash
            + "_WITH_RSA with keys that people approve; sign the message itself, with "
            + hash
            + "withRSA and sign.hash=hsm");
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256_RSA, RSA, hsm",
    "SHA256_PSS, RSA, hsm",
    "SHA256_ECDSA, EC:secp256r1, local",
    "ED25519, ED, local",
    "NONE_RSA, RSA, local"
  })
  void nothingIsAdvisedWhereEveryServiceKnowsTheForm(
      SignatureAlgorithm row, String type, String hashing) throws GeneralSecurityException {
    String label = service.addGated(type);
    HsmRestProvider provider = service.provider(AT_ONCE[0], AT_ONCE[1], "sign.hash=" + hashing);
    assertFails(row, new byte[7], provider, label, "");
  }

  @ParameterizedTest
  @CsvSource({"SHA256_RSA, NONESHA256_WITH_RSA", "SHA256_PSS, NONESHA256_WITH_RSA_PSS"})
  void nothingIsAdvisedWhereTheMessageWasSent(SignatureAlgorithm row, String digests)
      throws GeneralSecurityException {
    service.lacking(digests);
    String label = service.addGated("RSA");
    assertFails(row, new byte[7], service.provider(AT_ONCE), label, "");
  }
}
