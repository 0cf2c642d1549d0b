/**
 * Certificates made, issued, imported and renewed, on the simulator; OpenSSL looks at the results.
 */
@NullMarked
package io.hsmrest.tests.scenario.certificates;

import org.jspecify.annotations.NullMarked;
