package io.hsmrest.tests.scenario.samples;

import io.hsmrest.tests.documents.Checkout;
import io.hsmrest.tests.jdk.Command;
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
 * @param shell what its README says to type
 */
record Sample(Path folder, Shell shell) {

  /** Copies a folder of {@code docs/samples}. */
  static Sample copied(String name, Path folder) throws IOException {
    Path source = Checkout.file("docs/samples/" + name);
    for (Path file : files(source)) {
      Path copy = folder.resolve(source.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    return new Sample(folder, Shell.of("docs/samples/" + name + "/README.md"));
  }

  /** Writes where the service is into a configuration, as each README asks. */
  Sample with(SampleHsm hsm, String configuration) throws IOException {
    Path file = file(configuration);
    String text = Files.readString(file);
    String endpoint = "endpoint = https://rest-api.cloudshsm.com\n";
    if (!text.contains(endpoint)) {
      throw new AssertionError(text);
    }
    Files.writeString(file, text.replace(endpoint, "endpoint = " + hsm.uri() + "\n"));
    return this;
  }

  /** Puts the provider's jar where a README says in words. */
  Sample withProvider() throws IOException {
    Files.copy(ProviderJar.path(), file("hsmrest-provider.jar"));
    return this;
  }

  /** The README's commands that begin or go on with this text, here. */
  Command typed(String part, String... more) {
    return shell.command(shell.block(part), more).in(folder);
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
