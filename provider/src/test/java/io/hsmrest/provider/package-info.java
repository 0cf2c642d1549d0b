/** Tests of the engines, on a service that keeps software keys. */
@NullMarked
package io.hsmrest.provider;

import org.jspecify.annotations.NullMarked;
