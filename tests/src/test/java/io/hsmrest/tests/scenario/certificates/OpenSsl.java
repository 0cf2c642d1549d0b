package io.hsmrest.tests.scenario.certificates;

import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.scenario.CertificateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** What OpenSSL says of certificates, CSRs and CRLs. */
final class OpenSsl {
  private final Path folder;
  private final AtomicInteger files = new AtomicInteger();

  OpenSsl(Path folder) {
    this.folder = folder;
    Assumptions.assumeTrue(isThere(), "no openssl on this machine");
  }

  private static boolean isThere() {
    try {
      return Command.of("openssl", "version").run().exitCode() == 0;
    } catch (AssertionError e) {
      return false;
    }
  }

  Path pem(X509Certificate... certificates) {
    return file(CertificateFiles.pem(certificates).getBytes(StandardCharsets.US_ASCII));
  }

  Path file(byte[] content) {
    try {
      return Files.write(folder.resolve("openssl-" + files.getAndIncrement()), content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Verifies a chain.
   *
   * @param chain leaf first, its last certificate trusted
   * @param more further arguments
   */
  Command.Result verify(List<X509Certificate> chain, String... more) {
    List<String> words = new ArrayList<>(List.of("openssl", "verify"));
    words.addAll(List.of(more));
    words.addAll(List.of("-CAfile", pem(chain.get(chain.size() - 1)).toString()));
    for (X509Certificate intermediate :
        chain.subList(Math.min(1, chain.size() - 1), chain.size() - 1)) {
      words.addAll(List.of("-untrusted", pem(intermediate).toString()));
    }
    words.add(pem(chain.get(0)).toString());
    return Command.of(words).run();
  }

  /** Verifies a CSR's signature and shows its text. */
  String csr(byte[] der) {
    return Command.of("openssl", "req", "-inform", "DER", "-verify", "-noout", "-text")
        .with("-nameopt", "utf8,sep_comma_plus_space,sname", "-in", file(der).toString())
        .run()
        .succeeded()
        .text();
  }

  String text(X509Certificate certificate) {
    return Command.of("openssl", "x509", "-noout", "-text")
        .with("-nameopt", "utf8,sep_comma_plus_space,sname")
        .with("-in", pem(certificate).toString())
        .run()
        .succeeded()
        .out();
  }
}
