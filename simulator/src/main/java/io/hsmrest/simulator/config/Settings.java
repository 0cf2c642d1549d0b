package io.hsmrest.simulator.config;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code simulator.json} says. Everything may be left out. Immutable.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 lets the system choose
 * @param tls null is plain HTTP
 * @param version release of the service that is played
 * @param lenient whether unknown properties of request bodies are passed over
 * @param licence client flags (contract 1.5)
 * @param apiKeys null switches API keys off
 * @param accessTokens null switches bearer tokens off
 * @param partitions at least one
 * @param approvers approvers whose keys the simulator holds
 * @param timers the service's timer jobs
 * @param keyInvalidation whether the label of a deleted key stays taken (contract 2.1.4)
 * @param maxTimestampAgeSeconds how old an approver's timestamp may be
 * @param maxTimestampAheadSeconds how far ahead an approver's timestamp may be
 * @param timestampSigners certificates in base64 that may fetch all tasks (contract 2.6.1)
 * @param requestSigners public keys in base64 that may sign requests; empty lets everybody
 * @param keptRequests how many finished requests stay readable
 * @param behaviour what the contract does not know
 */
public record Settings(
    String host,
    Integer port,
    @Nullable Tls tls,
    ServiceVersion version,
    boolean lenient,
    Set<String> licence,
    @Nullable ApiKeys apiKeys,
    @Nullable AccessTokens accessTokens,
    List<PartitionSettings> partitions,
    List<ScriptedApprover> approvers,
    Timers timers,
    boolean keyInvalidation,
    Integer maxTimestampAgeSeconds,
    Integer maxTimestampAheadSeconds,
    List<String> timestampSigners,
    List<String> requestSigners,
    Integer keptRequests,
    Behaviour behaviour) {

  /** Fills in what was left out, and checks. */
  @SuppressWarnings("NullAway") // the binder passes null for what the file leaves out
  public Settings {
    host = Objects.requireNonNullElse(host, "127.0.0.1");
    port = Objects.requireNonNullElse(port, 8080);
    version = version == null ? ServiceVersion.of("2.5.1") : version;
    licence =
        Set.copyOf(
            Objects.requireNonNullElse(licence, Set.of("KEY_AUTH", "REST_API", "TSB_ENGINE")));
    partitions =
        partitions == null || partitions.isEmpty()
            ? List.of(new PartitionSettings("default", List.of()))
            : List.copyOf(partitions);
    approvers = List.copyOf(Objects.requireNonNullElse(approvers, List.of()));
    timers = Objects.requireNonNullElse(timers, new Timers(0, 0));
    maxTimestampAgeSeconds = Objects.requireNonNullElse(maxTimestampAgeSeconds, 600);
    maxTimestampAheadSeconds = Objects.requireNonNullElse(maxTimestampAheadSeconds, 0);
    timestampSigners = List.copyOf(Objects.requireNonNullElse(timestampSigners, List.of()));
    requestSigners = List.copyOf(Objects.requireNonNullElse(requestSigners, List.of()));
    keptRequests = Objects.requireNonNullElse(keptRequests, 100_000);
    behaviour = behaviour == null ? SettingsFile.defaultBehaviour() : behaviour;
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
    requireDistinct("partition", partitions.stream().map(PartitionSettings::name).toList());
    requireDistinct("approver", approvers.stream().map(ScriptedApprover::name).toList());
  }

  /** Everything left out: an empty partition, no authentication, plain HTTP on loopback. */
  public static Settings defaults() {
    return SettingsFile.parse("{}");
  }

  private static void requireDistinct(String what, List<String> names) {
    if (Set.copyOf(names).size() != names.size()) {
      throw new IllegalArgumentException("two " + what + "s have the same name: " + names);
    }
  }
}
