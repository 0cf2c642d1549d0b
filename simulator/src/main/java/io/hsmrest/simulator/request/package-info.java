/** The life of asynchronous requests: creation, approval, rejection, execution, expiry. */
@NullMarked
package io.hsmrest.simulator.request;

import org.jspecify.annotations.NullMarked;
