package io.hsmrest.simulator.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Where the state is kept: nowhere, or in one file of H2's MVStore, committed with each change, so
 * that a process that is killed leaves the last finished change behind. Thread-safe.
 */
public final class Store implements AutoCloseable {
  private static final String FILE = "hsmrest-simulator.mv.db";

  private final @Nullable MVStore file;

  private Store(@Nullable MVStore file) {
    this.file = file;
  }

  /** Keeps nothing. */
  public static Store inMemory() {
    return new Store(null);
  }

  /**
   * Opens or makes the store in a directory.
   *
   * @throws IOException if the directory cannot be used, or another process uses it
   */
  public static Store open(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path path = directory.resolve(FILE);
    try {
      return new Store(new MVStore.Builder().fileName(path.toString()).autoCommitDisabled().open());
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        throw new IOException(directory + " is in use by another simulator", e);
      }
      throw new IOException(path + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /** The table of that name, made if it is not there. */
  Table table(String name) {
    if (file == null) {
      return Table.NOWHERE;
    }
    MVMap<String, byte[]> map = file.openMap(name);
    return new Table() {
      @Override
      public Map<String, byte[]> rows() {
        return map;
      }

      @Override
      public void put(String key, Object record) {
        map.put(key, Codec.write(record));
      }

      @Override
      public void remove(String key) {
        map.remove(key);
      }
    };
  }

  /** The key pairs of approvers, which belong to no partition. */
  public Named<StoredSigner> signers() {
    return new Named<>(this, "signers", StoredSigner.class, StoredSigner::name);
  }

  /** Makes one change, durable as a whole when this returns. */
  synchronized void change(Runnable change) {
    change.run();
    if (file != null) {
      file.commit();
    }
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (MVStoreException e) {
        throw new UncheckedIOException(new IOException(e));
      }
    }
  }
}
