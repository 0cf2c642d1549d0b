package io.hsmrest.tests.scenario.keytool;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.jdk.Command;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One command in one form, run on a simulator of its own.
 *
 * @param row the command
 * @param form how it is run
 */
record Cell(Row row, Form form) {

  /** Runs it, checks how it ended, and hands back what it printed for the user. */
  String run(Path folder) {
    try (Bench bench = new Bench(form, folder, row.settings())) {
      row.prepare(bench);
      Command.Result result = row.run(bench);
      assertThat(result.exitCode())
          .as("exit code of %s%n%s", result.command(), result.text())
          .isEqualTo(row.outcome() == Row.Outcome.REFUSED ? 1 : 0);
      assertThat(result.text())
          .as(result.command())
          .doesNotContain("\tat ", "Enter key", "Enter store", "Exception in thread");
      row.check(bench, result);
      bench.assertConfigurationUntouched();
      return message(result, folder, bench);
    }
  }

  /** What it says beside what it was asked for, without what differs from run to run. */
  private static String message(Command.Result result, Path folder, Bench bench) {
    Stream<String> lines =
        Stream.of(
                result.err().lines().filter(line -> !isAtExit(line)),
                result.out().lines().filter(Cell::isError),
                result.err().lines().filter(Cell::isAtExit))
            .flatMap(part -> part);
    return lines
        .map(String::strip)
        .map(line -> line.replace(folder + "/", ""))
        .map(line -> line.replace(bench.hsm().simulator().baseUri().toString(), "ENDPOINT"))
        .filter(line -> !line.isEmpty() && !line.startsWith("*"))
        .map(line -> line.replace("|", "\\|"))
        .collect(Collectors.joining(" "));
  }

  private static boolean isError(String line) {
    return line.startsWith("keytool error");
  }

  /** What our code says when keytool has said everything. */
  private static boolean isAtExit(String line) {
    return line.startsWith("hsmrest:");
  }

  @Override
  public String toString() {
    return row.command() + " (" + row.what() + "; " + form + ")";
  }
}
