/**
 * Downloads missing CA certificates from the addresses that certificates carry (RFC 5280 4.2.2.1),
 * within limits: whoever made the certificate chose the address. Start with {@link
 * io.hsmrest.keystore.aia.IssuerDownload}.
 */
@NullMarked
package io.hsmrest.keystore.aia;

import org.jspecify.annotations.NullMarked;
