/**
 * What travels between this program and the service: immutable records and enums.
 *
 * <p>Depends on nothing else of this project.
 */
@NullMarked
package io.hsmrest.client.model;

import org.jspecify.annotations.NullMarked;
