package io.hsmrest.tests.scenario.keytool;

import io.hsmrest.tests.jdk.Command;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table: a command as a user writes it, what it begins with, how it has to end and
 * what has to be at the service then. Immutable.
 */
final class Row {

  /** How a command ends. */
  enum Outcome {
    /** It does what it says; exit code 0. */
    WORKS,
    /** It ends with a message and exit code 1, and nothing has changed. */
    REFUSED,
    /** It ends with a message and exit code 0, and nothing has changed: {@code -importkeystore}. */
    REFUSED_ENTRY
  }

  /** Looks at what a command has printed and left behind. */
  @FunctionalInterface
  interface Check {
    void run(Bench bench, Command.Result result);
  }

  private final String what;
  private final List<String> arguments;
  private final String storeOption;
  private final List<String> settings;
  private final Consumer<Bench> given;
  private final Outcome outcome;
  private final Check then;
  private final Form.@Nullable Store only;

  private Row(
      String what,
      List<String> arguments,
      String storeOption,
      List<String> settings,
      Consumer<Bench> given,
      Outcome outcome,
      Check then,
      Form.@Nullable Store only) {
    this.what = what;
    this.arguments = arguments;
    this.storeOption = storeOption;
    this.settings = settings;
    this.given = given;
    this.outcome = outcome;
    this.then = then;
    this.only = only;
  }

  /**
   * A row.
   *
   * @param what it shows, in a few words
   * @param arguments of keytool, without those that name store and provider
   */
  static Row of(String what, String... arguments) {
    return new Row(
        what,
        List.of(arguments),
        "-keystore",
        List.of(),
        bench -> {},
        Outcome.WORKS,
        (bench, result) -> {},
        null);
  }

  /** With our key store as this option, such as {@code -destkeystore}. */
  Row withStoreAs(String option) {
    return new Row(what, arguments, option, settings, given, outcome, then, only);
  }

  /** With these lines in the configuration. */
  Row configured(String... lines) {
    return new Row(what, arguments, storeOption, List.of(lines), given, outcome, then, only);
  }

  /** With this done before. */
  Row given(Consumer<Bench> before) {
    return new Row(what, arguments, storeOption, settings, before, outcome, then, only);
  }

  Row works(Check check) {
    return new Row(what, arguments, storeOption, settings, given, Outcome.WORKS, check, only);
  }

  Row isRefused(Check check) {
    return new Row(what, arguments, storeOption, settings, given, Outcome.REFUSED, check, only);
  }

  Row isRefusedForTheEntry(Check check) {
    return new Row(
        what, arguments, storeOption, settings, given, Outcome.REFUSED_ENTRY, check, only);
  }

  /** Where it makes sense with one kind of {@code -keystore} alone. */
  Row onlyWith(Form.Store store) {
    return new Row(what, arguments, storeOption, settings, given, outcome, then, store);
  }

  String what() {
    return what;
  }

  List<String> settings() {
    return settings;
  }

  Outcome outcome() {
    return outcome;
  }

  boolean isFor(Form form) {
    return only == null || only == form.store();
  }

  /** The command as the page shows it. */
  String command() {
    StringBuilder text = new StringBuilder("keytool");
    for (String argument : arguments) {
      text.append(' ').append(argument.contains(" ") ? '"' + argument + '"' : argument);
    }
    if (!storeOption.equals("-keystore")) {
      text.append(' ').append(storeOption).append(" ...");
    }
    return text.toString();
  }

  void prepare(Bench bench) {
    given.accept(bench);
  }

  Command.Result run(Bench bench) {
    return bench.command(arguments, storeOption, storeOption.replace("keystore", "storetype"));
  }

  void check(Bench bench, Command.Result result) {
    then.run(bench, result);
  }

  @Override
  public String toString() {
    return what;
  }
}
