package io.hsmrest.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.policy.Evaluation.EmptyTokens;
import io.hsmrest.simulator.policy.Outcome.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens OR, groups AND, quorum of distinct approvers, timelock, timeout (contract 5.2). */
class EvaluationTest {
  private static final Instant REQUESTED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Evaluation EVALUATION = new Evaluation(EmptyTokens.ALLOWED);

  @Test
  void anAbsentRuleDemandsNothing() {
    assertThat(EVALUATION.needs(null)).isEqualTo(Needs.NOTHING);
    assertThat(state(null, 0, "", "")).isEqualTo(State.FULFILLED);
  }

  @Test
  void aRuleWithoutTokensIsNeverFulfilled() {
    assertThat(EVALUATION.needs(new Rule(null))).isEqualTo(Needs.NEVER);
    assertThat(state(new Rule(null), 0, "A", "")).isEqualTo(State.UNREACHABLE);
  }

  /** U36. */
  @Test
  void anEmptyListOfTokensMeansWhatTheSettingSays() {
    Rule empty = new Rule(List.of());
    Evaluation never = new Evaluation(EmptyTokens.NEVER);

    assertThat(EVALUATION.needs(empty)).isEqualTo(Needs.NOTHING);
    assertThat(never.needs(empty)).isEqualTo(Needs.NEVER);
    assertThat(never.evaluate(empty, REQUESTED, REQUESTED, Set.of(), Set.of()).state())
        .isEqualTo(State.UNREACHABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', OPEN",
    "A, '', OPEN",
    "AB, '', FULFILLED",
    "AC, '', FULFILLED",
    "ABC, '', FULFILLED",
    "XY, '', OPEN",
    "'', A, OPEN",
    "A, B, OPEN",
    "'', AB, UNREACHABLE",
    "C, AB, UNREACHABLE",
    "AB, C, FULFILLED"
  })
  void aQuorumOfTwoOfThreeIsCounted(String approved, String rejected, State expected) {
    assertThat(state(rule(token(0, 0, group(2, "ABC"))), 0, approved, rejected))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"A, OPEN", "B, OPEN", "AB, FULFILLED"})
  void allGroupsOfATokenAreNeeded(String approved, State expected) {
    assertThat(state(rule(token(0, 0, group(1, "A"), group(1, "B"))), 0, approved, ""))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"A, '', FULFILLED", "B, '', FULFILLED", "'', A, OPEN", "'', AB, UNREACHABLE"})
  void oneTokenIsEnough(String approved, String rejected, State expected) {
    Rule rule = rule(token(0, 0, group(1, "A")), token(0, 0, group(1, "B")));

    assertThat(state(rule, 0, approved, rejected)).isEqualTo(expected);
  }

  @Test
  void anApproverCountsInEveryGroupButOnceInEach() {
    assertThat(state(rule(token(0, 0, group(1, "AB"), group(1, "AC"))), 0, "A", ""))
        .isEqualTo(State.FULFILLED);
    assertThat(state(rule(token(0, 0, group(2, "AAB"))), 0, "A", "")).isEqualTo(State.OPEN);
    assertThat(EVALUATION.needs(rule(token(0, 0, group(2, "AA"))))).isEqualTo(Needs.NEVER);
  }

  @ParameterizedTest
  @CsvSource({"0, OPEN", "59, OPEN", "60, EXPIRED", "3600, EXPIRED"})
  void aTokenExpiresAtItsTimeout(int seconds, State expected) {
    assertThat(state(rule(token(0, 60, group(1, "A"))), seconds, "", "")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, TIMELOCKED",
    "119, TIMELOCKED",
    "120, FULFILLED",
    "239, FULFILLED",
    "240, EXPIRED"
  })
  void anApprovedTokenWaitsForItsTimelock(int seconds, State expected) {
    assertThat(state(rule(token(120, 240, group(1, "A"))), seconds, "A", "")).isEqualTo(expected);
  }

  @Test
  void theDueTimeTellsWhatHappensNext() {
    Rule rule = rule(token(120, 240, group(1, "A")), token(60, 0, group(1, "A")));

    assertThat(outcome(rule, 0, "", "")).isEqualTo(new Outcome(State.OPEN, null));
    assertThat(outcome(rule, 0, "A", ""))
        .isEqualTo(new Outcome(State.TIMELOCKED, REQUESTED.plusSeconds(60)));
    assertThat(outcome(rule(token(0, 60, group(1, "A")), token(0, 120, group(1, "B"))), 0, "", ""))
        .isEqualTo(new Outcome(State.OPEN, REQUESTED.plusSeconds(120)));
    assertThat(outcome(rule(token(0, 60, group(1, "A"))), 0, "A", ""))
        .isEqualTo(new Outcome(State.FULFILLED, REQUESTED.plusSeconds(60)));
  }

  @Test
  void aTokenWithoutGroupsIsFulfilledByTime() {
    assertThat(state(rule(token(0, 0)), 0, "", "")).isEqualTo(State.FULFILLED);
    assertThat(state(rule(token(60, 0)), 59, "", "")).isEqualTo(State.TIMELOCKED);
    assertThat(state(rule(token(60, 0)), 60, "", "")).isEqualTo(State.FULFILLED);
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "120, 60"})
  void aTimeoutThatDoesNotExceedTheTimelockIsNeverUsable(int timelock, int timeout) {
    Rule rule = rule(token(timelock, timeout, group(1, "A")));

    assertThat(EVALUATION.needs(rule)).isEqualTo(Needs.NEVER);
    assertThat(state(rule, 0, "A", "")).isEqualTo(State.UNREACHABLE);
  }

  @Test
  void anExpiredTokenBesideARejectedOneIsExpired() {
    Rule rule = rule(token(0, 60, group(1, "A")), token(0, 0, group(1, "B")));

    assertThat(state(rule, 61, "", "")).isEqualTo(State.OPEN);
    assertThat(state(rule, 61, "", "B")).isEqualTo(State.EXPIRED);
  }

  @Test
  void needsAreThoseOfTheEasiestToken() {
    assertThat(EVALUATION.needs(rule(token(0, 0, group(1, "A"))))).isEqualTo(Needs.APPROVALS);
    assertThat(EVALUATION.needs(rule(token(60, 0)))).isEqualTo(Needs.TIME);
    assertThat(EVALUATION.needs(rule(token(60, 0), token(0, 0, group(1, "A")))))
        .isEqualTo(Needs.APPROVALS);
    assertThat(EVALUATION.needs(rule(token(0, 0, group(1, "A")), token(0, 0))))
        .isEqualTo(Needs.NOTHING);
    assertThat(EVALUATION.needs(rule(token(0, 0, group(3, "AB"))))).isEqualTo(Needs.NEVER);
  }

  @Test
  void approversAreDistinctAndKnowTheirForms() {
    Bytes certificate = TestApprover.named("A").certificate("A by certificate");
    Approval byCertificate =
        new Approval(ApprovalType.CERTIFICATE, "A by certificate", certificate, key('A'));
    Rule rule =
        rule(token(0, 0, group(1, "BA")), token(0, 0, new Group(null, 1, List.of(byCertificate))));

    assertThat(EVALUATION.approvers(rule))
        .containsExactly(
            new Approver(key('B'), "B", true, Set.of()),
            new Approver(key('A'), "A", true, Set.of(certificate)));
    assertThat(EVALUATION.approvers(null)).isEmpty();
    assertThat(EVALUATION.approvers(new Rule(null))).isEmpty();
  }

  private static Rule rule(Token... tokens) {
    return new Rule(List.of(tokens));
  }

  private static Token token(int timelock, int timeout, Group... groups) {
    return new Token(null, timelock, timeout, Arrays.asList(groups));
  }

  /** A group of approvers of one letter each. */
  private static Group group(int quorum, String letters) {
    return new Group(
        null,
        quorum,
        letters(letters)
            .map(letter -> Approval.ofPublicKey(String.valueOf(letter), key(letter)))
            .toList());
  }

  private static Stream<Character> letters(String letters) {
    return letters.chars().mapToObj(letter -> (char) letter);
  }

  private static Bytes key(char letter) {
    return TestApprover.named(String.valueOf(letter)).publicKey();
  }

  private static State state(@Nullable Rule rule, int seconds, String approved, String rejected) {
    return outcome(rule, seconds, approved, rejected).state();
  }

  private static Outcome outcome(
      @Nullable Rule rule, int seconds, String approved, String rejected) {
    return EVALUATION.evaluate(
        rule, REQUESTED, REQUESTED.plusSeconds(seconds), keys(approved), keys(rejected));
  }

  private static Set<Bytes> keys(String letters) {
    return letters(letters).map(EvaluationTest::key).collect(Collectors.toSet());
  }
}
