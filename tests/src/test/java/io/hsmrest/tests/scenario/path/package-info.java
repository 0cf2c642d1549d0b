/** Path building out of a partition on the simulator. */
@NullMarked
package io.hsmrest.tests.scenario.path;

import org.jspecify.annotations.NullMarked;
