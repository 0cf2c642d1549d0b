package io.hsmrest.provider.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Lines that somebody types. {@link java.io.Console} is of no use for it: it reads ahead, and what
 * it has read cannot be thrown away.
 */
final class TypedLines {
  private final InputStream typed;
  private final Charset charset;

  TypedLines(InputStream typed, Charset charset) {
    this.typed = typed;
    this.charset = charset;
  }

  /** Throws away what was typed so far. A line without its end is still the terminal's. */
  void discard() {
    try {
      for (int waiting = typed.available(); waiting > 0; waiting = typed.available()) {
        if (typed.read(new byte[waiting]) < 0) {
          return;
        }
      }
    } catch (IOException e) {
      // Then there will be no next line either.
    }
  }

  /** The next line; null when there will be none. */
  @Nullable String next() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int b = typed.read(); b != '\n'; b = typed.read()) {
        if (b < 0) {
          return line.size() == 0 ? null : line.toString(charset);
        }
        line.write(b);
      }
      return line.toString(charset);
    } catch (IOException e) {
      return null;
    }
  }
}
