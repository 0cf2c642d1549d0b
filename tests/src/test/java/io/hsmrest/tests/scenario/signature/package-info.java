/** Signatures with keys of the HSM, and the libraries that make use of them. */
@NullMarked
package io.hsmrest.tests.scenario.signature;

import org.jspecify.annotations.NullMarked;
