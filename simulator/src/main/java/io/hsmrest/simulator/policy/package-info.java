/**
 * Who must approve what: policies of SKA keys, their evaluation, what approvers sign and how that
 * is checked (contract 2.6 and 5).
 *
 * <p>Immutable values and pure functions: the time is always a parameter. Everything here is
 * thread-safe.
 */
@NullMarked
package io.hsmrest.simulator.policy;

import org.jspecify.annotations.NullMarked;
