/**
 * Reads DER (X.690) where the JDK has no public parser: certification requests, and extensions it
 * hands out as bytes. Depends on nothing else of this project.
 */
@NullMarked
package io.hsmrest.keystore.der;

import org.jspecify.annotations.NullMarked;
