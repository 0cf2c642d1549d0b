package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallingFramesTest {

  @ParameterizedTest
  @CsvSource({
    "sun.security.ssl.SSLEngineImpl, true",
    "org.bouncycastle.jsse.provider.ProvSSLEngine, true",
    "io.netty.handler.ssl.ReferenceCountedOpenSslContext$PrivateKeyMethod, true",
    "io.netty.handler.ssl.OpenSslEngine, true",
    "io.grpc.netty.shaded.io.netty.handler.ssl.ReferenceCountedOpenSslEngine, true",
    "org.conscrypt.CryptoUpcalls, true",
    "com.example.shaded.org.conscrypt.NativeSsl, true",
    // Applications run above it when what came through TLS is handed to them.
    "io.netty.handler.ssl.SslHandler, false",
    "io.netty.handler.ssl.SniHandler, false",
    "io.netty.handler.codec.ByteToMessageDecoder, false",
    "radio.netty.handler.ssl.OpenSslEngine, false",
    "com.example.myorg.conscrypt.NativeSsl, false",
    "org.bouncycastle.jcajce.provider.ProvSSL, false"
  })
  void tlsIsToldByItsEngines(String className, boolean isTls) {
    assertThat(CallingFrames.isTls(className)).isEqualTo(isTls);
  }
}
