package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Where entries lie, which request has which, and what was claimed; in memory, as small as it can
 * be: a certificate's entry takes 54 octets at most, one with a request alone 23, a list of answers
 * half an octet. Safe for use by many threads.
 */
final class JournalIndex {
  /** Of so many entries one's place is known; the others are found from there. */
  static final int SPARSE = 16;

  private final RequestTable requests;
  private final ClaimTable claims = new ClaimTable();
  private final Set<Bytes> claimedNow = new HashSet<>();
  private final NavigableMap<Long, Offsets> segments = new TreeMap<>();
  private long size;

  JournalIndex(long seed) {
    this.requests = new RequestTable(seed);
  }

  /** An entry that was written, as much of it as has to be found. */
  record Known(long index, long offset, Optional<UUID> request, Optional<Bytes> claim) {
    static Known of(JournalEntry entry, long offset) {
      boolean remembered = entry.remembered();
      return new Known(
          entry.index(),
          offset,
          remembered ? Optional.of(entry.request()) : Optional.empty(),
          remembered ? entry.claim() : Optional.empty());
    }
  }

  /**
   * Where to begin reading, and how many entries lie between there and the one that is sought.
   *
   * @param segment the first entry's number of the file
   */
  record Place(long segment, long offset, int skip) {}

  synchronized void add(long segment, List<Known> entries) {
    Offsets offsets = segments.computeIfAbsent(segment, _ -> new Offsets());
    for (Known entry : entries) {
      offsets.add(entry.offset());
      entry.request().ifPresent(request -> requests.put(request, entry.index()));
      entry
          .claim()
          .ifPresent(
              claim -> {
                claims.put(claim);
                claimedNow.remove(claim);
              });
    }
    size += entries.size();
  }

  /** A file was written anew. */
  synchronized void moved(long segment, Offsets offsets) {
    segments.put(segment, offsets);
  }

  synchronized long size() {
    return size;
  }

  synchronized List<Long> candidates(UUID request) {
    List<Long> numbers = new ArrayList<>(1);
    requests.candidates(request, numbers::add);
    return numbers;
  }

  synchronized Place place(long index) {
    var segment = segments.floorEntry(index);
    if (segment == null || index >= size) {
      throw new IndexOutOfBoundsException("there is no entry " + index);
    }
    long inFile = index - segment.getKey();
    return new Place(segment.getKey(), segment.getValue().at(inFile), (int) (inFile % SPARSE));
  }

  synchronized boolean claim(Bytes claim) {
    return !claims.contains(claim) && claimedNow.add(claim);
  }

  synchronized void release(Bytes claim) {
    claimedNow.remove(claim);
  }

  /** How many octets of memory it takes. */
  synchronized long octets() {
    return requests.octets()
        + claims.octets()
        + segments.values().stream().mapToLong(Offsets::octets).sum();
  }

  /** Where a file's entries lie, one of {@link #SPARSE}. */
  static final class Offsets {
    private long[] known = new long[8];
    private long entries;

    void add(long offset) {
      if (entries % SPARSE == 0) {
        int place = (int) (entries / SPARSE);
        if (place == known.length) {
          known = Arrays.copyOf(known, known.length + known.length / 2);
        }
        known[place] = offset;
      }
      entries++;
    }

    long at(long number) {
      return known[(int) (number / SPARSE)];
    }

    long octets() {
      return 8L * known.length;
    }
  }
}
