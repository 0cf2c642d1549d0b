package io.hsmrest.bench;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.ConfigurationSource;
import io.hsmrest.keystore.HsmRestConfig;
import io.hsmrest.keystore.HsmSession;
import io.hsmrest.provider.HsmRestProvider;
import io.hsmrest.simulator.HsmSimulator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One ECDSA signature on P-256 through the provider, with each setting of {@code sign.verify},
 * beside one of the JDK with a software key: what the way to the service costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SigningBenchmark {
  /** The setting {@code sign.verify}. */
  @Param({"always", "never"})
  public String verify = "always";

  private final byte[] message = new byte[256];
  private HsmSimulator simulator = HsmSimulator.start();
  private Provider provider = new HsmRestProvider();
  private KeyPair remote = new KeyPair(null, null);
  private KeyPair software = new KeyPair(null, null);

  /** Makes both keys. */
  @Setup
  public void makeKeys() throws HsmException, GeneralSecurityException {
    String properties = "endpoint = " + simulator.baseUri() + "\nsign.verify = " + verify + "\n";
    HsmRestConfig config =
        ConfigurationSource.parse(properties.getBytes(StandardCharsets.UTF_8), "benchmark");
    provider = HsmRestProvider.of(config);
    remote = HsmSession.open(config, null).createKeyPair(NewKey.ec("bench", "1.2.840.10045.3.1.7"));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    software = generator.generateKeyPair();
  }

  /** Through the provider and the simulator. */
  @Benchmark
  public byte[] remoteKey() throws GeneralSecurityException {
    return sign(Signature.getInstance("SHA256withECDSA", provider), remote.getPrivate());
  }

  /** The JDK alone. */
  @Benchmark
  public byte[] softwareKey() throws GeneralSecurityException {
    return sign(Signature.getInstance("SHA256withECDSA"), software.getPrivate());
  }

  private byte[] sign(Signature signature, PrivateKey key) throws GeneralSecurityException {
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  /** Ends the simulator. */
  @TearDown
  public void end() {
    simulator.close();
  }
}
