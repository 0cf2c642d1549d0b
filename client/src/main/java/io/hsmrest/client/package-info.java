/**
 * The REST client: knows HTTP, JSON and the service's rules, nothing of JCA engines.
 *
 * <p>Start with {@link io.hsmrest.client.HsmClient}. Depends on {@code client.model} only; can be
 * used alone.
 */
@NullMarked
package io.hsmrest.client;

import org.jspecify.annotations.NullMarked;
