/**
 * The key store in one JVM, on the simulator: what it asks for, and what it makes of the answers.
 */
@NullMarked
package io.hsmrest.tests.scenario.keystore;

import org.jspecify.annotations.NullMarked;
