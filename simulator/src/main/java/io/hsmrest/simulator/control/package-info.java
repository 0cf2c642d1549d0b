/** The control endpoint below {@code /__simulator}: counted requests, queued faults. */
@NullMarked
package io.hsmrest.simulator.control;

import org.jspecify.annotations.NullMarked;
