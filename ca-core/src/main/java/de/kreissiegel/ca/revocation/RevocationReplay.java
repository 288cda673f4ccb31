package de.kreissiegel.ca.revocation;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.CertificateStatus.Good;
import de.kreissiegel.ca.inventory.CertificateStatus.OnHold;
import de.kreissiegel.ca.inventory.CertificateStatus.Revoked;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.status.CrlBook;
import de.kreissiegel.ca.status.CrlHead;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes revocations back in that a database lacks, since it was put back from an older backup: from
 * an export of the facts, or from lists that were published. It only ever adds: nothing that is
 * revoked or held becomes anything less by it, whatever the file says.
 */
public final class RevocationReplay {
  private static final Actor SELF = new Actor.Component("replay");
  private static final String FACTS = "an export of revocation facts";

  private final RevocationDesk.Books books;
  private final CrlBook lists;
  private final AuthorityCatalog authorities;

  /** The newest full list of each that was taken in, for the deltas to it. */
  private final Map<CrlName, Long> taken = new HashMap<>();

  /**
   * @param lists what is known to be missing
   */
  public RevocationReplay(RevocationDesk.Books books, CrlBook lists, AuthorityCatalog authorities) {
    this.books = books;
    this.lists = lists;
    this.authorities = authorities;
  }

  /**
   * What came of it.
   *
   * @param applied how many certificates are revoked or held now that were not
   * @param known how many were so already
   * @param unknown how many certificates are not in the database; the vault's journal has them
   * @param found how many lists that the database lacked are not missing any more
   */
  public record Outcome(long applied, long known, long unknown, long found) {
    private static final Outcome NOTHING = new Outcome(0, 0, 0, 0);

    Outcome plus(Taken taken) {
      return switch (taken) {
        case APPLIED -> new Outcome(applied + 1, known, unknown, found);
        case KNOWN -> new Outcome(applied, known + 1, unknown, found);
        case UNKNOWN -> new Outcome(applied, known, unknown + 1, found);
      };
    }

    Outcome withFound(boolean one) {
      return one ? new Outcome(applied, known, unknown, found + 1) : this;
    }
  }

  private enum Taken {
    APPLIED,
    KNOWN,
    UNKNOWN
  }

  /**
   * Takes in an export, line by line as {@link ListLine} and {@link FactLine} write it; of each
   * certificate what was said last.
   *
   * @throws IllegalArgumentException if a line is none; nothing is changed then
   */
  public Outcome facts(Stream<String> lines) {
    Map<Identity, CertificateStatus> last = new LinkedHashMap<>();
    List<ListLine> whole = new ArrayList<>();
    lines
        .filter(line -> !line.isBlank())
        .forEach(
            line ->
                ListLine.read(line)
                    .ifPresentOrElse(
                        whole::add,
                        () -> {
                          RevocationFact fact = FactLine.read(line);
                          last.put(new Identity(fact.authority(), fact.serial()), fact.status());
                        }));
    Outcome outcome = take(last, FACTS);
    for (ListLine line : whole) {
      outcome =
          outcome.withFound(
              outcome.unknown() == 0
                  && found(line.authority(), line.partition(), line.number(), FACTS));
    }
    return outcome;
  }

  /**
   * Takes in a list that one of the authorities has signed, full or delta.
   *
   * @param list CertificateList, DER or PEM
   * @throws IllegalArgumentException if it is none, or no authority here has signed it; nothing is
   *     changed then
   */
  public Outcome list(Bytes list) {
    var published = PublishedList.read(list);
    Authority authority =
        authorities.all().stream()
            .filter(published::isSignedBy)
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("no authority here has signed this list"));
    Map<Identity, CertificateStatus> entries = new LinkedHashMap<>();
    published.each((serial, status) -> entries.put(new Identity(authority.name(), serial), status));
    String source = "the list of " + authority.name() + " of " + published.thisUpdate();
    Outcome outcome = take(entries, source);
    return outcome.unknown() == 0
        ? outcome.withFound(found(published, authority.name(), source))
        : outcome;
  }

  private boolean found(PublishedList list, AuthorityName authority, String source) {
    Optional<Integer> partition = list.partition(authority);
    Optional<Long> number = list.number();
    if (partition.isEmpty() || number.isEmpty()) {
      return false;
    }
    CrlName name = CrlName.of(authority, partition.get());
    if (list.base().isPresent() && list.base().get() > newestFull(name)) {
      return false; // what changed until its base is still missing
    }
    taken.merge(name, number.get(), Math::max);
    return found(authority, partition.get(), number.get(), source);
  }

  private long newestFull(CrlName name) {
    long here =
        lists.lines().stream()
            .filter(line -> line.name(false).equals(name))
            .flatMap(line -> line.full().stream())
            .mapToLong(CrlHead::number)
            .max()
            .orElse(0);
    return Math.max(here, taken.getOrDefault(name, 0L));
  }

  private boolean found(AuthorityName authority, int partition, long number, String source) {
    return books
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              boolean missed = lists.takenIn(transaction, authority, partition, number);
              if (missed) {
                note(transaction, "crl.replayed", CrlName.of(authority, partition), number, source);
              }
              return missed;
            });
  }

  /**
   * Says that a missing list is nowhere to be had: it was signed, and lost before anybody got it.
   * From then on lists are made as if it had told of nothing.
   *
   * @param reason for the audit trail
   * @return whether it was missing
   */
  public boolean giveUp(CrlName name, long number, String reason) {
    return books
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              boolean missed =
                  lists.takenIn(transaction, name.authority(), name.partition(), number);
              if (missed) {
                note(transaction, "crl.given-up", name, number, reason);
              }
              return missed;
            });
  }

  private void note(
      Transaction transaction, String action, CrlName name, long number, String detail) {
    books
        .audit()
        .append(
            transaction,
            SELF,
            action,
            Optional.empty(),
            "crl:%s/%d".formatted(name.label(), number),
            detail);
  }

  private record Identity(AuthorityName authority, SerialNumber serial) {}

  private Outcome take(Map<Identity, CertificateStatus> statuses, String source) {
    Outcome outcome = Outcome.NOTHING;
    for (var entry : statuses.entrySet()) {
      if (!(entry.getValue() instanceof Good)) {
        outcome = outcome.plus(take(entry.getKey(), entry.getValue(), source));
      }
    }
    return outcome;
  }

  private Taken take(Identity identity, CertificateStatus said, String source) {
    return books
        .transactions()
        .<Taken, RuntimeException>inTransaction(
            transaction -> {
              Optional<StoredCertificate> certificate =
                  books.certificates().lock(transaction, identity.authority(), identity.serial());
              if (certificate.isEmpty()) {
                return Taken.UNKNOWN;
              }
              if (!isMore(said, certificate.get().status())) {
                return Taken.KNOWN;
              }
              change(said, source).write(transaction, books, certificate.get(), said);
              return Taken.APPLIED;
            });
  }

  private static boolean isMore(CertificateStatus said, CertificateStatus known) {
    return switch (known) {
      case Good _ -> true;
      case OnHold _ -> said instanceof Revoked;
      case Revoked _ -> false;
    };
  }

  private static StatusChange change(CertificateStatus said, String source) {
    return said instanceof Revoked revoked
        ? new StatusChange(SELF, "certificate.revoked", revoked.reason().asn1Name(), source)
        : new StatusChange(SELF, "certificate.held", "certificateHold", source);
  }
}
