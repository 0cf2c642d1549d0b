package io.hsmrest.tests.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the checkout that the tests run in. */
public final class Checkout {
  private Checkout() {}

  /** A file by its path from the top. */
  public static Path file(String path) {
    return Path.of("..").resolve(path).toAbsolutePath().normalize();
  }

  /** The text of such a file. */
  public static String text(String path) {
    try {
      return Files.readString(file(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
