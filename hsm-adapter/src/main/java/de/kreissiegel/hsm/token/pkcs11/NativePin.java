package de.kreissiegel.hsm.token.pkcs11;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A PIN as a library takes it: UTF-8 in native memory, wiped when it is closed. */
final class NativePin implements AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment octets;
  private final long length;

  NativePin(char[] pin) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(pin));
    length = encoded.limit();
    octets = arena.allocate(Math.max(1, length));
    MemorySegment.copy(MemorySegment.ofArray(encoded.array()), 0, octets, 0, length);
    Arrays.fill(encoded.array(), (byte) 0);
  }

  MemorySegment address() {
    return octets;
  }

  long length() {
    return length;
  }

  @Override
  public void close() {
    octets.fill((byte) 0);
    arena.close();
  }
}
