/** Samples and documents, held against the code. */
@NullMarked
package io.hsmrest.tests.documents;

import org.jspecify.annotations.NullMarked;
