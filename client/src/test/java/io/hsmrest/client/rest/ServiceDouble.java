package io.hsmrest.client.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;

/** Short forms for WireMock in the place of the service. */
final class ServiceDouble {
  private ServiceDouble() {}

  static WireMockExtension start() {
    return WireMockExtension.newInstance()
        .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
        .failOnUnmatchedRequests(false)
        .build();
  }

  static ResponseDefinitionBuilder json(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody(body);
  }

  static ResponseDefinitionBuilder error(int status, int code, String reason, String message) {
    return json(
        status,
        "{\"errorCode\": %d, \"reason\": \"%s\", \"message\": \"%s\"}"
            .formatted(code, reason, message));
  }

  static MappingBuilder on(String method, String path) {
    return request(method, urlEqualTo(path));
  }

  /** Answers everything with one answer after the other; the last one stays. */
  static void inTurn(WireMockExtension service, ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      service.stubFor(
          any(anyUrl())
              .inScenario("in turn")
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answer " + i)
              .willSetStateTo("answer " + Math.min(i + 1, answers.length - 1))
              .willReturn(answers[i]));
    }
  }

  static void always(WireMockExtension service, ResponseDefinitionBuilder answer) {
    service.stubFor(any(anyUrl()).willReturn(answer));
  }

  /** Everything that arrived, in order. */
  static List<LoggedRequest> arrived(WireMockExtension service) {
    return service.findAll(anyRequestedFor(anyUrl()));
  }

  static LoggedRequest only(WireMockExtension service) {
    List<LoggedRequest> requests = arrived(service);
    if (requests.size() != 1) {
      throw new AssertionError("expected one request and saw " + requests.size());
    }
    return requests.get(0);
  }

  static MappingBuilder withKey(MappingBuilder mapping, String apiKey) {
    return mapping.withHeader("X-API-KEY", equalTo(apiKey));
  }
}
