package de.kreissiegel.ra.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private IdleWatch watch;

  @BeforeEach
  void begin() {
    channel.freezeTime();
    watch = new IdleWatch(channel, PATIENCE);
  }

  @Test
  void closesAConnectionOnWhichNothingHappens() {
    pass(29);
    assertThat(channel.isOpen()).isTrue();

    pass(1);

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void countsFromTheLastWholeRequest() {
    pass(20);
    watch.lives();
    pass(29);
    assertThat(channel.isOpen()).isTrue();

    pass(1);

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void letsWhoTakesAnAnswerSlowlyBe() {
    for (int i = 0; i < 5; i++) {
      channel.write(Unpooled.wrappedBuffer(new byte[10])); // more waits than before
      pass(29);
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @Test
  void closesAConnectionWhoseOwnerTakesNothingOfAnAnswer() {
    channel.write(Unpooled.wrappedBuffer(new byte[10]));
    pass(30);
    assertThat(channel.isOpen()).as("it was written meanwhile").isTrue();

    pass(30);

    assertThat(channel.isOpen()).isFalse();
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }
}
