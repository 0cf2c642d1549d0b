package io.hsmrest.tests.scenario.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 1 GiB in a JVM of its own with a heap of 64 MiB. */
@Tag("scenario")
class LargeMessageTest {

  @ParameterizedTest
  @CsvSource({"SHA256withRSA, RSA", "RSASSA-PSS, RSA", "SHA512withECDSA, secp256r1"})
  void oneGibibyteIsSignedWithOneRequestInASmallHeap(
      String algorithm, String label, @TempDir Path folder) {
    try (SigningKeys keys = new SigningKeys("{}", label)) {
      Path configuration = keys.hsm().file(folder.resolve("hsmrest.properties"));
      Command.Result result =
          Command.of(Jdk.current().tool("java"), "-Xmx64m", "-cp")
              .with(System.getProperty("java.class.path"))
              .with("-Dhsmrest.config=" + configuration)
              .with(Program.class.getName(), algorithm, label)
              .run()
              .succeeded();
      assertThat(result.out().strip()).isEqualTo("verified 1073741824 bytes");
      assertThat(keys.asked()).isEqualTo(1);
    }
  }

  /** What runs in the small JVM. */
  static final class Program {
    private Program() {}

    /** Signs, verifies with the JDK, says so. */
    public static void main(String[] args) throws GeneralSecurityException {
      Security.addProvider(new io.hsmrest.provider.HsmRestProvider());
      var handle = SigningKeys.handle(Security.getProvider("HsmRest"), args[1]);
      Signature signer = Signature.getInstance(args[0]);
      signer.initSign(handle);
      Signature verifier = Signature.getInstance(args[0]);
      verifier.initVerify(handle.publicKey());
      if (args[0].equals("RSASSA-PSS")) {
        PSSParameterSpec pss =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
        signer.setParameter(pss);
        verifier.setParameter(pss);
      }
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < 1024; i++) {
        block[i] = (byte) i;
        signer.update(block);
        verifier.update(block);
      }
      System.out.println(
          (verifier.verify(signer.sign()) ? "verified " : "wrong ")
              + (block.length * 1024L)
              + " bytes");
    }
  }
}
