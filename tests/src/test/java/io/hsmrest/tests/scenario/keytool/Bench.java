package io.hsmrest.tests.scenario.keytool;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.SimulatedHsm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One command's place of work: a simulator, a folder, a configuration, and keytool in one form. */
final class Bench implements AutoCloseable {
  private final Form form;
  private final Path folder;
  private final SimulatedHsm hsm = new SimulatedHsm();
  private final Path configuration;
  private final byte[] configurationBytes;
  private final HsmContents contents;

  Bench(Form form, Path folder, List<String> settings) {
    this.form = form;
    this.folder = folder;
    this.configuration =
        hsm.file(
            folder.resolve("hsmrest.properties"),
            Stream.concat(Stream.of("# written by hand, with ümlauts"), settings.stream())
                .toArray(String[]::new));
    this.configurationBytes = bytesOf(configuration);
    this.contents = HsmContents.of(hsm);
  }

  SimulatedHsm hsm() {
    return hsm;
  }

  /** What is at the simulator, seen through the client and not through the key store. */
  HsmContents contents() {
    return contents;
  }

  /** Runs keytool; its key store options are added. */
  Command.Result keytool(List<String> arguments) {
    return command(arguments, "-keystore", "-storetype");
  }

  /** Runs keytool with our key store under other option names, such as {@code -destkeystore}. */
  Command.Result command(List<String> arguments, String storeOption, String typeOption) {
    List<String> words = new ArrayList<>(arguments);
    words.addAll(form.storeOptions(configuration, storeOption, typeOption));
    words.addAll(
        form.registration()
            .options(form.jdk(), folder, form.store() == Form.Store.NONE ? configuration : null));
    // A first-tier compiler alone makes short programs quick.
    words.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    return Command.of(form.jdk().tool("keytool")).with(words).in(folder).run();
  }

  /** A file in the command's folder. */
  void file(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void file(String name, byte[] content) {
    try {
      Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** keytool has written back the configuration as it was. */
  void assertConfigurationUntouched() {
    assertThat(Arrays.equals(bytesOf(configuration), configurationBytes))
        .as("the configuration file is what it was")
        .isTrue();
  }

  private static byte[] bytesOf(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    hsm.close();
  }
}
