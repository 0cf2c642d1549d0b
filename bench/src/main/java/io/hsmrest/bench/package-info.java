/** Measurements with JMH on the simulator; run by hand, see the README beside this module. */
@NullMarked
package io.hsmrest.bench;

import org.jspecify.annotations.NullMarked;
