package io.hsmrest.tests.scenario.samples;

import io.hsmrest.tests.documents.Checkout;
import io.hsmrest.tests.jdk.ProviderJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sample's files in a folder of their own, as somebody has them who follows its README.
 *
 * @param folder where they are
 */
record Sample(Path folder) {

  /**
   * Copies a folder of {@code docs/samples}.
   *
   * @param provider where the provider's jar goes, by the sample's README
   */
  static Sample copied(String name, Path folder, String provider) throws IOException {
    Path source = Checkout.file("docs/samples/" + name);
    for (Path file : files(source)) {
      Path copy = folder.resolve(source.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    Sample sample = new Sample(folder);
    Files.createDirectories(sample.file(provider).getParent());
    Files.copy(ProviderJar.path(), sample.file(provider));
    return sample;
  }

  /** What of a sample is in the repository: its files without those that a build makes. */
  static List<Path> files(Path source) {
    Path built = source.resolve("target");
    try (Stream<Path> found = Files.walk(source)) {
      return found.filter(Files::isRegularFile).filter(file -> !file.startsWith(built)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(String path) {
    return folder.resolve(path);
  }

  /** As the command {@code touch} does: the time of a file is a later one. */
  void touch(String path) throws IOException {
    Path file = file(path);
    FileTime later = FileTime.from(Files.getLastModifiedTime(file).toInstant().plusSeconds(2));
    Files.setLastModifiedTime(file, later);
  }
}
