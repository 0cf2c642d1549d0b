package io.hsmrest.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.TaskKind;
import io.hsmrest.client.model.TaskRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/approving.md} shows the question that is asked; what is above it is a scenario. */
class ApprovingPageQuestionTest {
  private static final Pattern SCREEN =
      Pattern.compile(
          "<!-- tested screen -->\n```text\nRequest (\\S+)\n.*?(\n  In short.*?)\n```",
          Pattern.DOTALL);

  @Test
  void theQuestionThatItShowsIsTheOne(@TempDir Path folder) throws Exception {
    Matcher page = SCREEN.matcher(Files.readString(Path.of("..", "docs", "approving.md")));
    assertThat(page.find()).isTrue();
    Octets digest =
        Octets.of(
            HexFormat.of()
                .parseHex("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"));
    Cli cli = new Cli(folder);
    cli.approving.with(
        ToBeSigned.with(
            ToBeSigned.task(
                "t1",
                ToBeSigned.of(1, "payments-ca", digest),
                new TaskRequest(
                    TaskKind.SIGN, "payments-ca", "NONESHA256_WITH_RSA", digest, Map.of()),
                null),
            page.group(1)));
    Cli.Result result = cli.typing("6298").approve(cli.key("alice", "EC/secp256r1"));
    assertThat(result.out()).contains(page.group(2) + " 6298\nApproved");
  }
}
