/** The arrows between modules and packages. */
@NullMarked
package io.hsmrest.tests.architecture;

import org.jspecify.annotations.NullMarked;
