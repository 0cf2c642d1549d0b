package io.hsmrest.tests.scenario.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.scenario.CertificateFiles;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.tls.Contexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/samples/kafka: a broker, a producer and a consumer, all of them Kafka's own programs. */
@Tag("scenario")
class KafkaTest {
  private static final String CURVE = "1.2.840.10045.3.1.7";

  private final SoftwareCa ca = SoftwareCa.root("Test CA");
  private final SampleHsm brokers = new SampleHsm(NewKey.ec("broker-tls", CURVE), ca);
  private final SampleHsm clients = new SampleHsm(NewKey.ec("client-tls", CURVE), ca);
  private final Sample sample;

  KafkaTest(@TempDir Path folder) throws IOException {
    sample =
        Sample.copied("kafka", folder)
            .withProvider()
            .with(brokers, "hsmrest-broker.properties")
            .with(clients, "hsmrest-client.properties");
  }

  @BeforeEach
  void prepare() throws IOException {
    Files.writeString(sample.file("ca.pem"), CertificateFiles.pem(ca.certificate()));
    program("kafka.tools.StorageTool")
        .with("format", "--config", "server.properties")
        .with("--cluster-id", "AAAAAAAAAAAAAAAAAAAAAA")
        .run()
        .succeeded();
  }

  @AfterEach
  void stop() {
    brokers.close();
    clients.close();
  }

  private Command program(String... mainClass) throws IOException {
    Command command =
        Command.of(Jdk.current().tool("java"))
            .with("-cp", "hsmrest-provider.jar:" + Servers.classPath("kafka"))
            .with("-Djava.security.properties=java.security")
            .with(mainClass)
            .in(sample.folder());
    return SampleProcess.surrounded(command);
  }

  private Command tool(String mainClass, int port) throws IOException {
    return program(mainClass).with("--bootstrap-server", "localhost:" + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A handshake of a client that has nothing to do with Kafka. */
  private X509Certificate served(int port) {
    SSLContext context = Contexts.software(ca.softwareKey("plain client"), ca.trustStore());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void brokerProducerAndConsumerKnowEachOtherByTheirKeysInTheHsm() throws IOException {
    int port = freePort();
    int controller = freePort();
    Command command =
        program("-Dorg.apache.logging.log4j.level=INFO", "kafka.Kafka")
            .with("server.properties")
            .with("--override", "controller.quorum.voters=1@localhost:" + controller)
            .with("--override")
            .with("listeners=SSL://localhost:" + port + ",CONTROLLER://localhost:" + controller);
    try (SampleProcess broker = SampleProcess.start(command)) {
      broker.await(() -> broker.output().contains("Kafka Server started"));
      long before = brokers.signatures();
      assertThat(served(port)).isEqualTo(brokers.certificate());
      assertThat(brokers.signatures()).isEqualTo(before + 1);

      tool("org.apache.kafka.tools.ConsoleProducer", port)
          .with("--producer.config", "client.properties", "--topic", "greetings")
          .typing("hello\n")
          .run()
          .succeeded();
      Command.Result consumed =
          tool("org.apache.kafka.tools.consumer.ConsoleConsumer", port)
              .with("--consumer.config", "client.properties", "--topic", "greetings")
              .with("--partition", "0", "--offset", "earliest", "--max-messages", "1")
              .run()
              .succeeded();
      assertThat(consumed.out()).isEqualTo("hello\n");
      assertThat(clients.signatures()).isPositive();
      // Who hangs up in the middle of a handshake has made the broker sign and has not signed.
      assertThat(brokers.signatures() - before - 1).isGreaterThanOrEqualTo(clients.signatures());

      X509Certificate renewed = brokers.certify("first");
      sample.touch("hsmrest-broker.properties");
      tool("kafka.admin.ConfigCommand", port)
          .with("--command-config", "client.properties", "--alter")
          .with("--entity-type", "brokers", "--entity-name", "1", "--add-config")
          .with("listener.name.ssl.ssl.keystore.location=hsmrest-broker.properties")
          .run()
          .succeeded();
      broker.await(() -> served(port).equals(renewed));
    }
  }
}
