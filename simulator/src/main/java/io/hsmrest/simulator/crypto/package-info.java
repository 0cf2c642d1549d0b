/**
 * The cryptography of the simulated HSM: keys, signatures, ciphers, certificates, and the service's
 * refusals about them.
 *
 * <p>Works on values only: no labels, no passwords, no store. Bouncy Castle is used through its
 * lightweight interface, or as a provider by object; nothing is ever registered with {@link
 * java.security.Security}. Everything here is thread-safe.
 */
@NullMarked
package io.hsmrest.simulator.crypto;

import org.jspecify.annotations.NullMarked;
