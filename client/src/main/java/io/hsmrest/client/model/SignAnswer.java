package io.hsmrest.client.model;

/**
 * The answer of {@code /v1/synchronousSign} (contract 2.2.1).
 *
 * @param signature as the service encoded it, not checked
 * @param status the HTTP status, one of success
 */
public record SignAnswer(Octets signature, int status) {}
