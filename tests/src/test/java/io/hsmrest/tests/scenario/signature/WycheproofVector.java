package io.hsmrest.tests.scenario.signature;

import io.hsmrest.tests.documents.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One line of the files in {@code provider/src/test/resources/wycheproof}, whose README explains
 * them.
 *
 * @param file its name
 * @param algorithm the JCA name
 * @param key SubjectPublicKeyInfo in hexadecimal
 * @param id number within the file
 * @param result {@code valid}, {@code invalid} or {@code acceptable}
 * @param message in hexadecimal
 * @param signature in hexadecimal
 * @param comment what is wrong with it
 */
record WycheproofVector(
    String file,
    String algorithm,
    String key,
    String id,
    String result,
    String message,
    String signature,
    String comment) {
  private static final Path FOLDER = Checkout.file("provider/src/test/resources/wycheproof");

  /** Every vector of every file. */
  static List<WycheproofVector> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".csv"))
          .sorted()
          .flatMap(file -> read(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<WycheproofVector> read(Path file) {
    String name = file.getFileName().toString();
    List<WycheproofVector> vectors = new ArrayList<>();
    String algorithm = "";
    String key = "";
    try {
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.split(",", 5);
        if (fields[0].equals("algorithm")) {
          algorithm = fields[1];
        } else if (fields[0].equals("key")) {
          key = fields[1];
        } else if (!line.startsWith("#")) {
          vectors.add(
              new WycheproofVector(
                  name, algorithm, key, fields[0], fields[1], fields[2], fields[3], fields[4]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return vectors;
  }

  boolean isValid() {
    return result.equals("valid");
  }

  @Override
  public String toString() {
    return file + " " + id + " " + result + " " + comment;
  }
}
