package io.hsmrest.keystore.der;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One element of a DER encoding: tag, length, content. Definite lengths and tags of one byte are
 * all that certificates use; whatever else comes is refused. Immutable and thread-safe.
 */
public final class DerElement {
  /** INTEGER. */
  public static final int INTEGER = 0x02;

  /** BIT STRING. */
  public static final int BIT_STRING = 0x03;

  /** OCTET STRING. */
  public static final int OCTET_STRING = 0x04;

  /** OBJECT IDENTIFIER. */
  public static final int OBJECT_IDENTIFIER = 0x06;

  /** SEQUENCE. */
  public static final int SEQUENCE = 0x30;

  /** SET. */
  public static final int SET = 0x31;

  private final byte[] source;
  private final int start;
  private final int contentStart;
  private final int end;

  private DerElement(byte[] source, int start, int contentStart, int end) {
    this.source = source;
    this.start = start;
    this.contentStart = contentStart;
    this.end = end;
  }

  /** The one element that {@code der} is. */
  public static DerElement parse(byte[] der) throws DerException {
    DerElement element = at(der.clone(), 0, der.length);
    if (element.end != der.length) {
      throw new DerException((der.length - element.end) + " bytes behind the end");
    }
    return element;
  }

  private static DerElement at(byte[] source, int start, int limit) throws DerException {
    if (limit - start < 2) {
      throw new DerException("ends within an element");
    }
    if ((source[start] & 0x1f) == 0x1f) {
      throw new DerException("a tag of more than one byte");
    }
    int first = source[start + 1] & 0xff;
    if (first < 0x80) {
      return bounded(source, start, start + 2, first, limit);
    }
    int octets = first & 0x7f;
    if (octets == 0 || octets > 3 || limit - start - 2 < octets) {
      throw new DerException("a length that is indefinite or too large");
    }
    int length = 0;
    for (int i = 0; i < octets; i++) {
      length = length << 8 | source[start + 2 + i] & 0xff;
    }
    return bounded(source, start, start + 2 + octets, length, limit);
  }

  private static DerElement bounded(
      byte[] source, int start, int contentStart, int length, int limit) throws DerException {
    if (length > limit - contentStart) {
      throw new DerException("an element longer than what is there");
    }
    return new DerElement(source, start, contentStart, contentStart + length);
  }

  /** The identifier octet: class, constructed bit and number. */
  public int tag() {
    return source[start] & 0xff;
  }

  /** The element with tag and length. */
  public byte[] encoded() {
    return Arrays.copyOfRange(source, start, end);
  }

  /** What is behind tag and length. */
  public byte[] content() {
    return Arrays.copyOfRange(source, contentStart, end);
  }

  /** The elements that this one is made of. */
  public List<DerElement> children() throws DerException {
    List<DerElement> children = new ArrayList<>();
    for (int at = contentStart; at < end; ) {
      DerElement child = at(source, at, end);
      children.add(child);
      at = child.end;
    }
    return children;
  }

  /** The elements that this one, which has to have this tag, is made of. */
  public List<DerElement> children(int tag) throws DerException {
    return expect(tag).children();
  }

  /** Itself, if it has this tag. */
  public DerElement expect(int tag) throws DerException {
    if (tag() != tag) {
      throw new DerException("tag %02x where %02x was expected".formatted(tag(), tag));
    }
    return this;
  }

  /** The dotted form of an object identifier. */
  public String oid() throws DerException {
    expect(OBJECT_IDENTIFIER);
    StringBuilder text = new StringBuilder();
    BigInteger arc = BigInteger.ZERO;
    for (byte octet : content()) {
      arc = arc.shiftLeft(7).or(BigInteger.valueOf(octet & 0x7f));
      if (octet >= 0) {
        append(text, arc);
        arc = BigInteger.ZERO;
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, BigInteger arc) {
    if (!text.isEmpty()) {
      text.append('.').append(arc);
      return;
    }
    // X.690 8.19.4: the first octets hold two arcs.
    int root = Math.min(arc.divide(BigInteger.valueOf(40)).min(BigInteger.TWO).intValue(), 2);
    text.append(root).append('.').append(arc.subtract(BigInteger.valueOf(40L * root)));
  }

  /** The text of any of the string types that names are written in. */
  public String text() throws DerException {
    Charset charset =
        switch (tag()) {
          case 0x0c -> StandardCharsets.UTF_8;
          case 0x12, 0x13, 0x16, 0x1a -> StandardCharsets.US_ASCII;
          case 0x14 -> StandardCharsets.ISO_8859_1;
          case 0x1e -> StandardCharsets.UTF_16BE;
          default -> throw new DerException("tag %02x is no string".formatted(tag()));
        };
    return new String(source, contentStart, end - contentStart, charset);
  }

  /** The bytes of a BIT STRING that has no unused bits. */
  public byte[] wholeBits() throws DerException {
    byte[] content = expect(BIT_STRING).content();
    if (content.length == 0 || content[0] != 0) {
      throw new DerException("a bit string that is not made of whole bytes");
    }
    return Arrays.copyOfRange(content, 1, content.length);
  }
}
