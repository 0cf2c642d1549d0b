package io.hsmrest.keystore.aia;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Which addresses may be connected to. */
@FunctionalInterface
interface AddressRule {

  boolean allows(InetAddress address);

  /**
   * Public addresses alone: a certificate must not make this host fetch from itself or from its
   * neighbours. The ranges are those of the registries of special-purpose addresses (RFC 6890).
   */
  static boolean isPublic(InetAddress address) {
    if (address instanceof Inet4Address) {
      return Ranges.IPV4.stream().noneMatch(range -> range.contains(address.getAddress()));
    }
    return address instanceof Inet6Address && isPublicIpv6(address.getAddress());
  }

  private static boolean isPublicIpv6(byte[] octets) {
    if (Ranges.GLOBAL_UNICAST.stream().noneMatch(range -> range.contains(octets))
        && !Ranges.TRANSLATED.contains(octets)) {
      return false;
    }
    if (Ranges.IPV6.stream().anyMatch(range -> range.contains(octets))) {
      return false;
    }
    if (Ranges.SIX_TO_FOUR.contains(octets)) {
      return isPublicIpv4(Arrays.copyOfRange(octets, 2, 6));
    }
    return !Ranges.TRANSLATED.contains(octets) || isPublicIpv4(Arrays.copyOfRange(octets, 12, 16));
  }

  /** The IPv4 address inside an IPv6 address, which is where the packets end. */
  private static boolean isPublicIpv4(byte[] octets) {
    try {
      return isPublic(InetAddress.getByAddress(octets));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The ranges. */
  final class Ranges {
    static final List<AddressRange> IPV4 =
        AddressRange.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");
    static final List<AddressRange> GLOBAL_UNICAST = AddressRange.of("2000::/3");
    static final List<AddressRange> IPV6 =
        AddressRange.of("2001::/23", "2001:db8::/32", "3fff::/20");
    static final AddressRange SIX_TO_FOUR = AddressRange.of("2002::/16").get(0);
    static final AddressRange TRANSLATED = AddressRange.of("64:ff9b::/96").get(0);

    private Ranges() {}
  }
}
