/**
 * The security provider {@code HsmRest}: what is registered, and the engines behind it.
 *
 * <p>Depends on the keystore package and through it on the client; knows no HTTP and no JSON. Start
 * with {@link io.hsmrest.provider.HsmRestProvider}.
 */
@NullMarked
package io.hsmrest.provider;

import org.jspecify.annotations.NullMarked;
