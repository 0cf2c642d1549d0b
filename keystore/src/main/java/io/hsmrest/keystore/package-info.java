/**
 * The service's keys and certificates as JCA objects: handles, key store entries, chains.
 *
 * <p>Depends on the client alone and knows no HTTP. Start with {@link
 * io.hsmrest.keystore.HsmKeyStoreSpi} and {@link io.hsmrest.keystore.HsmPrivateKey}.
 */
@NullMarked
package io.hsmrest.keystore;

import org.jspecify.annotations.NullMarked;
