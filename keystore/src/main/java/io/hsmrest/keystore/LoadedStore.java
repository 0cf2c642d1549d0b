package io.hsmrest.keystore;

import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.approval.ApprovalListener;
import io.hsmrest.client.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one {@code load} established: session, the configuration's bytes where it came as a stream,
 * the password. Immutable but for the memory of its changes.
 */
final class LoadedStore {
  /** A configuration is a page of text; whoever hands in more hands in something else. */
  private static final int LARGEST_CONFIGURATION = 1 << 20;

  private static final int PROBED = 1 << 14;
  private static final Pattern MARK =
      Pattern.compile("(?m)^\uFEFF?[ \\t\\f]*endpoint[ \\t\\f]*[=: \\t\\f]");

  private final HsmSession session;
  private final byte @Nullable [] configuration;
  private final char @Nullable [] password;
  private final StoreEntries entries;
  private final KeyStoreChanges changes;

  private LoadedStore(
      HsmSession session, byte @Nullable [] configuration, char @Nullable [] password) {
    this.session = session;
    this.configuration = configuration;
    this.password = password == null ? null : password.clone();
    this.entries = new StoreEntries(session);
    this.changes = new KeyStoreChanges(session);
  }

  /** Finds or makes the session of a configuration. */
  @FunctionalInterface
  interface SessionOpener {
    HsmSession open(
        HsmRestConfig config, @Nullable Secret storePassword, @Nullable ApprovalListener listener)
        throws HsmException;
  }

  /** Loads from a stream that is a configuration, or from the usual places when there is none. */
  static LoadedStore load(
      ConfigurationSource source,
      SessionOpener sessions,
      @Nullable InputStream stream,
      char @Nullable [] password)
      throws IOException {
    try {
      byte[] bytes = stream == null ? null : stream.readNBytes(LARGEST_CONFIGURATION + 1);
      if (bytes != null && bytes.length > LARGEST_CONFIGURATION) {
        throw new IOException("key store file is no hsmrest.properties: it is larger than 1 MiB");
      }
      HsmRestConfig config =
          bytes == null ? source.read() : ConfigurationSource.parse(bytes, "key store file");
      return new LoadedStore(sessions.open(config, secret(password), null), bytes, password);
    } catch (HsmException e) {
      throw failure(e);
    }
  }

  static LoadedStore load(SessionOpener sessions, HsmRestLoadStoreParameter parameter)
      throws IOException {
    try {
      Secret password = parameter.storePassword().orElse(null);
      return new LoadedStore(
          sessions.open(parameter.config(), password, parameter.approvalListener()),
          null,
          password == null ? null : password.toCharArray());
    } catch (HsmException e) {
      throw failure(e);
    }
  }

  /**
   * Shows that the service can be reached and lets us in, by the one request that everything begins
   * with. Where labels are exact no right to list is needed, and nothing is asked.
   */
  void prove() throws IOException {
    if (session.config().keys().isExactInclude()) {
      return;
    }
    try {
      session.partition().allLabels();
    } catch (HsmException e) {
      throw failure(e);
    }
  }

  /**
   * Writes back what was read: keytool overwrites the file with it. Changes were made when they
   * were asked for.
   */
  void store(@Nullable OutputStream out, char @Nullable [] newPassword) throws IOException {
    char[] given = password == null ? new char[0] : password;
    if (newPassword != null && newPassword.length > 0 && !Arrays.equals(given, newPassword)) {
      throw new IOException(
          "the password of this key store cannot be changed here: it stands for a credential of the"
              + " service, which the service gives out; load and store with the same password");
    }
    if (out == null) {
      return;
    }
    if (configuration == null) {
      throw new IOException(
          "no file is written: this key store lives at the service, where all changes have been"
              + " made already, and was not loaded from a file; use -keystore NONE, or an existing"
              + " hsmrest.properties");
    }
    out.write(configuration);
  }

  HsmSession session() {
    return session;
  }

  StoreEntries entries() {
    return entries;
  }

  KeyStoreChanges changes() {
    return changes;
  }

  /** Whether a stream begins like a {@code hsmrest.properties}: text that sets an endpoint. */
  static boolean looksLikeConfiguration(InputStream stream) throws IOException {
    byte[] beginning = stream.readNBytes(PROBED);
    for (byte b : beginning) {
      if (b == 0) {
        return false;
      }
    }
    return MARK.matcher(new String(beginning, StandardCharsets.UTF_8)).find();
  }

  private static @Nullable Secret secret(char @Nullable [] password) {
    return password == null || password.length == 0 ? null : Secret.of(password);
  }

  /** {@code KeyStore.load} asks for this cause where a credential is to blame. */
  private static IOException failure(HsmException e) {
    if (e instanceof AuthenticationException) {
      UnrecoverableKeyException cause = new UnrecoverableKeyException(e.getMessage());
      cause.initCause(e);
      return new IOException(e.getMessage(), cause);
    }
    return new IOException(e.getMessage(), e);
  }
}
