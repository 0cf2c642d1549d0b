package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The approver's own key. */
final class ApproverKeyOption {
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The approver's private key and certificate, PKCS#12.")
  private Path file = Path.of("");

  @Option(
      names = "--alias",
      paramLabel = "NAME",
      description = "Which key of the file, if there are several.")
  private @Nullable String alias;

  @Option(
      names = "--password",
      paramLabel = "env:NAME|file:PATH",
      description =
          "Where the file's password is. Without it the password is asked for on the terminal.")
  private @Nullable String password;

  ApproverKey open(Dialogue dialogue) throws HsmException {
    char[] typed = password(dialogue);
    try {
      return ApproverKey.open(file, alias, typed);
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  private char[] password(Dialogue dialogue) throws HsmConfigurationException {
    if (password == null) {
      return typed(dialogue);
    }
    return NamedSecret.read("--password", password).toCharArray();
  }

  private char[] typed(Dialogue dialogue) throws HsmConfigurationException {
    char[] typed =
        dialogue.isInteractive() ? dialogue.askPassword("Password of " + file + ": ") : null;
    if (typed == null) {
      throw new HsmConfigurationException(
          "no terminal to ask for the password of "
              + file
              + " on; give --password env:NAME or --password file:PATH");
    }
    return typed;
  }
}
