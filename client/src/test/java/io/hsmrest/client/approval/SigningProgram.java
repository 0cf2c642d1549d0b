package io.hsmrest.client.approval;

import io.hsmrest.client.FlightRecorder;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.Settings;
import io.hsmrest.client.rest.HsmClients;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A program that asks {@link HttpApprovals} for a signature, for a JVM of its own: prints the
 * result, or why there is none. Anything on its standard input ends it.
 */
final class SigningProgram {
  private SigningProgram() {}

  /** Takes lines of {@code hsmrest.properties}. */
  public static void main(String[] lines) throws Exception {
    Thread reader =
        new Thread(
            () -> {
              try {
                if (System.in.read() >= 0) {
                  System.exit(3);
                }
              } catch (IOException e) {
                System.exit(4);
              }
            });
    reader.setDaemon(true);
    reader.start();
    HsmClientConfig config = config(lines);
    URI end = URI.create(config.endpoints().get(0) + "/v1/ending");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> tell(end)));
    System.out.println("flight recorder: " + FlightRecorder.IS_PRESENT);
    try (HsmClient client = HsmClients.connect(config)) {
      ApprovedRequests requests =
          ApprovedRequests.of(client, config, ApprovalListener.of(config.approval()));
      System.out.println(requests.run(new TestSigning(client::submitSign, HttpApprovals.PAYLOAD)));
    } catch (HsmException e) {
      System.out.println(e.getClass().getSimpleName());
    }
  }

  private static HsmClientConfig config(String... lines) throws HsmException {
    return HsmClientConfig.read(
        Settings.parse(
            String.join("\n", lines).getBytes(StandardCharsets.UTF_8), "test", java.util.Map.of()),
        null);
  }

  private static void tell(URI uri) {
    try (InputStream answer = uri.toURL().openStream()) {
      answer.readAllBytes();
    } catch (IOException e) {
      System.out.println("the end was not told: " + e);
    }
  }
}
