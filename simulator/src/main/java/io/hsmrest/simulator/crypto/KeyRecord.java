package io.hsmrest.simulator.crypto;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The stored form of a {@link KeyMaterial}: a version, then each field behind its length. */
record KeyRecord(
    String name,
    @Nullable String curveOid,
    @Nullable Integer keySize,
    @Nullable Bytes privateKey,
    @Nullable Bytes publicKey,
    @Nullable Bytes secretKey) {
  private static final int VERSION = 1;

  static byte[] write(
      String name,
      @Nullable String curveOid,
      @Nullable Integer keySize,
      @Nullable Bytes privateKey,
      @Nullable Bytes publicKey,
      @Nullable Bytes secretKey) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(name);
      out.writeUTF(curveOid == null ? "" : curveOid);
      out.writeInt(keySize == null ? -1 : keySize);
      writeBytes(out, privateKey);
      writeBytes(out, publicKey);
      writeBytes(out, secretKey);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static KeyRecord read(byte[] encoding) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoding))) {
      if (in.readByte() != VERSION) {
        throw new IllegalArgumentException("not a stored key of version " + VERSION);
      }
      String name = in.readUTF();
      String curve = in.readUTF();
      int size = in.readInt();
      Bytes privateKey = readBytes(in);
      Bytes publicKey = readBytes(in);
      Bytes secretKey = readBytes(in);
      if (in.read() != -1) {
        throw new IllegalArgumentException("bytes behind a stored key");
      }
      return new KeyRecord(
          name,
          curve.isEmpty() ? null : curve,
          size == -1 ? null : size,
          privateKey,
          publicKey,
          secretKey);
    } catch (IOException e) {
      throw new IllegalArgumentException("a stored key is cut off", e);
    }
  }

  private static void writeBytes(DataOutputStream out, @Nullable Bytes bytes) throws IOException {
    if (bytes == null) {
      out.writeInt(-1);
      return;
    }
    out.writeInt(bytes.size());
    out.write(bytes.content());
  }

  private static @Nullable Bytes readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length == -1) {
      return null;
    }
    if (length < 0 || length > in.available()) {
      throw new IllegalArgumentException("a stored key is cut off");
    }
    return Bytes.owning(in.readNBytes(length));
  }
}
