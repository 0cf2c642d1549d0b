/** The endpoints below {@code /v1}, one class for each family of the contract. */
@NullMarked
package io.hsmrest.simulator.api;

import org.jspecify.annotations.NullMarked;
