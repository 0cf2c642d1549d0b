package io.hsmrest.client.approval;

import io.hsmrest.client.HsmLogger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Which requests are open, kept over a crash: one small file for each, named by a hash of service
 * and operation, with the request id in it. A file appears and disappears as a whole. Failing to
 * write one is warned about and changes nothing else. Thread-safe, and safe between processes.
 */
final class RequestJournal {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  /** What was approved longer ago than this is asked for again. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private final Path folder;
  private final String service;

  /**
   * A journal of one service.
   *
   * @param folder made when it is needed
   * @param service tells services apart
   */
  RequestJournal(Path folder, String service) {
    this.folder = folder;
    this.service = service;
  }

  /** The journal of the user whom this JVM runs for. */
  static RequestJournal ofUser(String service) {
    return new RequestJournal(
        Path.of(System.getProperty("user.home", "."), ".hsmrest", "requests"), service);
  }

  /** The request that this operation has open, as far as is known here. */
  Optional<String> open(String identity) {
    try {
      Path file = file(identity);
      if (Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(LONGEST))) {
        over(identity);
        return Optional.empty();
      }
      String id = Files.readString(file).strip();
      return id.isEmpty() ? Optional.empty() : Optional.of(id);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "approval.resume: {0} cannot be read, people are asked anew: {1}",
          file(identity),
          e.toString());
      return Optional.empty();
    }
  }

  /** Notes an open request. */
  void opened(String identity, String requestId) {
    try {
      Files.createDirectories(folder);
      Path written = Files.createTempFile(folder, "request", ".new");
      try {
        restrict(written);
        Files.writeString(written, requestId + "\n");
        move(written, file(identity));
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "approval.resume: request {0} is not noted in {1}, after a crash people are asked anew:"
              + " {2}",
          requestId,
          folder,
          e.toString());
    }
  }

  /** The operation's request has come to its end. */
  void over(String identity) {
    try {
      Files.deleteIfExists(file(identity));
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "approval.resume: {0} cannot be deleted: {1}",
          file(identity),
          e.toString());
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** For its owner alone, where the file system knows owners. */
  private static void restrict(Path file) throws IOException {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (UnsupportedOperationException e) {
      LOG.log(System.Logger.Level.DEBUG, "no permissions on this file system");
    }
  }

  private Path file(String identity) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(service.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0);
      byte[] hash = sha256.digest(identity.getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash) + ".request");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-256 in this Java", e);
    }
  }
}
