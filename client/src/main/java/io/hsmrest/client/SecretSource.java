package io.hsmrest.client;

import io.hsmrest.client.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A secret, or where it is kept: {@code env:NAME}, {@code file:/path}, {@code storepass:}, or the
 * text itself for those who insist. A file is read at every use, so that a renewed token needs no
 * restart.
 */
public sealed interface SecretSource {

  /**
   * Understands one setting.
   *
   * @param setting the setting's name, for messages
   */
  static SecretSource of(String setting, String text) throws HsmConfigurationException {
    if (text.startsWith("env:")) {
      return new Environment(setting, text.substring("env:".length()));
    }
    if (text.startsWith("file:")) {
      String path = text.substring("file:".length());
      try {
        return new InFile(setting, Path.of(path.startsWith("//") ? path.substring(2) : path));
      } catch (InvalidPathException e) {
        throw new HsmConfigurationException(setting + ": '" + path + "' is not a file name", e);
      }
    }
    if (text.equals("storepass:")) {
      return new StorePassword(setting);
    }
    return new Inline(Secret.of(text));
  }

  /**
   * The secret as it is now.
   *
   * @param storePassword what {@code storepass:} stands for, null when none was given
   * @throws HsmConfigurationException when it is not there
   */
  Secret resolve(@Nullable Secret storePassword) throws HsmConfigurationException;

  /** The text itself. */
  record Inline(Secret secret) implements SecretSource {
    @Override
    public Secret resolve(@Nullable Secret storePassword) {
      return secret;
    }
  }

  /** An environment variable. */
  record Environment(String setting, String name) implements SecretSource {
    @Override
    public Secret resolve(@Nullable Secret storePassword) throws HsmConfigurationException {
      String value = System.getenv(name);
      if (value == null || value.isBlank()) {
        throw new HsmConfigurationException(
            setting + ": the environment variable " + name + " is not set");
      }
      return Secret.of(value.strip());
    }
  }

  /** A file whose content, without the white space around it, is the secret. */
  record InFile(String setting, Path path) implements SecretSource {
    @Override
    public Secret resolve(@Nullable Secret storePassword) throws HsmConfigurationException {
      try {
        String text = Files.readString(path).strip();
        if (text.isEmpty()) {
          throw new HsmConfigurationException(setting + ": the file " + path + " is empty");
        }
        return Secret.of(text);
      } catch (IOException e) {
        throw new HsmConfigurationException(
            setting
                + ": the file "
                + path
                + " cannot be read ("
                + e.getClass().getSimpleName()
                + ")",
            e);
      }
    }
  }

  /** The password given to {@code KeyStore.load}. */
  record StorePassword(String setting) implements SecretSource {
    @Override
    public Secret resolve(@Nullable Secret storePassword) throws HsmConfigurationException {
      if (storePassword == null || storePassword.isEmpty()) {
        throw new HsmConfigurationException(
            setting + ": storepass: stands for the key store password, and none was given");
      }
      return storePassword;
    }
  }
}
