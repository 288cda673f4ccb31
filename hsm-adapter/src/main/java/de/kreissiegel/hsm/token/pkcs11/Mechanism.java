package de.kreissiegel.hsm.token.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * How the token is to compute: a CK_MECHANISM. The parameters of all that we use (PSS, OAEP) are
 * structures of CK_ULONGs and null pointers.
 */
record Mechanism(long type, List<Long> parameters) {
  private static final long OCTETS = 24;

  Mechanism {
    parameters = List.copyOf(parameters);
  }

  static Mechanism of(long type, Long... parameters) {
    return new Mechanism(type, List.of(parameters));
  }

  MemorySegment in(Arena arena) {
    MemorySegment mechanism = arena.allocate(OCTETS, Long.BYTES);
    mechanism.set(JAVA_LONG, 0, type);
    if (!parameters.isEmpty()) {
      long[] words = parameters.stream().mapToLong(Long::longValue).toArray();
      MemorySegment parameter = arena.allocateFrom(JAVA_LONG, words);
      mechanism.set(ADDRESS, 8, parameter);
      mechanism.set(JAVA_LONG, 16, parameter.byteSize());
    }
    return mechanism;
  }
}
