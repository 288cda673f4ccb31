package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.transaction.Transaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;

/** Writes lists into the database, so that they can be signed; none is held on the way. */
final class CrlPrinter {
  private final CrlBook book;
  private final StatusAddresses addresses;
  private final Path folder;

  CrlPrinter(CrlBook book, StatusAddresses addresses, Path folder) {
    this.book = book;
    this.addresses = addresses;
    this.folder = folder;
  }

  /**
   * What is wanted.
   *
   * @param authority whose list
   * @param algorithm by which its key signs
   * @param part whether there are lists of other partitions beside it
   * @param now the time
   */
  record Order(Authority authority, AlgorithmIdentifier algorithm, boolean part, Instant now) {}

  /**
   * A list that stands in the database and wants a signature.
   *
   * @param octets its TBSCertList, to be closed
   */
  record Printed(CrlDraft draft, Spool octets) {}

  /** The entries of a list to be. */
  private record Contents(Spool octets, long length, long count) {}

  /** What kind a list is, and which time it covers. */
  private record Kind(CrlName name, Optional<CrlBook.Base> base, Instant from, Instant until) {}

  /**
   * Takes up a list that was written and never signed, or writes the one that is due.
   *
   * @return empty if somebody else is at it, or was quicker
   */
  Optional<Printed> print(Transaction transaction, Order order, int partition) throws IOException {
    Optional<CrlLine> locked = book.lock(transaction, order.authority().name(), partition);
    if (locked.isEmpty()) {
      return Optional.empty();
    }
    CrlLine line = locked.get();
    Optional<CrlDraft> reserved = book.reserved(transaction, line);
    if (reserved.isPresent()) {
      CrlDraft draft = reserved.get();
      Spool octets = Spool.of(folder, out -> book.copyReserved(transaction, draft, out));
      return Optional.of(new Printed(draft, octets));
    }
    Optional<CrlSchedule.Due> due = CrlSchedule.of(order.authority().lists(), line, order.now());
    return due.isEmpty()
        ? Optional.empty()
        : Optional.of(write(transaction, order, line, kind(transaction, order, line, due.get())));
  }

  private Kind kind(Transaction transaction, Order order, CrlLine line, CrlSchedule.Due due) {
    CrlSettings settings = order.authority().lists();
    Instant from = order.now().truncatedTo(ChronoUnit.SECONDS);
    return due == CrlSchedule.Due.FULL
        ? new Kind(line.name(false), Optional.empty(), from, from.plus(settings.validity()))
        : new Kind(
            line.name(true),
            Optional.of(book.base(transaction, line, order.now()).orElseThrow()),
            from,
            from.plus(settings.delta().orElseThrow()));
  }

  private Printed write(Transaction transaction, Order order, CrlLine line, Kind kind)
      throws IOException {
    Contents contents = contents(transaction, order, line, kind);
    try {
      long number = line.number() + 1;
      contents.octets().surround(frame(order, line, kind, number).around(contents.length()));
      CrlDraft draft =
          new CrlDraft(
              kind.name(),
              number,
              kind.base().map(CrlBook.Base::number),
              UUID.randomUUID(),
              kind.from(),
              kind.until(),
              line.statusVersion(),
              contents.count(),
              contents.octets().length(),
              contents.octets().digest());
      try (InputStream octets = contents.octets().open()) {
        book.reserve(transaction, draft, octets);
      }
      return new Printed(draft, contents.octets());
    } catch (IOException | RuntimeException failure) {
      contents.octets().close();
      throw failure;
    }
  }

  /**
   * The version was read before the entries: they may know more than it says, never less.
   *
   * <p>A certificate that has expired stays on the list until one regular list after its end has
   * told of it (RFC 5280 §3.3). Lists made for a change of status don't count as regular, so it
   * stays for the whole time of a list, and longer if none was made in that time.
   */
  private Contents contents(Transaction transaction, Order order, CrlLine line, Kind kind)
      throws IOException {
    long[] counts = new long[2];
    Spool octets =
        Spool.of(
            folder,
            out -> {
              CrlEntryWriter writer = new CrlEntryWriter(out);
              if (kind.base().isPresent()) {
                long since = kind.base().get().statusVersion();
                book.eachChanged(transaction, line, since, kind.from(), writer::add);
              } else {
                book.eachListed(transaction, line, listedFrom(order, line, kind), writer::add);
              }
              counts[0] = writer.octets();
              counts[1] = writer.count();
            });
    return new Contents(octets, counts[0], counts[1]);
  }

  private static Instant listedFrom(Order order, CrlLine line, Kind kind) {
    if (order.authority().lists().expired()) {
      return begin(order.authority());
    }
    Instant usual = kind.from().minus(order.authority().lists().validity());
    return line.full().map(CrlHead::thisUpdate).filter(usual::isAfter).orElse(usual);
  }

  private CrlFrame frame(Order order, CrlLine line, Kind kind, long number) {
    CrlName full = line.name(false);
    boolean withDelta = kind.base().isEmpty() && order.authority().lists().delta().isPresent();
    return new CrlFrame(
        order.authority(),
        order.algorithm(),
        number,
        kind.base().map(CrlBook.Base::number),
        kind.from(),
        kind.until(),
        Optional.of(addresses.crl(full).toString()).filter(_ -> order.part()),
        Optional.of(addresses.crl(full.asDelta()).toString()).filter(_ -> withDelta),
        Optional.of(begin(order.authority())).filter(_ -> order.authority().lists().expired()));
  }

  /** Nothing of the authority's is older. */
  private static Instant begin(Authority authority) {
    return Certificate.getInstance(authority.certificate().toArray())
        .getStartDate()
        .getDate()
        .toInstant();
  }
}
