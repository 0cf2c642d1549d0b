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
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;

/** Answers whatever comes with one line, over TLS. */
public class NettyServer {
  public static void main(String[] args) throws Exception {
    KeyStore keyStore = KeyStore.getInstance("HsmRest");
    keyStore.load(null, null);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(keyStore, null);

    // By its name: with BoringSSL on the class path Netty would take that, and ask for key
    // material.
    SslContext tls = SslContextBuilder.forServer(keys).sslProvider(SslProvider.JDK).build();

    // A signature is a round trip to the service. Here it keeps a thread of this pool waiting,
    // without it the event loop.
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

  static class Hello extends SimpleChannelInboundHandler<Object> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      context
          .writeAndFlush(Unpooled.copiedBuffer("hello\n", StandardCharsets.US_ASCII))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }
}
