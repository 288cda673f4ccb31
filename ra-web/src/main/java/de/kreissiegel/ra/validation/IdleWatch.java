package de.kreissiegel.ra.validation;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which for a while no whole request came and nothing of an answer went out:
 * nobody holds one by a header a minute, nor by never taking what was asked for. Whoever takes a
 * long list slowly is let be. It looks when the time may be over, so that a request costs it a look
 * at the clock.
 */
final class IdleWatch {
  private final Channel channel;
  private final long patience;
  private long lived;
  private long gone;

  IdleWatch(Channel channel, Duration patience) {
    this.channel = channel;
    this.patience = patience.toNanos();
    this.lived = now();
    lookIn(this.patience);
  }

  /** A whole request has come. */
  void lives() {
    lived = now();
  }

  private long now() {
    return channel.eventLoop().ticker().nanoTime();
  }

  private void lookIn(long nanos) {
    var unused = channel.eventLoop().schedule((Runnable) this::look, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    if (!channel.isOpen()) {
      return;
    }
    long now = now();
    long outside = outside();
    if (outside != gone) {
      gone = outside;
      lived = now;
    }
    long left = patience - (now - lived);
    if (left <= 0) {
      channel.close();
    } else {
      lookIn(left);
    }
  }

  /** Another number whenever something was written, or has gone out. */
  private long outside() {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting == null ? 0 : 31 * waiting.totalPendingWriteBytes() + waiting.currentProgress();
  }
}
