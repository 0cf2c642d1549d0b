/**
 * A stateful simulator of the HSM service for tests, demos and users' own CI.
 *
 * <p>Shares no code with the client: two readings of the contract, so that a mistake in one shows.
 */
@NullMarked
package io.hsmrest.simulator;

import org.jspecify.annotations.NullMarked;
