package io.hsmrest.tests.scenario.samples;

import io.hsmrest.tests.documents.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the module {@code tests/servers} fetched. */
final class Servers {
  private static final Path FOLDER = Checkout.file("tests/servers/target");

  private Servers() {}

  /** A distribution's folder, such as {@code apache-tomcat}, whatever its version. */
  static Path distribution(String name) throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      List<Path> found =
          folders.filter(folder -> folder.getFileName().toString().startsWith(name + "-")).toList();
      if (found.size() != 1) {
        throw new AssertionError("build the module tests/servers anew: it has " + found);
      }
      return found.get(0);
    }
  }

  /** The jars of {@code kafka} or {@code netty}. */
  static String classPath(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name + ".classpath")).strip();
  }
}
