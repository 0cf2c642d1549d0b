package io.hsmrest.client.approval;

import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.RequestQuery;
import io.hsmrest.client.rest.HsmClients;
import java.time.Clock;
import java.time.Duration;

/** Takes the list that precedes a creation, and another one, in a JVM of its own. */
final class ListingProgram {
  private static final Duration LONG = Duration.ofMinutes(1);

  private ListingProgram() {}

  /** Takes the endpoint. */
  public static void main(String[] arguments) throws Exception {
    try (HsmClient client = HsmClients.connect(Clients.config(arguments[0]))) {
      RequestLedger ledger = new RequestLedger(client, Clock.systemUTC());
      int[] count = {0};
      client.scanRequests(RequestQuery.all(), request -> count[0]++);
      System.out.println("listed " + count[0]);
      // Nothing is as late as this, so that all are remembered and none is a candidate.
      System.out.println("candidates " + ledger.candidates(Long.MAX_VALUE, null, LONG).size());
      System.out.println("candidates " + ledger.candidates(Long.MAX_VALUE, null, LONG).size());
    }
  }
}
