/**
 * The REST client's vocabulary: what the service can be asked for, settings, exceptions. Knows
 * neither HTTP nor JSON, and nothing of JCA engines.
 *
 * <p>Start with {@link io.hsmrest.client.HsmClient}. {@code client.rest} talks to the service,
 * {@code client.approval} waits for people, {@code client.approver} reads what they sign: each
 * depends on this package and {@code client.model}, none on another of the three. The client can be
 * used alone.
 */
@NullMarked
package io.hsmrest.client;

import org.jspecify.annotations.NullMarked;
