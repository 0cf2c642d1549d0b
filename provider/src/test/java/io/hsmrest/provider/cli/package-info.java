/** The command line with a service of a few lines behind it. */
@NullMarked
package io.hsmrest.provider.cli;

import org.jspecify.annotations.NullMarked;
