package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The certificates of {@code chain.file}, read again when the file has changed. Thread-safe. */
final class ChainFile {
  private final @Nullable Path file;
  private volatile @Nullable Content content;

  /** What the file held when it looked like that. */
  private record Content(FileTime modified, long size, List<X509Certificate> certificates) {}

  ChainFile(@Nullable Path file) {
    this.file = file;
  }

  /** None when the setting is not there. */
  List<X509Certificate> certificates() throws HsmException {
    if (file == null) {
      return List.of();
    }
    try {
      FileTime modified = Files.getLastModifiedTime(file);
      long size = Files.size(file);
      Content known = content;
      if (known == null || known.size() != size || !known.modified().equals(modified)) {
        known = new Content(modified, size, read(file));
        content = known;
      }
      return known.certificates();
    } catch (CertificateException e) {
      throw new HsmException(
          "chain.file " + file + " is no PEM file with certificates: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new HsmException(
          "chain.file "
              + file
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "): "
              + e.getMessage(),
          e);
    }
  }

  private static List<X509Certificate> read(Path file) throws IOException, CertificateException {
    List<X509Certificate> certificates = JdkCrypto.certificates(Files.readAllBytes(file));
    if (certificates.isEmpty()) {
      throw new CertificateException("it is empty");
    }
    return certificates;
  }
}
