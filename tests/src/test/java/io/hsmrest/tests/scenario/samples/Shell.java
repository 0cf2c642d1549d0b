package io.hsmrest.tests.scenario.samples;

import io.hsmrest.tests.documents.Checkout;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.ProviderJar;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page says to type, run by a shell as it stands there.
 *
 * @param blocks the page's blocks of shell commands, in order
 */
record Shell(List<String> blocks) {
  private static final Pattern BLOCK =
      Pattern.compile("^ *```sh\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);

  /** A page by its path from the top of the checkout. */
  static Shell of(String page) {
    Matcher block = BLOCK.matcher(Checkout.text(page));
    return new Shell(block.results().map(each -> each.group(1).stripIndent().strip()).toList());
  }

  /** The one block that has this text in it. */
  String block(String part) {
    List<String> found = blocks.stream().filter(block -> block.contains(part)).toList();
    if (found.size() != 1) {
      throw new AssertionError("not one block with '" + part + "': " + blocks);
    }
    return found.get(0);
  }

  /**
   * A command of the JDK that the tests run in.
   *
   * @param script with {@code path/to/hsmrest-provider.jar} for the jar
   * @param more words behind the last of the script's
   */
  Command command(String script, String... more) {
    String typed = script.replace("path/to/hsmrest-provider.jar", ProviderJar.path().toString());
    return SampleProcess.surrounded(
        Command.of("sh", "-ec", more.length == 0 ? typed : typed + " \"$@\"", "sh")
            .with(more)
            .environment(
                "PATH", Jdk.current().home().resolve("bin") + ":" + System.getenv("PATH")));
  }
}
