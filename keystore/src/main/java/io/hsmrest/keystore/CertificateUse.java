package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.SubjectAttributes;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Making a certificate or CSR with a key; the result is its DER.
 *
 * @param key the signing key
 * @param operation for people: {@code self-sign}, {@code CSR}, {@code issue certificate}
 * @param subject whom it is for
 * @param algorithm what it is signed with
 * @param identity what is asked for in full, the same in each process
 * @param whenPlain makes it at once
 * @param whenGated asks people; the request id
 * @param result reads the result of an executed request
 * @param comparison of what was made with what is asked for; fails when it is of another key, or
 *     not signed by this one
 * @param undecided whether a result shows what several requests have left behind, not its own alone
 */
record CertificateUse(
    KeyFacts key,
    String operation,
    SubjectAttributes subject,
    CertificateSignature algorithm,
    String identity,
    Direct whenPlain,
    Submitted whenGated,
    Result result,
    Comparison comparison,
    Predicate<Octets> undecided)
    implements KeyUse<Octets> {

  /** The form for plain keys. */
  @FunctionalInterface
  interface Direct {
    Octets run() throws HsmException;
  }

  /** The form that people approve. */
  @FunctionalInterface
  interface Submitted {
    String submit(RequestMetadata metadata) throws HsmException;
  }

  /** Reads a result. */
  @FunctionalInterface
  interface Result {
    Octets read(@Nullable String result) throws HsmException;
  }

  /** Compares what was made. */
  @FunctionalInterface
  interface Comparison {
    List<CertificateDifference> of(Octets made) throws HsmException;
  }

  @Override
  public Description description() {
    return new Description(key.label(), key.policy(), key.password(), operation);
  }

  @Override
  public Map<String, String> details() {
    return Map.of("subject", text(subject), "algorithm", algorithm.jcaName());
  }

  /** All of it: who approves a CA wants to see whose. */
  private static String text(SubjectAttributes subject) {
    return subject.values().entrySet().stream()
        .map(attribute -> attribute.getKey().memberName() + "=" + attribute.getValue())
        .collect(Collectors.joining(", "));
  }

  @Override
  public Octets direct() throws HsmException {
    return whenPlain.run();
  }

  @Override
  public String submit(RequestMetadata metadata) throws HsmException {
    return whenGated.submit(metadata);
  }

  @Override
  public Octets read(String requestId, @Nullable String text) throws HsmException {
    return result.read(text);
  }

  @Override
  public boolean isOurs(Octets made) {
    try {
      return comparison.of(made).isEmpty();
    } catch (HsmException | IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public boolean mayBeOurs(Octets made) {
    try {
      return undecided.test(made) || TemplateComparison.mayBeAsAsked(comparison.of(made));
    } catch (HsmException | IllegalArgumentException e) {
      return false;
    }
  }
}
