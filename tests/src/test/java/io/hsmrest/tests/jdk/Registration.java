package io.hsmrest.tests.jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** How a tool of the JDK gets to know the provider. */
public enum Registration {
  /** By the name of its class; keytool alone has the path option on all JDKs. */
  PROVIDER_CLASS {
    @Override
    public List<String> options(Jdk jdk, Path folder, @Nullable Path configuration) {
      List<String> options = new ArrayList<>();
      options.addAll(List.of("-providerclass", "io.hsmrest.provider.HsmRestProvider"));
      if (configuration != null) {
        options.addAll(List.of("-providerarg", configuration.toString()));
      }
      options.addAll(List.of("-providerpath", ProviderJar.path().toString()));
      return options;
    }
  },
  /** By its name. */
  ADD_PROVIDER {
    @Override
    public List<String> options(Jdk jdk, Path folder, @Nullable Path configuration) {
      List<String> options = classPath();
      options.addAll(List.of("-addprovider", "HsmRest"));
      if (configuration != null) {
        options.addAll(List.of("-providerarg", configuration.toString()));
      }
      return options;
    }
  },
  /** By a file that adds to the JDK's own java.security. */
  JAVA_SECURITY {
    @Override
    public List<String> options(Jdk jdk, Path folder, @Nullable Path configuration) {
      Path file = folder.resolve("java.security");
      String argument = configuration == null ? "" : " " + configuration;
      try {
        Files.writeString(
            file, "security.provider." + nextNumber(jdk) + "=HsmRest" + argument + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      List<String> options = classPath();
      options.add("-J-Djava.security.properties=" + file);
      return options;
    }
  };

  /**
   * The options of keytool and jarsigner.
   *
   * @param folder for files of its own
   * @param configuration the provider's argument, null for none
   */
  public abstract List<String> options(Jdk jdk, Path folder, @Nullable Path configuration);

  private static List<String> classPath() {
    return new ArrayList<>(List.of("-J-cp", "-J" + ProviderJar.path()));
  }

  /** The list of providers ends at its first gap. */
  private static int nextNumber(Jdk jdk) {
    Properties security = new Properties();
    try (var in = Files.newInputStream(jdk.home().resolve("conf/security/java.security"))) {
      security.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int number = 1;
    while (security.containsKey("security.provider." + number)) {
      number++;
    }
    return number;
  }
}
