package io.hsmrest.simulator.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.ArrayDeque;
import java.util.Queue;

/** The requests of one connection, answered one after the other in the order they came. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a closing connection
final class Exchanges extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final Handler handler;
  private final Queue<Request> waiting = new ArrayDeque<>();
  private boolean busy;

  Exchanges(Handler handler) {
    this.handler = handler;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    var headers = message.headers();
    if (message.decoderResult().isFailure()) {
      context.close();
      return;
    }
    waiting.add(
        new Request(
            message.method().name(),
            message.uri(),
            headers::get,
            ByteBufUtil.getBytes(message.content())));
    // A pipelining caller is held back rather than queued without limit.
    context.channel().config().setAutoRead(waiting.size() < 64);
    next(context);
  }

  /** Takes up the next request unless one is being answered. Runs on the connection's thread. */
  private void next(ChannelHandlerContext context) {
    while (!busy) {
      Request request = waiting.poll();
      if (request == null) {
        context.channel().config().setAutoRead(true);
        return;
      }
      busy = true;
      handler.handle(request, new ChannelResponder(context, request, () -> done(context)));
    }
  }

  private void done(ChannelHandlerContext context) {
    if (context.executor().inEventLoop()) {
      busy = false;
      next(context);
    } else {
      context.executor().execute(() -> done(context));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A caller that goes away or speaks nonsense is no concern of the simulator's.
    context.close();
  }
}
