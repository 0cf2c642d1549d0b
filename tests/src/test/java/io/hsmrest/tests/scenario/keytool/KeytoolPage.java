package io.hsmrest.tests.scenario.keytool;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import io.hsmrest.tests.documents.Checkout;
import io.hsmrest.tests.jdk.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of docs/keytool.md: what each command did on each JDK and with each key store. */
final class KeytoolPage {
  private static final String PAGE = "docs/keytool.md";
  private static final String BEGIN = "<!-- table: written by KeytoolMatrixTest -->\n";
  private static final String END = "<!-- end of table -->\n";
  private static final String HEAD =
      "| command | JDK | `-keystore` | outcome |\n|---|---|---|---|\n";
  private static final Pattern LINE =
      Pattern.compile("(\\| `.*<br>.* \\| )([\\d, ]+)( \\| (?:both|`NONE`|file) \\| .*)");

  /** What was said, by row, JDK and store; several messages where registrations differ. */
  private final Map<Row, Map<Integer, Map<Form.Store, Set<String>>>> results =
      new LinkedHashMap<>();

  void add(Cell cell, String message) {
    results
        .computeIfAbsent(cell.row(), row -> new LinkedHashMap<>())
        .computeIfAbsent(cell.form().jdk().feature(), jdk -> new LinkedHashMap<>())
        .computeIfAbsent(cell.form().store(), store -> new TreeSet<>())
        .add(message);
  }

  /** A line for each message of each command, with the JDKs and the stores that gave it. */
  String table() {
    StringBuilder text = new StringBuilder();
    results.forEach(
        (row, byJdk) -> {
          Map<String, Set<Integer>> jdksByEnding = new LinkedHashMap<>();
          byJdk.forEach(
              (jdk, byStore) ->
                  endings(row, byStore)
                      .forEach(
                          ending ->
                              jdksByEnding.computeIfAbsent(ending, e -> new TreeSet<>()).add(jdk)));
          jdksByEnding.forEach(
              (ending, jdks) ->
                  text.append("| `" + row.command() + "`<br>" + row.what() + " | ")
                      .append(listed(jdks))
                      .append(ending)
                      .append('\n'));
        });
    return text.toString();
  }

  private static List<String> endings(Row row, Map<Form.Store, Set<String>> byStore) {
    Map<String, Set<Form.Store>> storesByMessage =
        byStore.entrySet().stream()
            .collect(
                groupingBy(
                    entry -> String.join("` or `", entry.getValue()),
                    LinkedHashMap::new,
                    mapping(Map.Entry::getKey, toCollection(LinkedHashSet::new))));
    return storesByMessage.entrySet().stream()
        .map(
            entry ->
                " | "
                    + stores(entry.getValue())
                    + " | "
                    + outcome(row)
                    + (entry.getKey().isEmpty() ? "" : ": `" + entry.getKey() + "`")
                    + " |")
        .toList();
  }

  private static String stores(Set<Form.Store> stores) {
    return stores.size() > 1 ? "both" : stores.contains(Form.Store.NONE) ? "`NONE`" : "file";
  }

  private static String outcome(Row row) {
    return switch (row.outcome()) {
      case WORKS -> "works";
      case REFUSED -> "refused";
      case REFUSED_ENTRY -> "refused, exit code 0";
    };
  }

  private static String listed(Set<Integer> jdks) {
    return jdks.stream().map(String::valueOf).collect(joining(", "));
  }

  /** The checked-in lines, as far as they are about JDKs of this machine. */
  String checkedInTable() {
    Set<Integer> tested =
        Jdk.tested().stream().map(Jdk::feature).collect(toCollection(TreeSet::new));
    String page = Checkout.text(PAGE);
    StringBuilder text = new StringBuilder();
    page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END))
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line -> {
              Set<Integer> jdks = new TreeSet<>();
              for (String jdk : line.group(2).split(", ")) {
                jdks.add(Integer.valueOf(jdk));
              }
              jdks.retainAll(tested);
              if (!jdks.isEmpty()) {
                text.append(line.group(1) + listed(jdks) + line.group(3) + "\n");
              }
            });
    return text.toString();
  }

  void write() {
    String page = Checkout.text(PAGE);
    String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    String after = page.substring(page.indexOf(END));
    try {
      Files.writeString(Checkout.file(PAGE), before + HEAD + table() + after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
