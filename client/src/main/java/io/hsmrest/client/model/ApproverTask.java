package io.hsmrest.client.model;

import org.jspecify.annotations.Nullable;

/**
 * A request that waits for one approver's answer (contract 2.6.1).
 *
 * @param id the task, not the request
 * @param approvalToBeSigned what the approver signs
 * @param approverPublicKey whose task it is (SPKI, DER), null where the service does not say
 * @param metaData what the requester says about itself, null for nothing
 * @param request the request, null where the service tells too little of it
 * @param status the request's state, null where the service does not tell it to approvers
 * @param keyAttributes the key's attestation (XML), null where the service does not tell it
 */
public record ApproverTask(
    String id,
    Octets approvalToBeSigned,
    @Nullable Octets approverPublicKey,
    @Nullable Octets metaData,
    @Nullable TaskRequest request,
    @Nullable RequestStatus status,
    @Nullable String keyAttributes) {}
