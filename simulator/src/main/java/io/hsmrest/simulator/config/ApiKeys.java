package io.hsmrest.simulator.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Objects;

/**
 * The values of {@code X-API-KEY} that each role accepts (contract 1.3); several are a rollover. A
 * role without values accepts none.
 */
public record ApiKeys(
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> keyManagementToken,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> keyOperationToken,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> approverToken,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> serviceToken,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> approverKeyManagementToken) {

  /** The lists are copied; one left out is empty. */
  @SuppressWarnings("NullAway") // the binder passes null for what the file leaves out
  public ApiKeys {
    keyManagementToken = List.copyOf(Objects.requireNonNullElse(keyManagementToken, List.of()));
    keyOperationToken = List.copyOf(Objects.requireNonNullElse(keyOperationToken, List.of()));
    approverToken = List.copyOf(Objects.requireNonNullElse(approverToken, List.of()));
    serviceToken = List.copyOf(Objects.requireNonNullElse(serviceToken, List.of()));
    approverKeyManagementToken =
        List.copyOf(Objects.requireNonNullElse(approverKeyManagementToken, List.of()));
  }

  @Override
  public String toString() {
    return "ApiKeys";
  }
}
