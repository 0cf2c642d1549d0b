package io.hsmrest.keystore.aia;

import io.hsmrest.keystore.der.DerElement;
import io.hsmrest.keystore.der.DerException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Where a certificate says its issuer can be had (RFC 5280 4.2.2.1). */
final class AccessLocations {
  private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
  private static final String CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
  private static final int URI_NAME = 0x86;

  private AccessLocations() {}

  /** In the certificate's order; empty where it names none, or where the extension is broken. */
  static List<URI> of(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(AUTHORITY_INFORMATION_ACCESS);
    List<URI> locations = new ArrayList<>();
    if (extension == null) {
      return locations;
    }
    try {
      DerElement wrapped = DerElement.parse(extension).expect(DerElement.OCTET_STRING);
      for (DerElement description :
          DerElement.parse(wrapped.content()).children(DerElement.SEQUENCE)) {
        List<DerElement> parts = description.children(DerElement.SEQUENCE);
        if (parts.size() == 2
            && parts.get(0).oid().equals(CA_ISSUERS)
            && parts.get(1).tag() == URI_NAME) {
          locations.add(new URI(new String(parts.get(1).content(), StandardCharsets.US_ASCII)));
        }
      }
    } catch (DerException | URISyntaxException e) {
      return List.copyOf(locations);
    }
    return locations;
  }
}
