import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslPrivateKeyMethod;
import io.netty.handler.ssl.OpenSslX509KeyManagerFactory;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLEngine;

/** Answers whatever comes with one line, over BoringSSL's TLS. */
public class BoringSslServer {
  public static void main(String[] args) throws Exception {
    String alias = System.getProperty("alias", "web-tls");
    KeyStore keyStore = KeyStore.getInstance("HsmRest");
    keyStore.load(null, null);
    PrivateKey key = (PrivateKey) keyStore.getKey(alias, null);
    X509Certificate[] chain =
        Arrays.copyOf(
            keyStore.getCertificateChain(alias),
            keyStore.getCertificateChain(alias).length,
            X509Certificate[].class);

    // BoringSSL gets the certificates; for each signature it asks the private-key method.
    SslContext tls =
        SslContextBuilder.forServer(OpenSslX509KeyManagerFactory.newKeyless(chain))
            .sslProvider(SslProvider.OPENSSL)
            .option(OpenSslContextOption.PRIVATE_KEY_METHOD, new Signing(key))
            .build();

    // The private-key method runs on this pool, not on the event loop.
    ExecutorService signing = Executors.newFixedThreadPool(8);
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
    try {
      Channel server =
          new ServerBootstrap()
              .group(loops)
              .channel(NioServerSocketChannel.class)
              .childHandler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      channel.pipeline().addLast(tls.newHandler(channel.alloc(), signing));
                      channel.pipeline().addLast(new Hello());
                    }
                  })
              .bind(Integer.getInteger("port", 8443))
              .sync()
              .channel();
      System.out.println("listening on " + server.localAddress());
      server.closeFuture().sync();
    } finally {
      loops.shutdownGracefully();
      signing.shutdown();
    }
  }

  /** Signs with a key that is not here. */
  static class Signing implements OpenSslPrivateKeyMethod {
    private final PrivateKey key;

    Signing(PrivateKey key) {
      this.key = key;
    }

    @Override
    public byte[] sign(SSLEngine engine, int algorithm, byte[] input) throws Exception {
      Signature signature;
      if (algorithm == SSL_SIGN_ECDSA_SECP256R1_SHA256) {
        signature = started("SHA256withECDSA");
      } else if (algorithm == SSL_SIGN_ECDSA_SECP384R1_SHA384) {
        signature = started("SHA384withECDSA");
      } else if (algorithm == SSL_SIGN_ECDSA_SECP521R1_SHA512) {
        signature = started("SHA512withECDSA");
      } else if (algorithm == SSL_SIGN_RSA_PKCS1_SHA256) {
        signature = started("SHA256withRSA");
      } else if (algorithm == SSL_SIGN_RSA_PKCS1_SHA384) {
        signature = started("SHA384withRSA");
      } else if (algorithm == SSL_SIGN_RSA_PKCS1_SHA512) {
        signature = started("SHA512withRSA");
      } else if (algorithm == SSL_SIGN_RSA_PSS_RSAE_SHA256) {
        signature = startedPss(MGF1ParameterSpec.SHA256, 32);
      } else if (algorithm == SSL_SIGN_RSA_PSS_RSAE_SHA384) {
        signature = startedPss(MGF1ParameterSpec.SHA384, 48);
      } else if (algorithm == SSL_SIGN_RSA_PSS_RSAE_SHA512) {
        signature = startedPss(MGF1ParameterSpec.SHA512, 64);
      } else {
        throw new SignatureException("TLS signature scheme 0x" + Integer.toHexString(algorithm));
      }
      signature.update(input);
      return signature.sign();
    }

    private Signature started(String algorithm) throws Exception {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      return signature;
    }

    private Signature startedPss(MGF1ParameterSpec digest, int saltLength) throws Exception {
      // First the key, then the parameters: the key decides which provider it is.
      Signature signature = started("RSASSA-PSS");
      signature.setParameter(
          new PSSParameterSpec(digest.getDigestAlgorithm(), "MGF1", digest, saltLength, 1));
      return signature;
    }

    @Override
    public byte[] decrypt(SSLEngine engine, byte[] input) {
      throw new UnsupportedOperationException("for suites older than TLS 1.2's ECDHE ones");
    }
  }

  static class Hello extends SimpleChannelInboundHandler<Object> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      context
          .writeAndFlush(Unpooled.copiedBuffer("hello\n", StandardCharsets.US_ASCII))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }
}
