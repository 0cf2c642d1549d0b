package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmException;
import java.util.concurrent.Callable;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hsmrest approver-key}. */
@Command(
    name = "approver-key",
    description = {
      "Shows how a key's policy names the owner of an approver's key: an element of \"approvals\""
          + " in the policy's JSON. Nothing secret is shown."
    })
final class ApproverKeyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final ApproverKeyOption key = new ApproverKeyOption();

  @Option(names = "--certificate", description = "By the certificate instead of the public key.")
  private boolean certificate;

  ApproverKeyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws HsmException {
    ApproverKey approver = key.open(surroundings.dialogue());
    surroundings.say(
        "{\"type\": %s, \"name\": %s, \"value\": %s}"
            .formatted(
                quoted(certificate ? "certificate" : "public_key"),
                quoted(commonName(approver.subject())),
                quoted((certificate ? approver.certificate() : approver.publicKey()).toBase64())));
    return ExitCode.DONE;
  }

  private static String commonName(String subject) {
    try {
      for (Rdn rdn : new LdapName(subject).getRdns()) {
        if (rdn.getType().equalsIgnoreCase("CN")) {
          return String.valueOf(rdn.getValue());
        }
      }
    } catch (InvalidNameException e) {
      // Then the whole name is the best there is.
    }
    return subject;
  }

  /** What was made fit for a terminal has no other characters that JSON would mind. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
