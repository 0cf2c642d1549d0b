/** Stories on the simulator, told with the JDK's own tools and stacks. */
@NullMarked
package io.hsmrest.tests.scenario;

import org.jspecify.annotations.NullMarked;
