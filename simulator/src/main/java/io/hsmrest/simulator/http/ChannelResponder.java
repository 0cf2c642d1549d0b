package io.hsmrest.simulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Writes the answer of one request to its channel. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, and that is all
final class ChannelResponder implements Responder {
  /** Pieces of a dripping body. Small enough that a reader sees many of them. */
  private static final int DRIP_PIECES = 16;

  private final ChannelHandlerContext context;
  private final boolean head;
  private final Runnable done;

  ChannelResponder(ChannelHandlerContext context, Request request, Runnable done) {
    this.context = context;
    this.head = request.method().equals("HEAD");
    this.done = done;
  }

  @Override
  public void send(Response response) {
    ByteBuf content = head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body());
    var message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), content);
    setHeaders(message.headers(), response);
    context.writeAndFlush(message, context.voidPromise());
    done.run();
  }

  @Override
  public void sendHalf(Response response) {
    sendHead(response);
    int half = response.body().length / 2;
    context
        .writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(response.body(), 0, half)))
        .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void drip(Response response, Duration pause) {
    sendHead(response);
    dripFrom(0, response, pause);
  }

  private void dripFrom(int start, Response response, Duration pause) {
    byte[] body = response.body();
    int end = Math.min(body.length, start + Math.max(1, body.length / DRIP_PIECES));
    var piece = Unpooled.wrappedBuffer(body, start, end - start);
    if (end == body.length) {
      context.write(new DefaultHttpContent(piece));
      context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      done.run();
    } else {
      context.writeAndFlush(new DefaultHttpContent(piece));
      later(pause, () -> dripFrom(end, response, pause));
    }
  }

  private void sendHead(Response response) {
    var message =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
    setHeaders(message.headers(), response);
    context.writeAndFlush(message);
  }

  private static void setHeaders(HttpHeaders headers, Response response) {
    if (!response.contentType().isEmpty()) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, response.contentType());
    }
    headers.set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
    response.headers().forEach(headers::set);
  }

  @Override
  public void cut() {
    context.close();
  }

  @Override
  public void later(Duration delay, Runnable work) {
    var scheduled =
        context.executor().schedule(work, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    context.channel().closeFuture().addListener(closed -> scheduled.cancel(false));
  }

  @Override
  public boolean fromLoopback() {
    return context.channel().remoteAddress() instanceof InetSocketAddress caller
        && caller.getAddress().isLoopbackAddress();
  }
}
