package io.hsmrest.client.approval;

import io.hsmrest.client.HsmLogger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which requests are open, kept over a crash: one small file for each, named by a hash of service
 * and operation, with the request id in it. A file appears and disappears as a whole. Failing to
 * write one is warned about and changes nothing else. Thread-safe, and safe between processes.
 */
final class RequestJournal {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  /** What was approved longer ago than this is asked for again. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private static final Pattern ID = Pattern.compile("[!-~]{1,256}");

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
      String id = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      if (ID.matcher(id).matches()) {
        return Optional.of(id);
      }
      dropped(identity, "it holds no request id");
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      dropped(identity, e.toString());
    }
    return Optional.empty();
  }

  /** Of a note that is of no use somebody has to know: people are asked anew. */
  void dropped(String identity, String why) {
    Path file = file(identity);
    LOG.log(
        System.Logger.Level.WARNING,
        "approval.resume: {0} is dropped, people are asked anew: {1}",
        file,
        why);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "it stays: {0}", e.toString());
    }
  }

  /** Notes an open request. */
  void opened(String identity, String requestId) {
    try {
      Files.createDirectories(folder);
      // Which is for its owner alone, where the file system knows owners.
      Path written = Files.createTempFile(folder, "request", ".new");
      try {
        write(written, requestId + "\n");
        move(written, file(identity));
        force(folder);
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

  /** On the disk when this returns: the note is for the time after a power cut. */
  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** The file's name too, where the file system can be asked for that. */
  private static void force(Path directory) {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "directories are not forced: {0}", e.toString());
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
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
