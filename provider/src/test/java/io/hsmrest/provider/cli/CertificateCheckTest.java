package io.hsmrest.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import io.hsmrest.client.model.TaskKind;
import io.hsmrest.client.model.TaskRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A certificate that is signed is the one that was asked for. */
class CertificateCheckTest {
  /** CN=www.example.org, a CA, 365 days, KEY_CERT_SIGN and CRL_SIGN, SHA256withECDSA. */
  private static final Octets SIGNED = Certificates.toBeSigned("CN=www.example.org");

  private static final Map<String, String> ASKED =
      Map.of(
          "commonName", "www.example.org",
          "validity", "365",
          "certificateAuthority", "true",
          "keyUsage", "KEY_CERT_SIGN, CRL_SIGN");

  private static TaskCheck.Result check(TaskKind kind, Octets signed, Map<String, String> members)
      throws Exception {
    TaskRequest request = new TaskRequest(kind, "ca", "SHA256_WITH_ECDSA", null, members);
    return ReadTask.of(
            ToBeSigned.task("t", ToBeSigned.of(1, "ca", signed), request, null),
            ToBeSigned.octets("a key"),
            null)
        .check();
  }

  private static TaskCheck.Result with(String name, String value) throws Exception {
    Map<String, String> members = new HashMap<>(ASKED);
    members.put(name, value);
    return check(TaskKind.ISSUE, SIGNED, members);
  }

  private static Map<String, String> without(String name) {
    Map<String, String> members = new HashMap<>(ASKED);
    members.remove(name);
    return members;
  }

  @Test
  void whatIsAskedForIsSigned() throws Exception {
    TaskCheck.Result result = check(TaskKind.ISSUE, SIGNED, ASKED);
    assertThat(result.refusals()).isEmpty();
    assertThat(result.doubts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "validity             | 90  | the request is for 90 days, to be signed are 365",
        "validity             | all | the request is for all days, to be signed are 365",
        "certificateAuthority | false | to be signed is a CA's certificate, which the request does"
            + " not ask for",
        "keyUsage             | CRL_SIGN | to be signed is the key usage KEY_CERT_SIGN, which the"
            + " request does not ask for",
        "keyUsage             | '' | to be signed is the key usage CRL_SIGN, KEY_CERT_SIGN, which"
            + " the request does not ask for",
        "commonName           | bank.example | the request is for the subject bank.example, to be"
            + " signed is CN=www.example.org",
        "standardCertificateAttributes.organizationName | Bank | the request is for the subject"
            + " organizationName=Bank, to be signed is CN=www.example.org",
      })
  void whatBothSayDifferentlyIsAContradiction(String name, String value, String why)
      throws Exception {
    assertThat(with(name, value).refusals()).containsExactly(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extendedKeyUsage | SERVER_AUTH | the request is for the extended key usage"
            + " 1.3.6.1.5.5.7.3.1, which is not in what is to be signed",
        "keyUsage | KEY_CERT_SIGN, CRL_SIGN, DIGITAL_SIGNATURE | the request is for the key usage"
            + " DIGITAL_SIGNATURE, which is not in what is to be signed",
      })
  void whatIsLeftOutIsADoubt(String name, String value, String why) throws Exception {
    assertThat(with(name, value).doubts()).containsExactly(why);
    assertThat(with(name, value).refusals()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "validity | to be signed are 365 days of validity, which the request does not ask for",
        "certificateAuthority | to be signed is a CA's certificate, which the request does not ask"
            + " for",
        "keyUsage | to be signed is the key usage CRL_SIGN, KEY_CERT_SIGN, which the request does"
            + " not ask for",
        "commonName | the subject CN=www.example.org has commonName=www.example.org, which the"
            + " request does not ask for",
      })
  void whatTheCertificateSaysAloneIsADoubt(String name, String why) throws Exception {
    TaskCheck.Result result = check(TaskKind.ISSUE, SIGNED, without(name));
    assertThat(result.doubts()).containsExactly(why);
    assertThat(result.refusals()).isEmpty();
  }

  @Test
  void aSecondCommonNameIsAContradiction() throws Exception {
    assertThat(
            check(
                    TaskKind.ISSUE,
                    Certificates.toBeSigned("CN=bank.example,CN=www.example.org"),
                    ASKED)
                .refusals())
        .singleElement()
        .asString()
        .contains("has commonName=bank.example");
  }

  @Test
  void anotherAlgorithmIsAContradiction() throws Exception {
    TaskRequest request = new TaskRequest(TaskKind.ISSUE, "ca", "SHA512_WITH_RSA", null, ASKED);
    CertificateCheck check = new CertificateCheck(request, DerContent.read(SIGNED).orElseThrow());
    check.run();
    assertThat(check.refusals())
        .containsExactly(
            "the request is for SHA512_WITH_RSA, to be signed is with 1.2.840.10045.4.3.2");
  }

  @Test
  void anotherKindIsAContradiction() throws Exception {
    assertThat(check(TaskKind.CSR, SIGNED, ASKED).refusals())
        .containsExactly(
            "the request is to CSR, to be signed is a certificate that is to be signed");
    assertThat(check(TaskKind.SELF_SIGN, SIGNED, ASKED).refusals())
        .containsExactly("the request is to self-sign, to be signed is a certificate of CN=Issuer");
  }

  private static Octets csr() throws IOException {
    return Octets.of(
        Certificates.request("CN=www.example.org")
            .toASN1Structure()
            .getCertificationRequestInfo()
            .getEncoded());
  }

  @ParameterizedTest
  @CsvSource({
    "DNS, www.example.org, IP, 192.0.2.1, 0, 0",
    "DNS, www.example.org, DNS, other.example.org, 1, 1",
    "DNS, www.example.org, IP, 192.0.2.01x, 1, 1"
  })
  void alternativeNamesAreCompared(
      String type, String name, String otherType, String other, int refusals, int doubts)
      throws Exception {
    Map<String, String> asked =
        Map.of(
            "commonName", "www.example.org",
            "extendedKeyUsage", "SERVER_AUTH",
            "subjectAlternativeNames[0].sanType", type,
            "subjectAlternativeNames[0].sanValue", name,
            "subjectAlternativeNames[1].sanType", otherType,
            "subjectAlternativeNames[1].sanValue", other);
    TaskCheck.Result result = check(TaskKind.CSR, csr(), asked);
    assertThat(result.refusals()).hasSize(refusals);
    assertThat(result.doubts()).hasSize(doubts);
  }

  @Test
  void aCertificateIsForTheKeyOfTheRequest() throws Exception {
    String own = PemText.encode("CERTIFICATE REQUEST", csr());
    assertThat(with("certificateSigningRequest", own).refusals()).isEmpty();
    byte[] other = csr().toByteArray();
    // Within the key: the attributes behind it begin with [0].
    String hex = java.util.HexFormat.of().formatHex(other);
    other[hex.indexOf("034200") / 2 + 20] ^= 1;
    assertThat(
            with(
                    "certificateSigningRequest",
                    PemText.encode("CERTIFICATE REQUEST", Octets.of(other)))
                .refusals())
        .containsExactly("to be signed is a certificate for another key than that of the request");
    assertThat(with("certificateSigningRequest", "nonsense").doubts())
        .containsExactly("the certification request in the request cannot be read");
  }

  @Test
  void whatIsCopiedFromTheRequestIsNoContradiction() throws Exception {
    Map<String, String> members = new HashMap<>(ASKED);
    members.put("keyUsage", "CRL_SIGN");
    members.put("copyExtensions", "COPY");
    TaskCheck.Result result = check(TaskKind.ISSUE, SIGNED, members);
    assertThat(result.refusals()).isEmpty();
    assertThat(result.doubts()).hasSize(1);
  }

  @Test
  void aRequestThatSaysSomethingTwiceIsNotSigned() throws Exception {
    Octets twice =
        ToBeSigned.octets("{\"commonName\": \"evil.example\", \"commonName\": \"good.example\"}");
    assertThat(check(TaskKind.SELF_SIGN, twice, Map.of("commonName", "good.example")).refusals())
        .containsExactly("what is to be signed says something twice, and not the same");
  }

  @Test
  void theRequestIsShownBesideWhatIsSigned() throws Exception {
    TaskRequest request =
        new TaskRequest(TaskKind.ISSUE, "ca", "SHA256_WITH_ECDSA", null, Map.of("CA", "no"));
    ReadTask read =
        ReadTask.of(
            ToBeSigned.task("t", ToBeSigned.of(1, "ca", SIGNED), request, null),
            ToBeSigned.octets("a key"),
            null);
    assertThat(String.join("\n", TaskText.lines(read, Cli.NOW, Integer.MAX_VALUE)))
        .containsSubsequence("CA             yes", "The service says", "\"CA\"           no");
  }
}
