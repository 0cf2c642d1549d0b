package io.hsmrest.tests.jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK on this machine.
 *
 * @param home its folder
 * @param feature its feature release, such as 17
 */
public record Jdk(Path home, int feature) {

  /** The one that runs the tests. */
  public static Jdk current() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /** The current one, and the newest found beside it where that is newer. */
  public static List<Jdk> tested() {
    List<Jdk> tested = new ArrayList<>(List.of(current()));
    newer().ifPresent(tested::add);
    return tested;
  }

  /** The newest JDK that is newer than the current one. */
  public static Optional<Jdk> newer() {
    List<Path> candidates = new ArrayList<>();
    for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
      if (variable.getKey().startsWith("JAVA_HOME")) {
        candidates.add(Path.of(variable.getValue()));
      }
    }
    Path siblings = current().home().getParent();
    if (siblings != null) {
      try (Stream<Path> found = Files.list(siblings)) {
        found.forEach(candidates::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return candidates.stream()
        .map(Jdk::at)
        .flatMap(Optional::stream)
        .filter(jdk -> jdk.feature() > current().feature())
        .max(Comparator.comparingInt(Jdk::feature));
  }

  private static Optional<Jdk> at(Path home) {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/keytool"))) {
      return Optional.empty();
    }
    Properties facts = new Properties();
    try (var in = Files.newInputStream(release)) {
      facts.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = facts.getProperty("JAVA_VERSION", "").replace("\"", "");
    return version.isEmpty()
        ? Optional.empty()
        : Optional.of(new Jdk(home, Runtime.Version.parse(version).feature()));
  }

  /** One of its commands, such as {@code keytool}. */
  public String tool(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }
}
