package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Where entries lie, which request has which, and what was claimed; in memory. */
final class JournalIndex {
  private final Map<UUID, Long> requests = new HashMap<>();
  private final Set<Bytes> claims = new HashSet<>();
  private final NavigableSet<Long> segments = new TreeSet<>();
  private long[] offsets = new long[1024];
  private int size;

  synchronized void add(JournalEntry entry, JournalScan.Place place) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * size);
    }
    offsets[size++] = place.offset();
    segments.add(place.segment());
    requests.put(entry.request(), entry.index());
    entry.claim().ifPresent(claims::add);
  }

  synchronized long size() {
    return size;
  }

  synchronized OptionalLong indexOf(UUID request) {
    Long index = requests.get(request);
    return index == null ? OptionalLong.empty() : OptionalLong.of(index);
  }

  synchronized JournalScan.Place place(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("there is no entry " + index);
    }
    Long segment = segments.floor(index);
    return new JournalScan.Place(segment == null ? 0 : segment, offsets[(int) index]);
  }

  synchronized boolean claim(Bytes claim) {
    return claims.add(claim);
  }

  synchronized void release(Bytes claim) {
    claims.remove(claim);
  }
}
