package de.kreissiegel.hsm.token.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Attributes of an object that is searched or made: an array of CK_ATTRIBUTE. */
final class Template {
  /** {@code CK_ATTRIBUTE { CK_ULONG type; void *pValue; CK_ULONG ulValueLen; }}, 64 bits. */
  static final long ATTRIBUTE_OCTETS = 24;

  private final List<Attribute> attributes = new ArrayList<>();

  Template with(long type, byte[] value) {
    attributes.add(new Attribute(type, value.clone()));
    return this;
  }

  Template with(long type, long value) {
    return with(
        type,
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(value).array());
  }

  Template with(long type, boolean value) {
    return with(type, new byte[] {(byte) (value ? 1 : 0)});
  }

  Template with(long type, String value) {
    return with(type, value.getBytes(StandardCharsets.UTF_8));
  }

  Template and(Template more) {
    attributes.addAll(more.attributes);
    return this;
  }

  int size() {
    return attributes.size();
  }

  MemorySegment in(SegmentAllocator arena) {
    MemorySegment array = arena.allocate(ATTRIBUTE_OCTETS * size(), Long.BYTES);
    long at = 0;
    for (Attribute attribute : attributes) {
      array.set(JAVA_LONG, at, attribute.type);
      array.set(ADDRESS, at + 8, arena.allocateFrom(JAVA_BYTE, attribute.value));
      array.set(JAVA_LONG, at + 16, attribute.value.length);
      at += ATTRIBUTE_OCTETS;
    }
    return array;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Attribute(long type, byte[] value) {}
}
