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
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.LinkedHashMap;
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

  private final RevocationDesk.Books books;
  private final AuthorityCatalog authorities;

  public RevocationReplay(RevocationDesk.Books books, AuthorityCatalog authorities) {
    this.books = books;
    this.authorities = authorities;
  }

  /**
   * What came of it.
   *
   * @param applied how many certificates are revoked or held now that were not
   * @param known how many were so already
   * @param unknown how many certificates are not in the database; the vault's journal has them
   */
  public record Outcome(long applied, long known, long unknown) {
    Outcome plus(Taken taken) {
      return switch (taken) {
        case APPLIED -> new Outcome(applied + 1, known, unknown);
        case KNOWN -> new Outcome(applied, known + 1, unknown);
        case UNKNOWN -> new Outcome(applied, known, unknown + 1);
      };
    }
  }

  private enum Taken {
    APPLIED,
    KNOWN,
    UNKNOWN
  }

  /**
   * Takes in an export, line by line as {@link FactLine} writes it; of each certificate what was
   * said last.
   *
   * @throws IllegalArgumentException if a line is none; nothing is changed then
   */
  public Outcome facts(Stream<String> lines) {
    Map<Identity, CertificateStatus> last = new LinkedHashMap<>();
    lines
        .filter(line -> !line.isBlank())
        .map(FactLine::read)
        .forEach(fact -> last.put(new Identity(fact.authority(), fact.serial()), fact.status()));
    return take(last, "an export of revocation facts");
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
    return take(entries, "the list of " + authority.name() + " of " + published.thisUpdate());
  }

  private record Identity(AuthorityName authority, SerialNumber serial) {}

  private Outcome take(Map<Identity, CertificateStatus> statuses, String source) {
    var outcome = new Outcome(0, 0, 0);
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
