/** The files of docs/samples, run as their readers run them. */
@NullMarked
package io.hsmrest.tests.scenario.samples;

import org.jspecify.annotations.NullMarked;
