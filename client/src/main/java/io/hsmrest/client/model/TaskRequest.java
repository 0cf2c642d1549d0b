package io.hsmrest.client.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request behind a task, as the service tells it.
 *
 * @param kind what it asks for
 * @param keyName the key
 * @param algorithm the service's name of the algorithm, null where it has none
 * @param payload the bytes that it is about, null where it has none or they cannot be read
 * @param members its members by name, those of objects inside with a dot between; without
 *     passwords, metadata and approvals
 */
public record TaskRequest(
    TaskKind kind,
    String keyName,
    @Nullable String algorithm,
    @Nullable Octets payload,
    Map<String, String> members) {

  /** Copies the map, whose order stays. */
  public TaskRequest {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }
}
