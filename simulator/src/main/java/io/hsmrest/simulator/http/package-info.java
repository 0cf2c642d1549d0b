/**
 * The web server: requests in, responses out, over plain HTTP or TLS. Knows nothing of the service.
 */
@NullMarked
package io.hsmrest.simulator.http;

import org.jspecify.annotations.NullMarked;
