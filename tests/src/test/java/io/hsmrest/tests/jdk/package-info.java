/** The JDKs of this machine, and their tools and programs as processes. */
@NullMarked
package io.hsmrest.tests.jdk;

import org.jspecify.annotations.NullMarked;
