package io.hsmrest.simulator.approver;

import io.hsmrest.simulator.config.ScriptedApprover;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyCreation;
import io.hsmrest.simulator.crypto.SignatureSettings;
import io.hsmrest.simulator.crypto.Signing;
import io.hsmrest.simulator.operation.Hsm;
import io.hsmrest.simulator.request.Authentication;
import io.hsmrest.simulator.request.Identity;
import io.hsmrest.simulator.request.TaskDesk;
import io.hsmrest.simulator.request.Tenant;
import io.hsmrest.simulator.state.Named;
import io.hsmrest.simulator.state.StoredRequest;
import io.hsmrest.simulator.state.StoredSigner;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The approvers whose private keys the simulator holds. They sign as any approver does and hand
 * their approvals in where the API hands them in. Thread-safe.
 */
public final class Approvers {
  private final Hsm hsm;
  private final List<Tenant> tenants;
  private final Named<StoredSigner> signers;
  private final KeyCreation keyCreation;
  private final Signing signing;
  private final Map<String, LocalApprover> byName = new ConcurrentHashMap<>();

  /** Approvers of the tasks of those partitions. */
  public Approvers(Hsm hsm, List<Tenant> tenants, Named<StoredSigner> signers) {
    this.hsm = hsm;
    this.tenants = List.copyOf(tenants);
    this.signers = signers;
    this.keyCreation = hsm.keyCreation();
    // An approver's device signs as its own library does, whatever the HSM's peculiarities.
    this.signing = new Signing(SignatureSettings.defaults(), hsm.random());
    hsm.settings().approvers().forEach(this::add);
  }

  /** Adds an approver; one of the same name stays as it is. */
  public void add(ScriptedApprover script) {
    byName.computeIfAbsent(script.name(), name -> LocalApprover.of(script, keyCreation, signers));
  }

  /** The names, sorted. */
  public List<String> names() {
    return byName.keySet().stream().sorted().toList();
  }

  /**
   * An approver's public key, SPKI in base64.
   *
   * @throws IllegalArgumentException if there is no approver of that name
   */
  public String publicKey(String name) {
    return find(name).publicKey().toBase64();
  }

  /** An approver's public key, if there is an approver of that name. */
  public @Nullable String publicKeyOrNull(String name) {
    LocalApprover approver = byName.get(name);
    return approver == null ? null : approver.publicKey().toBase64();
  }

  /**
   * Approves a request.
   *
   * @return the request afterwards
   * @throws IllegalArgumentException if there is no such approver
   * @throws io.hsmrest.simulator.crypto.ServiceRefusal 652 if the request does not wait for it
   */
  public StoredRequest approve(UUID request, String name) {
    LocalApprover approver = find(name);
    Waiting waiting = waiting(request, approver);
    StoredRequest.Stamp stamp = waiting.found.request().stamp();
    Bytes toBeSigned = stamp == null ? Bytes.empty() : stamp.approvalToBeSigned();
    return waiting
        .tenant
        .tasks()
        .approve(
            waiting.found.task().id(),
            waiting.identity,
            toBeSigned,
            approver.digestAlgorithm(),
            approver.sign(signing, toBeSigned));
  }

  /** Rejects a request; see {@link #approve}. */
  public StoredRequest reject(UUID request, String name) {
    LocalApprover approver = find(name);
    Waiting waiting = waiting(request, approver);
    String timestamp = hsm.now().truncatedTo(ChronoUnit.MILLIS).toString();
    Bytes signed = Bytes.of(timestamp.getBytes(StandardCharsets.US_ASCII));
    var authentication =
        new Authentication(
            timestamp,
            approver.sign(signing, signed),
            approver.digestAlgorithm(),
            waiting.identity,
            null);
    authentication.check(hsm.settings(), hsm.now());
    return waiting.tenant.tasks().reject(waiting.found.task().id(), authentication);
  }

  /** The tasks that wait for an approver, oldest first. */
  List<TaskDesk.Found> tasks(String name) {
    LocalApprover approver = find(name);
    return tenants.stream()
        .flatMap(tenant -> tenant.tasks().tasks().stream())
        .filter(found -> identity(approver, found).isPresent())
        .toList();
  }

  List<LocalApprover> all() {
    return List.copyOf(byName.values());
  }

  private LocalApprover find(String name) {
    LocalApprover approver = byName.get(name);
    if (approver == null) {
      throw new IllegalArgumentException(
          "there is no approver '" + name + "'; there are " + names());
    }
    return approver;
  }

  private record Waiting(Tenant tenant, TaskDesk.Found found, Identity identity) {}

  private Waiting waiting(UUID request, LocalApprover approver) {
    for (Tenant tenant : tenants) {
      for (TaskDesk.Found found : tenant.tasks().tasks()) {
        Optional<Identity> identity = identity(approver, found);
        if (found.request().id().equals(request) && identity.isPresent()) {
          return new Waiting(tenant, found, identity.get());
        }
      }
    }
    throw new IllegalArgumentException(
        "request " + request + " does not wait for approver '" + approver.name() + "'");
  }

  private static Optional<Identity> identity(LocalApprover approver, TaskDesk.Found found) {
    for (boolean byCertificate : new boolean[] {false, true}) {
      Identity identity = approver.identity(byCertificate);
      if (!identity.isNobody() && identity.is(found.task().approver())) {
        return Optional.of(identity);
      }
    }
    return Optional.empty();
  }
}
