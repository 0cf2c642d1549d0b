package io.hsmrest.keystore.aia;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;

/** Gives every read the time that is left, so that an answer in drops does not last for ever. */
final class DeadlineStream extends FilterInputStream {
  private final Socket socket;
  private final Deadline deadline;

  DeadlineStream(Socket socket, Deadline deadline) throws IOException {
    super(socket.getInputStream());
    this.socket = socket;
    this.deadline = deadline;
  }

  @Override
  public int read() throws IOException {
    socket.setSoTimeout(deadline.millisecondsLeft());
    return super.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    socket.setSoTimeout(deadline.millisecondsLeft());
    return super.read(buffer, offset, length);
  }
}
