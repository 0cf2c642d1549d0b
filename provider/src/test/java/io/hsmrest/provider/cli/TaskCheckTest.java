package io.hsmrest.provider.cli;

import static io.hsmrest.provider.cli.ToBeSigned.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.TaskKind;
import io.hsmrest.client.model.TaskRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether what is signed is about what is shown. */
class TaskCheckTest {
  private static final Octets APPROVER = octets("a key");

  private static TaskCheck.Result check(
      Octets toBeSigned, @Nullable TaskRequest request, @Nullable String metaData)
      throws Exception {
    ApproverTask task =
        ToBeSigned.task("t", toBeSigned, request, metaData == null ? null : octets(metaData));
    return ReadTask.of(task, APPROVER, null).check();
  }

  private static TaskRequest request(TaskKind kind, @Nullable String payload) {
    return new TaskRequest(
        kind, "ca", null, payload == null ? null : octets(payload), Map.of("signKeyName", "ca"));
  }

  @Test
  void whatFitsHasNeitherContradictionNorDoubt() throws Exception {
    TaskCheck.Result result =
        check(ToBeSigned.of(1, "ca", octets("x")), ToBeSigned.signRequest("ca", "x"), null);
    assertThat(result.refusals()).isEmpty();
    assertThat(result.doubts()).isEmpty();
  }

  @Test
  void aTimeThatNobodyHasSignedIsADoubt() throws Exception {
    ApproverTask task =
        ToBeSigned.task(
            "t", ToBeSigned.unattested("ca", octets("x")), ToBeSigned.signRequest("ca", "x"), null);
    ReadTask read = ReadTask.of(task, APPROVER, null);
    assertThat(read.check().doubts())
        .containsExactly("the time is not attested: nobody has signed it");
    assertThat(String.join("\n", TaskText.lines(read, Cli.NOW, Integer.MAX_VALUE)))
        .contains("asked at       2023-11-14T22:13:20Z (2 min ago)\n");
  }

  @Test
  void anotherKeyIsAContradiction() throws Exception {
    assertThat(
            check(ToBeSigned.of(1, "root", octets("x")), ToBeSigned.signRequest("ca", "x"), null)
                .refusals())
        .containsExactly("the request is for key 'ca', to be signed is 'root'");
  }

  @Test
  void aDerivedKeyIsShownWithItsMastersApprovers() throws Exception {
    TaskCheck.Result result =
        check(
            ToBeSigned.of(1, "ca/44'/0'", octets("x")),
            ToBeSigned.signRequest("ca/44'/0'", "x"),
            null);
    assertThat(result.refusals()).isEmpty();
    assertThat(result.doubts()).isEmpty();
  }

  @Test
  void approversOfAnotherKeyAreADoubt() throws Exception {
    assertThat(
            check(ToBeSigned.of(1, "ca2", octets("x")), ToBeSigned.signRequest("ca2", "x"), null)
                .doubts())
        .containsExactly("the approvers shown are those of another key, 'ca'");
  }

  @Test
  void aKeyStoredElsewhereIsSignedByItsUuid() throws Exception {
    String attestation = ToBeSigned.ATTESTATION.replace("<label>", "<uuid>6b1f</uuid><label>");
    ApproverTask task =
        new ApproverTask(
            "t",
            ToBeSigned.of(1, "6b1f", octets("x")),
            null,
            null,
            ToBeSigned.signRequest("ca", "x"),
            null,
            attestation);
    assertThat(ReadTask.of(task, APPROVER, null).check().refusals()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SIGN, 2, true",
    "DECRYPT, 3, true",
    "BLOCK, 1, true",
    "UNBLOCK, 2, false",
    "BLOCK, 3, false"
  })
  void anotherOperationIsAContradictionWhereItsNumberIsPublished(
      TaskKind kind, int signed, boolean contradiction) throws Exception {
    TaskCheck.Result result =
        check(ToBeSigned.of(signed, "ca", octets("x")), request(kind, "x"), null);
    assertThat(contradiction ? result.refusals() : result.doubts())
        .singleElement()
        .asString()
        .startsWith("the request is to " + kind + ", to be signed is to ");
  }

  @Test
  void blockingThatFitsIsNoDoubt() throws Exception {
    TaskCheck.Result result =
        check(ToBeSigned.of(2, "ca", octets("")), request(TaskKind.BLOCK, null), null);
    assertThat(result.refusals()).isEmpty();
    assertThat(result.doubts()).isEmpty();
  }

  @Test
  void aCertificateWhoseRequestIsSignedHasToBeTheOneShown() throws Exception {
    Octets payload = octets("{\"signKeyName\": \"ca\"}");
    assertThat(
            check(ToBeSigned.of(1, "ca", payload), request(TaskKind.ISSUE, null), null).refusals())
        .isEmpty();
    Octets other = octets("{\"signKeyName\": \"ca\", \"commonName\": \"evil\"}");
    assertThat(check(ToBeSigned.of(1, "ca", other), request(TaskKind.ISSUE, null), null).refusals())
        .containsExactly("the request is another one than the one to be signed");
  }

  @Test
  void aCertificateOfWhichNothingIsSignedReadablyIsADoubt() throws Exception {
    assertThat(
            check(ToBeSigned.of(1, "ca", octets("hash")), request(TaskKind.CSR, null), null)
                .doubts())
        .singleElement()
        .asString()
        .startsWith("the certificate's content is not in what is signed");
  }

  @Test
  void aCertificateForAnotherSubjectIsAContradiction() throws Exception {
    TaskRequest asked =
        new TaskRequest(TaskKind.ISSUE, "ca", null, null, Map.of("commonName", "www.example.org"));
    assertThat(
            check(ToBeSigned.of(1, "ca", Certificates.toBeSigned("CN=evil")), asked, null)
                .refusals())
        .containsExactly("the request is for the subject www.example.org, to be signed is CN=evil");
    assertThat(
            check(
                    ToBeSigned.of(1, "ca", Certificates.toBeSigned("CN=www.example.org,O=x")),
                    asked,
                    null)
                .refusals())
        .isEmpty();
  }

  @Test
  void anotherApproversTaskIsAContradiction() throws Exception {
    ApproverTask task =
        new ApproverTask(
            "t",
            ToBeSigned.of(1, "ca", octets("x")),
            octets("another key"),
            null,
            ToBeSigned.signRequest("ca", "x"),
            null,
            null);
    assertThat(ReadTask.of(task, APPROVER, null).check().refusals())
        .containsExactly("the task is another approver's");
  }

  @ParameterizedTest
  @CsvSource({
    "78, 0",
    "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881, 0",
    "SHA-256 of the message: 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881, 0",
    "0000000000000000000000000000000000000000000000000000000000000000, 1",
    "SHA-256 of the message: 0000000000000000000000000000000000000000000000000000000000000000, 1",
    "not a digest at all, 0",
  })
  void aRequesterWhoSpeaksOfAnotherDigestIsADoubt(String digest, int doubts) throws Exception {
    assertThat(
            check(
                    ToBeSigned.of(1, "ca", octets("x")),
                    ToBeSigned.signRequest("ca", "x"),
                    "{\"digest\": \"" + digest + "\"}")
                .doubts())
        .hasSize(doubts);
  }
}
