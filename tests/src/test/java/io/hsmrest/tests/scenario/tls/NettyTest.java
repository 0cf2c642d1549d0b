package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.scenario.tls.Registered.Position;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslPrivateKeyMethod;
import io.netty.handler.ssl.OpenSslX509KeyManagerFactory;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Netty with the JDK's TLS, and with BoringSSL that is handed signatures. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NettyTest {
  private final TlsHsm hsm = new TlsHsm(TlsKey.P256);
  private final ExecutorService signing = Executors.newFixedThreadPool(2);
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterAll
  void stop() {
    var unused = loops.shutdownGracefully();
    signing.shutdownNow();
    hsm.close();
  }

  private void assertServes(SslContext tls) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    // The executor keeps signatures, which take a round trip, off the event loop.
                    channel
                        .pipeline()
                        .addLast(new SslHandler(tls.newEngine(channel.alloc()), signing));
                    channel.pipeline().addLast(new Answering());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    try {
      long before = hsm.signatures();
      Peer.Answer answer =
          Peer.get(((InetSocketAddress) server.localAddress()).getPort(), hsm.ca().trustStore());
      assertThat(answer.certificate().getSubjectX500Principal().getName())
          .isEqualTo("CN=tls server P256");
      assertThat(answer.body()).isEqualTo("answer");
      assertThat(hsm.signatures()).isEqualTo(before + 1);
    } finally {
      server.close().sync();
    }
  }

  private static final class Answering extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      io.netty.util.ReferenceCountUtil.release(message);
      context
          .writeAndFlush(Unpooled.copiedBuffer("answer", StandardCharsets.US_ASCII))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Test
  void withTheJdksTls() throws Exception {
    Provider provider = hsm.provider(TlsKey.P256);
    try (Registered registered = Registered.at(Position.LAST, provider)) {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
      keys.init(TlsHsm.keyStore(registered.provider()), null);
      SslContext tls = SslContextBuilder.forServer(keys).sslProvider(SslProvider.JDK).build();
      assertServes(tls);
    }
  }

  @Test
  void withBoringSslAndAPrivateKeyMethod() throws Exception {
    Assumptions.assumeTrue(OpenSsl.isAvailable(), "no BoringSSL for this system");
    Provider provider = hsm.provider(TlsKey.P256);
    KeyStore keyStore = TlsHsm.keyStore(provider);
    PrivateKey handle = (PrivateKey) keyStore.getKey(TlsKey.P256.label(), null);
    X509Certificate[] chain =
        Arrays.stream(keyStore.getCertificateChain(TlsKey.P256.label()))
            .map(X509Certificate.class::cast)
            .toArray(X509Certificate[]::new);
    SslContext tls =
        SslContextBuilder.forServer(OpenSslX509KeyManagerFactory.newKeyless(chain))
            .sslProvider(SslProvider.OPENSSL)
            .option(OpenSslContextOption.PRIVATE_KEY_METHOD, new RemoteKey(provider, handle))
            .build();
    assertServes(tls);
  }

  /** Hands BoringSSL signatures of the HSM. */
  private record RemoteKey(Provider provider, PrivateKey handle)
      implements OpenSslPrivateKeyMethod {
    @Override
    public byte[] sign(SSLEngine engine, int signatureAlgorithm, byte[] input) throws Exception {
      if (signatureAlgorithm != OpenSslPrivateKeyMethod.SSL_SIGN_ECDSA_SECP256R1_SHA256) {
        throw new java.security.SignatureException("not offered: " + signatureAlgorithm);
      }
      Signature signature = Signature.getInstance("SHA256withECDSA", provider);
      signature.initSign(handle);
      signature.update(input);
      return signature.sign();
    }

    @Override
    public byte[] decrypt(SSLEngine engine, byte[] input) {
      throw new UnsupportedOperationException("the key signs and does not decrypt");
    }
  }
}
