/**
 * The client over HTTP and JSON: connections, repetitions, credentials, and the service's rules for
 * each call. Nobody else sees the HTTP client or the JSON library.
 *
 * <p>Start with {@link io.hsmrest.client.rest.HsmClients}. Depends on {@code client} and {@code
 * client.model} only.
 */
@NullMarked
package io.hsmrest.client.rest;

import org.jspecify.annotations.NullMarked;
