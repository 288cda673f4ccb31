package de.kreissiegel.ca.clock;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * A time server asked by SNTP (RFC 4330). Nothing proves the answer, so it raises an alarm and
 * never sets a clock.
 *
 * @param host its name or address
 * @param port 123 where nothing else was agreed
 */
public record TimeServer(String host, int port, SecureRandom random)
    implements ClockCheck.TimeSource {
  private static final int PATIENCE_MILLIS = 1000;
  private static final int LENGTH = 48;

  /** No leap warning, version 4, mode 3 (client). */
  private static final byte CLIENT = 0x23;

  private static final int SERVER = 4;
  private static final int TRANSMITTED = 40;
  private static final int ORIGINATED = 24;

  /** Seconds from 1900, where NTP begins, to 1970. */
  private static final long TO_1970 = 2_208_988_800L;

  @Override
  public String name() {
    return "time server " + host;
  }

  @Override
  public Instant time() throws IOException {
    byte[] question = new byte[LENGTH];
    question[0] = CLIENT;
    // Chance instead of our time: only who saw the question can answer it.
    long nonce = random.nextLong();
    ByteBuffer.wrap(question).putLong(TRANSMITTED, nonce);
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), port));
      socket.send(new DatagramPacket(question, LENGTH));
      var answer = new DatagramPacket(new byte[LENGTH], LENGTH);
      socket.receive(answer);
      return read(ByteBuffer.wrap(answer.getData(), 0, answer.getLength()), nonce);
    }
  }

  private Instant read(ByteBuffer answer, long nonce) throws IOException {
    if (answer.remaining() < LENGTH
        || (answer.get(0) & 7) != SERVER
        || (answer.get(0) & 0xff) >> 6 == 3
        || answer.get(1) == 0
        || answer.getLong(ORIGINATED) != nonce) {
      throw new IOException(name() + " gave no answer to our question, or has no time itself");
    }
    long seconds = Integer.toUnsignedLong(answer.getInt(TRANSMITTED));
    long fraction = Integer.toUnsignedLong(answer.getInt(TRANSMITTED + 4));
    // Times with the highest bit clear are from 2036 on (RFC 4330 §3).
    long since1900 = seconds < 1L << 31 ? seconds + (1L << 32) : seconds;
    return Instant.ofEpochSecond(since1900 - TO_1970, fraction * 1_000_000_000L >> 32);
  }
}
