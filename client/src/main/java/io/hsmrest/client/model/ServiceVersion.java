package io.hsmrest.client.model;

/**
 * The answer of {@code GET /v1/versionInfo} (contract 2.8).
 *
 * @param text as the service wrote it, possibly with a build suffix
 */
public record ServiceVersion(String text) {}
