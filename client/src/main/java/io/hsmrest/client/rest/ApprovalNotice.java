package io.hsmrest.client.rest;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * What approvers are told about an operation, sent as {@code metaData}: a JSON object of texts, as
 * the service's own clients send it (contract 1.6).
 *
 * @param application the program that asks
 * @param host where it runs
 * @param user on whose account
 * @param purpose the operation, such as {@code sign}
 * @param details whatever helps to decide, by name
 */
public record ApprovalNotice(
    String application, String host, String user, String purpose, Map<String, String> details) {

  /** Copies the map. */
  public ApprovalNotice {
    details = Map.copyOf(details);
  }

  /** JSON in UTF-8, names in alphabetical order, with the time of asking, without a signature. */
  public RequestMetadata toMetadata(Instant now) {
    Map<String, String> json = new TreeMap<>(details);
    json.put("app", application);
    json.put("host", host);
    json.put("user", user);
    json.put("purpose", purpose);
    json.put("time", now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new RequestMetadata(Octets.of(JsonMapping.write(json)), null);
  }
}
