package io.hsmrest.client.model;

/**
 * One line of {@code POST /v1/filteredRequests} (contract 2.4.3).
 *
 * @param id the request id
 * @param state its state
 */
public record RequestSummary(String id, RequestState state) {}
