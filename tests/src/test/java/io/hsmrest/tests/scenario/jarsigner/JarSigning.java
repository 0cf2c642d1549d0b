package io.hsmrest.tests.scenario.jarsigner;

import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.Registration;
import io.hsmrest.tests.scenario.SimulatedHsm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar to be signed in a folder of its own, and jarsigner of one JDK. */
final class JarSigning {
  private final Jdk jdk;
  private final Path folder;
  private final Path configuration;
  private final Path jar;

  JarSigning(Jdk jdk, SimulatedHsm hsm, Path folder, String... settings) {
    this.jdk = jdk;
    this.folder = folder;
    this.configuration = hsm.file(folder.resolve("hsmrest.properties"), settings);
    this.jar = folder.resolve("app.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("app.txt"));
      out.write("what is signed".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Signs with the key of an alias; without a terminal and without prompts. */
  Command.Result sign(String alias, String... options) {
    return jarsigner(options, jar.toString(), alias);
  }

  /** Verifies as strictly as jarsigner can, trusting what the key store trusts. */
  Command.Result verifyStrictly() {
    return jarsigner(new String[] {"-verify", "-strict", "-verbose", "-certs"}, jar.toString());
  }

  byte[] jar() {
    try {
      return Files.readAllBytes(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Command.Result jarsigner(String[] options, String... operands) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("-keystore", "NONE", "-storetype", "HsmRest", "-storepass", "none"));
    words.addAll(List.of(options));
    words.addAll(Registration.ADD_PROVIDER.options(jdk, folder, configuration));
    words.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    words.addAll(List.of(operands));
    return Command.of(jdk.tool("jarsigner")).with(words).in(folder).run();
  }
}
