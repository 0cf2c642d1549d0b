package io.hsmrest.tests.scenario;

import io.hsmrest.client.model.Policy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Puts a key under a policy that it had not when programs read it. */
public final class Gating {
  /** Asks nobody, and can be replaced; a key without a policy never gets one. */
  public static final Policy FREE = new Policy(null, null, null, null, false);

  private Gating() {}

  /** From now on each use of the key, made {@link #FREE}, takes the approver "alice". */
  public static void gate(SimulatedHsm hsm, String label) {
    String rule =
        """
        {"tokens": [{"name": "New", "timelock": 0, "timeout": 0, "groups": [
          {"name": "New", "quorum": 1, "approvals": [
            {"type": "public_key", "name": "alice", "value": "%s"}]}]}]}"""
            .formatted(hsm.simulator().addApprover("alice"));
    String body =
        """
        {"modifyRequest": {"modifyKeyName": "%s", "policy": {
          "ruleUse": %s, "ruleBlock": null, "ruleUnblock": null, "ruleModify": null}}}"""
            .formatted(label, rule);
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(hsm.simulator().baseUri() + "/v1/synchronousModify"))
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(body))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new AssertionError(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
