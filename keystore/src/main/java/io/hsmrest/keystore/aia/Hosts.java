package io.hsmrest.keystore.aia;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Looks a host up once, and hands out its addresses only if the rule allows all of them. The
 * connection then goes to one of these addresses and the name is not looked up again, so that a
 * name which answers differently the second time (DNS rebinding) wins nothing.
 */
final class Hosts {

  /** Looks a name up, as {@code InetAddress.getAllByName} does. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final Lookup lookup;
  private final AddressRule rule;

  Hosts(Lookup lookup, AddressRule rule) {
    this.lookup = lookup;
    this.rule = rule;
  }

  List<InetAddress> addresses(String host) throws IOException {
    InetAddress[] addresses;
    try {
      addresses = lookup.addresses(host);
    } catch (UnknownHostException e) {
      throw new DownloadException("host " + host + " is not known");
    }
    for (InetAddress address : addresses) {
      if (!rule.allows(address)) {
        throw new DownloadException(
            "host "
                + host
                + " has the address "
                + address.getHostAddress()
                + ", which is not a public one");
      }
    }
    return List.of(addresses);
  }
}
