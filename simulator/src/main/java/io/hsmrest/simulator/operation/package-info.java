/** What the service does with keys, apart from HTTP: one command for each kind of request. */
@NullMarked
package io.hsmrest.simulator.operation;

import org.jspecify.annotations.NullMarked;
