package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The approver's page in a real browser, as wide as a phone. Skipped where there is no Chromium.
 */
class ApproverBrowserTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int PHONE_WIDTH = 390;

  private static String ask(Caller caller, String payload) {
    return caller.post("/v1/sign", Bodies.sign("k", payload)).ok().member("signRequestId");
  }

  private static String status(Caller caller, String id) {
    return caller.get("/v1/request/" + id).ok().member("status");
  }

  @Test
  void requestsAppearAndAreApprovedAndRejectedWithOneClick() throws Exception {
    Optional<Path> executable = Chromium.executable();
    assumeTrue(executable.isPresent(), "no Chromium on the PATH");
    try (HsmSimulator simulator = HsmSimulator.start();
        Chromium browser = Chromium.start(executable.get(), profile(), PHONE_WIDTH, 844)) {
      Caller caller = new Caller(simulator);
      String publicKey = simulator.addApprover("alice");
      TestApprover placeholder = TestApprover.ec("alice", simulator);
      String rule =
          Bodies.rule(Bodies.token(0, 600, Bodies.group(1, placeholder)))
              .replace(placeholder.publicKey(), publicKey);
      caller.post("/v1/key", Bodies.gatedKey("k", rule)).ok();

      browser.command("Page.enable", MAPPER.createObjectNode());
      browser.command(
          "Emulation.setDeviceMetricsOverride",
          MAPPER
              .createObjectNode()
              .put("width", PHONE_WIDTH)
              .put("height", 844)
              .put("deviceScaleFactor", 2)
              .put("mobile", true));
      browser.command(
          "Page.navigate",
          MAPPER.createObjectNode().put("url", simulator.baseUri() + "/approver#alice"));
      browser.await("document.body && document.body.innerText.includes('Nothing waits for alice')");

      String first = ask(caller, "pay 10 francs");
      browser.await("document.body.innerText.includes('pay 10 francs')");
      assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(browser.evaluate("window.innerWidth").asInt());
      screenshot(browser);
      browser.evaluate("document.querySelector('.approve').click()");
      browser.await("document.getElementById('message').innerText.includes('EXECUTED')");
      assertThat(status(caller, first)).isEqualTo("EXECUTED");

      String second = ask(caller, "pay 20 francs");
      browser.await("document.body.innerText.includes('pay 20 francs')");
      browser.evaluate("document.querySelector('.reject').click()");
      browser.await("document.getElementById('message').innerText.includes('REJECTED')");
      assertThat(status(caller, second)).isEqualTo("REJECTED");
    }
  }

  /** Not a directory that JUnit deletes: the browser's children outlive it by a moment. */
  private static Path profile() throws IOException {
    return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "chromium");
  }

  /** For people to look at; the test does not. */
  private static void screenshot(Chromium browser) throws Exception {
    JsonNode picture =
        browser.command("Page.captureScreenshot", MAPPER.createObjectNode().put("format", "png"));
    Path folder = Files.createDirectories(Path.of("target"));
    Files.write(
        folder.resolve("approver-page.png"),
        Base64.getDecoder().decode(picture.path("data").asText()));
  }
}
