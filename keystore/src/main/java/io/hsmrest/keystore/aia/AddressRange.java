package io.hsmrest.keystore.aia;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Addresses that begin with the same bits, written {@code 10.0.0.0/8}. */
final class AddressRange {
  private final byte[] network;
  private final int prefixBits;

  private AddressRange(byte[] network, int prefixBits) {
    this.network = network;
    this.prefixBits = prefixBits;
  }

  static List<AddressRange> of(String... ranges) {
    return Arrays.stream(ranges).map(AddressRange::parse).toList();
  }

  private static AddressRange parse(String range) {
    int slash = range.indexOf('/');
    try {
      return new AddressRange(
          InetAddress.getByName(range.substring(0, slash)).getAddress(),
          Integer.parseInt(range.substring(slash + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(range, e);
    }
  }

  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
