package io.hsmrest.provider.cli;

import io.hsmrest.client.model.KeyUsage;
import io.hsmrest.keystore.der.DerElement;
import io.hsmrest.keystore.der.DerException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads lists of extensions, and notes those that are there twice or cannot be read. */
final class ExtensionsReader {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;

  private static final String KEY_USAGE = "2.5.29.15";
  private static final String NAMES = "2.5.29.17";
  private static final String CONSTRAINTS = "2.5.29.19";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";

  private static final Map<String, String> KNOWN =
      Map.of(
          KEY_USAGE,
          "key usage",
          NAMES,
          "alternative names",
          CONSTRAINTS,
          "CA",
          EXTENDED_KEY_USAGE,
          "extended key usage",
          "2.5.29.14",
          "subject key identifier",
          "2.5.29.30",
          "name constraints",
          "2.5.29.31",
          "CRL distribution points",
          "2.5.29.32",
          "certificate policies",
          "2.5.29.35",
          "authority key identifier",
          "1.3.6.1.5.5.7.1.1",
          "authority information access");

  private final List<String> defects;
  private final Set<String> seen = new HashSet<>();
  private final List<String> others = new ArrayList<>();
  private Extensions.@Nullable Authority authority;
  private @Nullable List<String> keyUsages;
  private @Nullable List<String> extendedKeyUsages;
  private @Nullable List<String> names;

  ExtensionsReader(List<String> defects) {
    this.defects = defects;
  }

  Extensions read() {
    return new Extensions(authority, keyUsages, extendedKeyUsages, names, others);
  }

  /** One list of extensions; a second one adds to the first, and is a defect. */
  void add(DerElement list) throws DerException {
    if (!seen.add("")) {
      defects.add("it has two lists of extensions");
    }
    for (DerElement extension : list.children(DerElement.SEQUENCE)) {
      List<DerElement> parts = extension.children(DerElement.SEQUENCE);
      boolean hasFlag = parts.size() == 3;
      if (!hasFlag && parts.size() != 2) {
        throw new DerException("no extension");
      }
      String oid = parts.get(0).oid();
      boolean critical = hasFlag && flag(parts.get(1));
      byte[] value = parts.get(parts.size() - 1).expect(DerElement.OCTET_STRING).content();
      if (!seen.add(oid)) {
        defects.add("its extension " + called(oid) + " is there twice");
      }
      try {
        value(oid, critical, value);
      } catch (DerException | IllegalArgumentException e) {
        defects.add("its extension " + called(oid) + " cannot be read");
      }
    }
  }

  private static String called(String oid) {
    String name = KNOWN.get(oid);
    return oid + (name == null ? "" : " (" + name + ")");
  }

  private void value(String oid, boolean critical, byte[] value) throws DerException {
    switch (oid) {
      case CONSTRAINTS -> authority = authority(DerElement.parse(value));
      case KEY_USAGE -> keyUsages = keyUsages(DerElement.parse(value));
      case EXTENDED_KEY_USAGE -> {
        List<String> usages = new ArrayList<>();
        for (DerElement usage : DerElement.parse(value).children(DerElement.SEQUENCE)) {
          usages.add(usage.oid());
        }
        extendedKeyUsages = usages;
      }
      case NAMES -> {
        List<String> all = new ArrayList<>();
        for (DerElement name : DerElement.parse(value).children(DerElement.SEQUENCE)) {
          all.add(GeneralName.text(name));
        }
        names = all;
      }
      default ->
          others.add(called(oid) + (critical ? ", critical" : "") + ", " + value.length + " bytes");
    }
  }

  private static Extensions.Authority authority(DerElement constraints) throws DerException {
    List<DerElement> parts = new ArrayList<>(constraints.children(DerElement.SEQUENCE));
    boolean isAuthority =
        !parts.isEmpty() && parts.get(0).tag() == BOOLEAN && flag(parts.remove(0));
    BigInteger below = null;
    if (!parts.isEmpty()) {
      below = new BigInteger(parts.remove(0).expect(INTEGER).content());
    }
    // What does not fit an int is taken for no limit by some.
    if (!parts.isEmpty() || below != null && (below.signum() < 0 || below.bitLength() > 31)) {
      throw new DerException("no basic constraints");
    }
    return new Extensions.Authority(isAuthority, below);
  }

  private static boolean flag(DerElement flag) throws DerException {
    byte[] content = flag.expect(BOOLEAN).content();
    if (content.length != 1) {
      throw new DerException("neither true nor false");
    }
    return content[0] != 0;
  }

  private static List<String> keyUsages(DerElement bits) throws DerException {
    byte[] content = bits.expect(DerElement.BIT_STRING).content();
    if (content.length == 0 || content[0] < 0 || content[0] > 7) {
      throw new DerException("no bits");
    }
    // The service's names are in the order of the bits.
    KeyUsage[] usages = KeyUsage.values();
    List<String> set = new ArrayList<>();
    for (int bit = 0; bit < 8 * (content.length - 1); bit++) {
      if ((content[1 + bit / 8] & 0x80 >> bit % 8) != 0) {
        set.add(bit < usages.length ? usages[bit].name() : "bit " + bit);
      }
    }
    return set;
  }
}
