/** Strict reading of request bodies with the service's own messages, and writing of answers. */
@NullMarked
package io.hsmrest.simulator.json;

import org.jspecify.annotations.NullMarked;
