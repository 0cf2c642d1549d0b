package io.hsmrest.provider.cli;

import io.hsmrest.client.model.Octets;
import io.hsmrest.keystore.der.DerElement;
import io.hsmrest.keystore.der.DerException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Reads one certificate or request (RFC 5280 4.1, RFC 2986 4.1), and notes what is wrong. */
final class DerContentReader {
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int ISSUER_ID = 0x81;
  private static final int SUBJECT_ID = 0x82;
  private static final int EXTENSIONS = 0xa3;

  /** PKCS #9, and Microsoft's, which others take for the same. */
  private static final Set<String> EXTENSION_REQUESTS =
      Set.of("1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withResolverStyle(ResolverStyle.STRICT);

  private final List<String> defects = new ArrayList<>();
  private final ExtensionsReader extensions = new ExtensionsReader(defects);
  private final List<String> attributes = new ArrayList<>();

  /** A part of it. */
  @FunctionalInterface
  private interface Part<T> {
    T read() throws DerException;
  }

  /** A part that is null when it cannot be read. */
  private <T> @Nullable T part(String name, Part<T> part) {
    try {
      return part.read();
    } catch (DerException | IllegalArgumentException | DateTimeException e) {
      defects.add("its " + name + " cannot be read");
      return null;
    }
  }

  /**
   * A certificate.
   *
   * @param parts from the serial number on
   */
  DerContent certificate(String kind, List<DerElement> parts) {
    Instant[] validity = part("validity", () -> validity(parts.get(3)));
    for (DerElement further : parts.subList(6, parts.size())) {
      further(further, further == parts.get(parts.size() - 1));
    }
    return new DerContent(
        kind,
        false,
        name("subject", parts.get(4)),
        name("issuer", parts.get(2)),
        new BigInteger(parts.get(0).content().length == 0 ? new byte[1] : parts.get(0).content()),
        validity == null ? null : validity[0],
        validity == null ? null : validity[1],
        part("algorithm", () -> first(parts.get(1)).oid()),
        Octets.of(parts.get(5).encoded()),
        extensions.read(),
        attributes,
        defects);
  }

  private void further(DerElement element, boolean isLast) {
    if (element.tag() == EXTENSIONS && isLast) {
      try {
        List<DerElement> list = element.children();
        if (list.size() != 1) {
          throw new DerException("not one list of extensions");
        }
        extensions.add(list.get(0));
      } catch (DerException e) {
        defects.add("its extensions cannot be read");
      }
    } else if (element.tag() != ISSUER_ID && element.tag() != SUBJECT_ID) {
      defects.add("something in it cannot be read");
    }
  }

  /** A request: version, subject, key, and attributes. */
  DerContent request(String kind, List<DerElement> parts) {
    if (parts.size() > 3) {
      try {
        for (DerElement attribute : parts.get(3).children()) {
          attribute(attribute.children(DerElement.SEQUENCE));
        }
      } catch (DerException e) {
        defects.add("its attributes cannot be read");
      }
    }
    return new DerContent(
        kind,
        true,
        name("subject", parts.get(1)),
        null,
        null,
        null,
        null,
        null,
        Octets.of(parts.get(2).encoded()),
        extensions.read(),
        attributes,
        defects);
  }

  private void attribute(List<DerElement> typeAndValues) throws DerException {
    if (typeAndValues.size() != 2) {
      throw new DerException("no attribute");
    }
    String type = typeAndValues.get(0).oid();
    List<DerElement> values = typeAndValues.get(1).children(DerElement.SET);
    if (!EXTENSION_REQUESTS.contains(type)) {
      attributes.add(type);
    } else if (values.size() == 1) {
      extensions.add(values.get(0));
    } else {
      defects.add("it does not ask for one list of extensions");
    }
  }

  private @Nullable X500Principal name(String what, DerElement name) {
    return part(what, () -> new X500Principal(name.encoded()));
  }

  /** The first of the elements that this one is made of. */
  static DerElement first(DerElement element) throws DerException {
    List<DerElement> children = element.children();
    if (children.isEmpty()) {
      throw new DerException("nothing in it");
    }
    return children.get(0);
  }

  private static Instant[] validity(DerElement validity) throws DerException {
    List<DerElement> times = validity.children();
    if (times.size() != 2) {
      throw new DerException("no two times");
    }
    return new Instant[] {time(times.get(0)), time(times.get(1))};
  }

  /** To the second and in UTC, as RFC 5280 4.1.2.5 asks for. */
  private static Instant time(DerElement time) throws DerException {
    String text = new String(time.content(), StandardCharsets.US_ASCII);
    if (time.tag() == UTC_TIME) {
      text = (text.compareTo("50") < 0 ? "20" : "19") + text;
    } else {
      time.expect(GENERALIZED_TIME);
    }
    return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
  }
}
