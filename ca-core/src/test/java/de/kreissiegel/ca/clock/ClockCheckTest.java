package de.kreissiegel.ca.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "0, false",
    "2000, false",
    "-2000, false",
    "2001, true",
    "-2001, true",
    "90000, true"
  })
  void isOffByMoreThanTwoSecondsIntoEitherDirection(long ahead, boolean off) {
    assertThat(read(says(NOW.minusMillis(ahead))).isOff()).isEqualTo(off);
  }

  @Test
  void doubtsAnAnswerThatTookLong() {
    var doubtful =
        new ClockCheck.Reading(
            "slow", java.util.Optional.of(Duration.ofSeconds(3)), Duration.ofSeconds(2));

    assertThat(doubtful.isOff()).isFalse();
  }

  @Test
  void saysThatASourceIsSilentWithoutCallingTheClockWrong() {
    ClockCheck.Reading reading =
        read(
            new ClockCheck.TimeSource() {
              @Override
              public String name() {
                return "silent";
              }

              @Override
              public Instant time() throws IOException {
                throw new IOException("no answer");
              }
            });

    assertThat(reading.ahead()).isEmpty();
    assertThat(reading.isOff()).isFalse();
  }

  @Test
  void readsATimeServerBeforeAndAfter2036() throws Exception {
    for (Instant time : List.of(NOW, Instant.parse("2040-01-01T00:00:00.5Z"))) {
      try (var server = new FakeTimeServer(time, answer -> {})) {
        assertThat(server.asked().time())
            .isCloseTo(time, within(1, java.time.temporal.ChronoUnit.MILLIS));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"another's question", "not synchronized", "kiss of death", "a client"})
  void believesNoTimeServerWith(String fault) throws Exception {
    try (var server =
        new FakeTimeServer(
            NOW,
            answer -> {
              switch (fault) {
                case "another's question" -> answer.putLong(24, ~answer.getLong(24));
                case "not synchronized" -> answer.put(0, (byte) 0xe4);
                case "kiss of death" -> answer.put(1, (byte) 0);
                default -> answer.put(0, (byte) 0x23);
              }
            })) {
      assertThatThrownBy(() -> server.asked().time()).isInstanceOf(IOException.class);
    }
  }

  private static ClockCheck.Reading read(ClockCheck.TimeSource source) {
    return new ClockCheck(List.of(source), CLOCK).read().getFirst();
  }

  private static ClockCheck.TimeSource says(Instant time) {
    return new ClockCheck.TimeSource() {
      @Override
      public String name() {
        return "other";
      }

      @Override
      public Instant time() {
        return time;
      }
    };
  }

  /** Answers one question. */
  private static final class FakeTimeServer implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());

    FakeTimeServer(Instant time, java.util.function.Consumer<ByteBuffer> fault) throws IOException {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  var question = new DatagramPacket(new byte[48], 48);
                  socket.receive(question);
                  ByteBuffer asked = ByteBuffer.wrap(question.getData());
                  ByteBuffer answer = ByteBuffer.allocate(48);
                  answer.put(0, (byte) 0x24).put(1, (byte) 2).putLong(24, asked.getLong(40));
                  answer.putInt(40, (int) (time.getEpochSecond() + 2_208_988_800L));
                  answer.putInt(44, (int) (((long) time.getNano() << 32) / 1_000_000_000L));
                  fault.accept(answer);
                  socket.send(new DatagramPacket(answer.array(), 48, question.getSocketAddress()));
                } catch (IOException closed) {
                  return;
                }
              });
    }

    TimeServer asked() {
      return new TimeServer("127.0.0.1", socket.getLocalPort(), new SecureRandom());
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
