package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningRefused.Reason;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A TBSCertList (RFC 5280 §5.1) that comes in pieces. What it takes of memory doesn't depend on the
 * list's length: the piece, one value that lies across two pieces, and the watched serials that
 * were found. After a refusal it stays refused. For one thread.
 */
public final class ListReading {
  private static final long LARGEST = 1L << 30;
  private static final int LARGEST_FIELD = 16 << 10;
  private static final int LARGEST_ENTRY = 4 << 10;
  private static final int LARGEST_EXTENSIONS = 64 << 10;
  private static final int EXTENSIONS_TAG = 0xa0;

  /** What comes next. */
  private enum Part {
    OUTER,
    VERSION,
    SIGNATURE,
    ISSUER,
    THIS_UPDATE,
    NEXT_UPDATE,
    ENTRIES,
    ENTRY,
    EXTENSIONS,
    NOTHING
  }

  private final ListFields fields;
  private final ListEntries entries;
  private final MessageDigest digest = sha256();
  private final DerHeader header = new DerHeader();
  private byte[] carry = new byte[LARGEST_ENTRY];
  private int carried;
  private Part part = Part.OUTER;
  private long octets;
  private long left = LARGEST;
  private long entriesLeft;
  private Optional<SigningRefused> refusal = Optional.empty();
  private boolean finished;

  ListReading(ListFields fields, ListEntries entries) {
    this.fields = fields;
    this.entries = entries;
  }

  /**
   * Takes the next octets, as many as there are; they aren't kept.
   *
   * @throws SigningRefused as soon as a rule is broken, {@code POLICY} with the rule's name first,
   *     or {@code MALFORMED}
   * @throws IndexOutOfBoundsException if {@code from} and {@code length} aren't within the octets
   */
  public void update(byte[] piece, int from, int length) throws SigningRefused {
    Objects.checkFromIndexSize(from, length, piece.length);
    guarded(() -> take(piece, from, from + length));
    digest.update(piece, from, length);
    octets += length;
  }

  /**
   * Ends.
   *
   * @param last what numbers the key's lists have reached
   * @return what the list is
   * @throws SigningRefused if it isn't whole, or breaks a rule
   */
  public PassedList finish(LastNumbers last) throws SigningRefused {
    guarded(
        () -> {
          if (part != Part.NOTHING) {
            throw new NotDer("it ends too early");
          }
          entries.check(fields.extensions().scope(), fields.forms());
          fields.extensions().checkNumber(last);
          fields.extensions().checkBase(fields.forms(), last);
        });
    finished = true;
    ListExtensions extensions = fields.extensions();
    return new PassedList(
        fields.header(entries.count()),
        Bytes.of(digest.digest()),
        octets,
        extensions.scope(),
        extensions.number(),
        extensions.base(),
        fields.thisUpdate(),
        fields.nextUpdate(),
        entries.count(),
        entries.listed());
  }

  /** Something that may refuse. */
  private interface Step {
    void run() throws SigningRefused, NotDer;
  }

  private void guarded(Step step) throws SigningRefused {
    if (finished) {
      throw new IllegalStateException("this list is finished");
    }
    if (refusal.isPresent()) {
      SigningRefused before = refusal.get();
      throw new SigningRefused(before.reason(), String.valueOf(before.getMessage()));
    }
    try {
      step.run();
    } catch (SigningRefused refused) {
      refusal = Optional.of(refused);
      throw refused;
    } catch (NotDer malformed) {
      SigningRefused refused =
          new SigningRefused(
              Reason.MALFORMED, "not a CERTIFICATE_LIST in DER: " + malformed.getMessage());
      refusal = Optional.of(refused);
      throw refused;
    }
  }

  private void take(byte[] piece, int from, int to) throws SigningRefused, NotDer {
    int at = from;
    while (at < to) {
      if (carried == 0) {
        int size = size(piece, at, to - at);
        if (size > 0 && size <= to - at) {
          part(piece, at, at + size);
          at += size;
          continue;
        }
      }
      at += carry(piece, at, to);
    }
  }

  /** Keeps the beginning of what the next piece goes on with. */
  private int carry(byte[] piece, int at, int to) throws SigningRefused, NotDer {
    int size = size(carry, 0, carried);
    int more = size < 0 ? 1 : Math.min(size - carried, to - at);
    if (carried + more > carry.length) {
      carry = Arrays.copyOf(carry, size);
    }
    System.arraycopy(piece, at, carry, carried, more);
    carried += more;
    if (size < 0) {
      size = size(carry, 0, carried);
    }
    if (carried == size) {
      carried = 0;
      part(carry, 0, size);
    }
    return more;
  }

  /** How many octets are read at once next; -1 if too few are there to tell. */
  private int size(byte[] in, int from, int available) throws SigningRefused, NotDer {
    if (part == Part.NOTHING) {
      throw new NotDer("octets behind the end");
    }
    if (!header.read(in, from, available)) {
      return -1;
    }
    if (part == Part.OUTER) {
      expect(header.tag() == DerCursor.SEQUENCE, "TBSCertList");
      require(header.whole() <= LARGEST, "size", "more than " + LARGEST + " octets");
      return header.octets();
    }
    if (header.whole() > (part == Part.ENTRY ? entriesLeft : left)) {
      throw new NotDer("a value longer than what holds it");
    }
    if (part == Part.NEXT_UPDATE
        && (header.tag() == DerCursor.SEQUENCE || header.tag() == EXTENSIONS_TAG)) {
      throw new NotDer("nextUpdate is missing");
    }
    if (part == Part.ENTRIES && header.tag() == DerCursor.SEQUENCE) {
      return header.octets();
    }
    require(
        header.length() <= largest(),
        "size",
        "a part of the list has more than " + largest() + " octets");
    return (int) header.whole();
  }

  private int largest() {
    return switch (part) {
      case ENTRY -> LARGEST_ENTRY;
      case ENTRIES, EXTENSIONS -> LARGEST_EXTENSIONS;
      default -> LARGEST_FIELD;
    };
  }

  /** Reads one part; its header is in {@link #header}. */
  private void part(byte[] in, int from, int to) throws SigningRefused, NotDer {
    left = part == Part.OUTER ? header.length() : left - (to - from);
    switch (part) {
      case OUTER -> part = Part.VERSION;
      case VERSION -> {
        expect(header.tag() == DerCursor.INTEGER, "version");
        fields.version(Arrays.copyOfRange(in, from, to));
        part = Part.SIGNATURE;
      }
      case SIGNATURE -> {
        expect(header.tag() == DerCursor.SEQUENCE, "signature");
        fields.algorithm(Arrays.copyOfRange(in, from, to));
        part = Part.ISSUER;
      }
      case ISSUER -> {
        expect(header.tag() == DerCursor.SEQUENCE, "issuer");
        fields.issuer(Arrays.copyOfRange(in, from, to));
        part = Part.THIS_UPDATE;
      }
      case THIS_UPDATE -> {
        fields.thisUpdate(Arrays.copyOfRange(in, from, to));
        part = Part.NEXT_UPDATE;
      }
      case NEXT_UPDATE -> {
        fields.nextUpdate(Arrays.copyOfRange(in, from, to));
        part = Part.ENTRIES;
      }
      case ENTRIES -> {
        if (header.tag() == DerCursor.SEQUENCE) {
          beginEntries();
        } else {
          extensions(in, from, to);
        }
      }
      case ENTRY -> {
        entries.entry(in, from, to);
        entriesLeft -= to - from;
        part = entriesLeft == 0 ? Part.EXTENSIONS : Part.ENTRY;
      }
      case EXTENSIONS -> extensions(in, from, to);
      case NOTHING -> throw new NotDer("octets behind the end");
    }
  }

  private void beginEntries() throws NotDer {
    entriesLeft = header.length();
    if (entriesLeft == 0) {
      throw new NotDer("an empty list of revoked certificates must be left out");
    }
    part = Part.ENTRY;
  }

  private void extensions(byte[] in, int from, int to) throws SigningRefused, NotDer {
    expect(header.tag() == EXTENSIONS_TAG, "crlExtensions");
    if (left > 0) {
      throw new NotDer("octets behind the extensions");
    }
    fields.extensions(Arrays.copyOfRange(in, from, to));
    part = Part.NOTHING;
  }

  private static void expect(boolean there, String what) throws NotDer {
    if (!there) {
      throw new NotDer(what + " is missing or of another type");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
