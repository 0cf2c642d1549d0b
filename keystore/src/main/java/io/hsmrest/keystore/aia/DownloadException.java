package io.hsmrest.keystore.aia;

import java.io.IOException;

/** A download that a limit forbids or ends, or whose answer is no use. */
final class DownloadException extends IOException {
  private static final long serialVersionUID = 1L;

  DownloadException(String message) {
    super(message);
  }
}
