package io.hsmrest.provider.cli;

import static io.hsmrest.provider.cli.ToBeSigned.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.TaskKind;
import io.hsmrest.client.model.TaskRequest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is shown of a task. */
class TaskTextTest {

  private static String text(ApproverTask task) throws Exception {
    return String.join(
        "\n", TaskText.lines(ReadTask.of(task, octets("a key"), null), Cli.NOW, Integer.MAX_VALUE));
  }

  @Test
  void whatIsSignedIsToldApartFromWhatIsSaid() throws Exception {
    ApproverTask task =
        ToBeSigned.task(
            "t1",
            ToBeSigned.of(1, "ca", octets("Pay Bob\nten francs")),
            ToBeSigned.signRequest("ca", "Pay Bob\nten francs"),
            octets("{\"app\": \"keytool\", \"host\": \"build-7\", \"user\": \"ci\"}"));
    assertThat(text(task))
        .isEqualTo(
            """

              Your signature covers
                operation      use of the key
                key            ca
                asked at       2023-11-14T22:13:20Z (2 min ago), attested by stamps
                payload, a text of 18 bytes
                  | Pay Bob
                  | ten francs
                SHA-256        c7ec5c4bd0a5f9fa6a28ab9b2fd7a3e5c5d1c9e8

              The service says
                request        sign with SHA256_WITH_RSA (the payload is the message)
                key type       RSA 2048
                approved       0 of 2
                missing        alice
                rule           2 of alice, bob, and within 10 min
                expires        2023-11-14T22:23:20Z (8 min left)

              The requester says, and nobody has checked
                application    keytool
                host           build-7
                user           ci\
            """
                .replace(
                    "c7ec5c4bd0a5f9fa6a28ab9b2fd7a3e5c5d1c9e8",
                    PayloadText.sha256(octets("Pay Bob\nten francs"))));
  }

  @Test
  void nothingThatOthersWroteReachesTheTerminalAsControlCharacters() throws Exception {
    String nasty = "\u001b[2J\u202e\u0007\u009b31m\r\u2028x";
    ApproverTask task =
        ToBeSigned.task(
            "t1",
            ToBeSigned.of(1, "ca" + nasty, octets("pay\u202eload")),
            new TaskRequest(TaskKind.SIGN, "ca" + nasty, nasty, octets("pay\u202eload"), Map.of()),
            octets("{\"app" + "\": \"keytool\", \"\\u001b]0;title\\u0007\": \"\\u001b[31m\"}"));
    assertThat(text(task)).doesNotContainPattern("[\\p{Cc}\\p{Cf}\u2028\u2029&&[^\n]]");
    assertThat(text(task)).contains("ca?[2J???31m ?x").contains("| pay?load");
  }

  @Test
  void aDigestIsShownWhole() throws Exception {
    Octets digest = Octets.of(HexFormat.of().parseHex("80ff".repeat(16)));
    ApproverTask task =
        ToBeSigned.task(
            "t1",
            ToBeSigned.of(1, "ca", digest),
            new TaskRequest(TaskKind.SIGN, "ca", "NONESHA256_WITH_RSA", digest, Map.of()),
            null);
    assertThat(text(task))
        .contains("32 bytes: " + "80ff".repeat(16))
        .contains("sign with NONESHA256_WITH_RSA (the payload is a digest)");
  }

  @Test
  void aLongPayloadIsToldByItsBeginningAndItsHash() throws Exception {
    Octets payload = Octets.of(new byte[10_000]);
    ApproverTask task =
        ToBeSigned.task(
            "t1",
            ToBeSigned.of(1, "ca", payload),
            new TaskRequest(TaskKind.SIGN, "ca", "SHA256_WITH_RSA", payload, Map.of()),
            null);
    assertThat(text(task))
        .contains("10000 bytes, the first 64: 0000")
        .contains("SHA-256        " + PayloadText.sha256(payload));
  }

  @Test
  void aSelfSignatureTellsItsSubjectOutOfWhatIsSigned() throws Exception {
    Map<String, String> members =
        Map.of("signKeyName", "ca", "commonName", "Demo CA", "validity", "3650");
    Octets payload =
        octets("{\"signKeyName\": \"ca\", \"commonName\": \"Demo CA\", \"validity\": 3650}");
    ApproverTask task =
        ToBeSigned.task(
            "t1",
            ToBeSigned.of(1, "ca", payload),
            new TaskRequest(TaskKind.SELF_SIGN, "ca", "SHA256_WITH_RSA", null, members),
            null);
    assertThat(text(task))
        .contains("subject        commonName=Demo CA")
        .contains("days valid     3650")
        .contains("self-sign a certificate with SHA256_WITH_RSA");
  }

  @Test
  void metadataThatIsNoJsonIsShownAsItIs() throws Exception {
    ApproverTask task =
        ToBeSigned.task(
            "t1",
            ToBeSigned.of(1, "ca", octets("x")),
            ToBeSigned.signRequest("ca", "x"),
            octets("SomeMetaData"));
    assertThat(text(task)).contains("nobody has checked").contains("| SomeMetaData");
  }
}
