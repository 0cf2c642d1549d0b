package io.hsmrest.client.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Of a stream that is too long the rest is not read. For one thread. */
final class LimitedStream extends FilterInputStream {
  private final String limit;
  private final long longest;
  private final Runnable abort;
  private long count;

  /**
   * A stream within a limit.
   *
   * @param limit what it is called
   * @param longest in bytes
   * @param abort ends what the stream comes from
   */
  LimitedStream(InputStream in, String limit, long longest, Runnable abort) {
    super(in);
    this.limit = limit;
    this.longest = longest;
    this.abort = abort;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  private void count(int read) throws IOException {
    count += read;
    if (count > longest) {
      abort.run();
      throw new HttpTransport.AnswerTooLargeException(limit, longest);
    }
  }
}
