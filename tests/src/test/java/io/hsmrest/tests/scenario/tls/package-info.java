/** TLS with keys of the HSM: JSSE and OpenSSL as peers, servers that people run. */
@NullMarked
package io.hsmrest.tests.scenario.tls;

import org.jspecify.annotations.NullMarked;
