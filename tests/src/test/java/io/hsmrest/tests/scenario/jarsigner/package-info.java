/** Stock jarsigner, with keys of every type, gated ones and one among a thousand. */
@NullMarked
package io.hsmrest.tests.scenario.jarsigner;

import org.jspecify.annotations.NullMarked;
