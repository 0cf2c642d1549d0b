/** The settings of {@code simulator.json}, read and checked once. */
@NullMarked
package io.hsmrest.simulator.config;

import org.jspecify.annotations.NullMarked;
