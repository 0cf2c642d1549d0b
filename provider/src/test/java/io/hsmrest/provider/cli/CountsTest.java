package io.hsmrest.provider.cli;

import static io.hsmrest.provider.cli.ToBeSigned.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two groups each has to have its quorum: more of one do not help the other. */
class CountsTest {
  private static final Octets BOB = octets("bob");
  private static final Octets CAROL = octets("carol");

  private final Cli cli;
  private Path file = Path.of("");
  private Octets alice = octets("");

  CountsTest(@TempDir Path folder) {
    cli = new Cli(folder);
  }

  @BeforeEach
  void makeKey() throws Exception {
    file = cli.key("alice", "EC/secp256r1");
    alice = ApproverKey.open(file, null, Cli.PASSWORD.toCharArray()).publicKey();
  }

  private static String approval(String name, Octets key) {
    return "<approval type='public_key' name='%s'>%s</approval>".formatted(name, key.toBase64());
  }

  /** One of alice and bob, and one of carol. */
  private ApproverTask task(List<Octets> approvedBy, List<Octets> missing) {
    String groups =
        "<group name='A'><quorum>1</quorum>"
            + approval("alice", alice)
            + approval("bob", BOB)
            + "</group><group name='B'><quorum>1</quorum>"
            + approval("carol", CAROL)
            + "</group>";
    ApproverTask task = ToBeSigned.sign("t1", "x");
    return new ApproverTask(
        "t1",
        task.approvalToBeSigned(),
        null,
        null,
        task.request(),
        new RequestStatus(
            ToBeSigned.REQUEST,
            RequestState.PENDING,
            "PENDING",
            null,
            approvedBy,
            missing,
            List.of(),
            null),
        ToBeSigned.ATTESTATION.replaceFirst("(?s)<group.*</group>", groups));
  }

  @Test
  void anotherOfTheSameGroupIsNoOtherApproval() throws Exception {
    cli.approving.with(task(List.of(BOB), List.of(alice, CAROL)));
    assertThat(cli.approve(file, "--yes").out())
        .contains("approved       1 of 2: bob")
        .contains("missing        carol")
        .contains("Approved: 1 of 2, others have to follow.");
  }

  @Test
  void oneOfEachGroupIsEnough() throws Exception {
    cli.approving.with(task(List.of(CAROL), List.of(alice, BOB)));
    assertThat(cli.approve(file, "--yes").out())
        .contains("Approved: 2 of 2, the service executes it when it is due.");
    cli.approving.with(task(List.of(BOB, CAROL), List.of(alice)));
    assertThat(cli.approve(file, "--yes").out())
        .contains("approved       2 of 2: bob, carol")
        .contains("Approved: 2 of 2,");
  }
}
