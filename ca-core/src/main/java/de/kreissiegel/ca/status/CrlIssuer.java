package de.kreissiegel.ca.status;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.ListRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the authorities' lists when they are due. Any number of nodes may call it; for each line
 * the database lets one at a time.
 *
 * <p>A list is written into the database with its number, then signed, then published. So numbers
 * have neither gaps nor repeats: after a crash whoever comes next has the very same octets signed
 * under the same id, which the vault answers from its journal if it signed them before. What the
 * vault refuses was not signed, and its number is free again. No list is ever held in memory.
 */
public final class CrlIssuer {
  private static final System.Logger LOG = System.getLogger(CrlIssuer.class.getName());
  private static final Actor SYSTEM = new Actor.Component("status");

  /** What the vault refused it will refuse again, and each refusal is an alarm. */
  private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMinutes(1);

  private final AuthorityCatalog catalog;
  private final Signer signer;
  private final Records records;
  private final SigningKeys keys;
  private final CrlPrinter printer;
  private final CrlWorkbook work = new CrlWorkbook();
  private final Set<CrlName> opened = new HashSet<>();
  private final Set<CrlName> toldMissing = new HashSet<>();
  private final Map<CrlName, Instant> refusedUntil = new HashMap<>();

  /**
   * Where the issuer reads and writes.
   *
   * @param transactions one of them writes a list, another one publishes it
   * @param crls where lists are
   * @param audit where it says so
   * @param spool a folder for what is too long to be held
   */
  public record Records(Transactions transactions, CrlBook crls, AuditTrail audit, Path spool) {}

  /**
   * @param addresses what stands in partitions' lists
   */
  public CrlIssuer(
      AuthorityCatalog catalog, StatusAddresses addresses, Signer signer, Records records) {
    this.catalog = catalog;
    this.signer = signer;
    this.records = records;
    this.keys = new SigningKeys(signer);
    this.printer = new CrlPrinter(records.crls(), addresses, records.spool());
  }

  /**
   * Makes the lists that are due. Meant to be called every second or two. Authorities whose list
   * came from a ceremony are left out. What can't be made now is logged, hinders no other list, and
   * is due again next time; the old list goes on being served.
   *
   * @return which are new now
   */
  public synchronized List<CrlName> refresh(Instant now) {
    openLines(now);
    List<CrlLine> lines = records.crls().lines();
    Set<AuthorityName> divided = new HashSet<>();
    lines.stream()
        .filter(line -> line.partition() > 0)
        .forEach(line -> divided.add(line.authority()));
    List<CrlName> renewed = new ArrayList<>();
    for (CrlLine line : lines) {
      Optional<Authority> authority =
          catalog.find(line.authority()).filter(one -> signsByItself(one, now));
      if (authority.isPresent() && isDue(authority.get(), line, now)) {
        boolean part = divided.contains(line.authority());
        attempt(authority.get(), line, part, now).ifPresent(renewed::add);
      }
    }
    return renewed;
  }

  /** How the making of lists goes on this node. */
  public List<CrlWork> work() {
    return work.all();
  }

  private boolean signsByItself(Authority authority, Instant now) {
    return catalog.ceremonyCrl(authority.name()).isEmpty()
        && now.isBefore(authority.notAfter())
        && (catalog.takenOver(authority.name()).isEmpty()
            || records.crls().isTakenOver(authority.name()));
  }

  /** A line that was once there stays: certificates point to it. */
  private void openLines(Instant now) {
    for (Authority authority : catalog.all()) {
      if (signsByItself(authority, now)) {
        int partitions = authority.lists().partitions();
        for (int i = partitions == 1 ? 0 : 1; i <= (partitions == 1 ? 0 : partitions); i++) {
          if (opened.add(CrlName.of(authority.name(), i))) {
            records.crls().open(authority.name(), i);
          }
        }
      }
    }
  }

  private boolean isDue(Authority authority, CrlLine line, Instant now) {
    if (line.missing().isPresent()) {
      giveWord(line);
      return false;
    }
    Instant again = refusedUntil.getOrDefault(line.name(false), Instant.MIN);
    return !now.isBefore(again)
        && (line.reserved() || CrlSchedule.of(authority.lists(), line, now).isPresent());
  }

  /** The list that would come next might lack what the missing one told of. */
  private void giveWord(CrlLine line) {
    if (toldMissing.add(line.name(false))) {
      work.failed(line.name(false));
      LOG.log(
          ERROR,
          "no new CRL of {0}: this database never had list {1}, which the vault has signed;"
              + " replay its revocations",
          line.name(false).label(),
          "" + line.missing().orElseThrow());
    }
  }

  private Optional<CrlName> attempt(Authority authority, CrlLine line, boolean part, Instant now) {
    CrlName name = line.name(false);
    long began = System.nanoTime();
    try {
      Optional<CrlHead> made = make(authority, line, part, now);
      made.ifPresent(list -> work.made(list.name(), Duration.ofNanos(System.nanoTime() - began)));
      return made.map(CrlHead::name);
    } catch (SigningUnavailable hindrance) {
      work.failed(name);
      LOG.log(WARNING, "no new CRL of {0} now: {1}", name.label(), hindrance.getMessage());
    } catch (SigningRefused refused) {
      work.failed(name);
      refusedUntil.put(name, now.plus(PAUSE_AFTER_REFUSAL));
      giveUp(line);
      LOG.log(ERROR, "no new CRL of " + name.label(), refused);
    } catch (IOException | RuntimeException fault) {
      work.failed(name);
      LOG.log(ERROR, "no new CRL of " + name.label(), fault);
    }
    return Optional.empty();
  }

  private Optional<CrlHead> make(Authority authority, CrlLine line, boolean part, Instant now)
      throws SigningUnavailable, SigningRefused, IOException {
    CrlPrinter.Order order =
        new CrlPrinter.Order(authority, keys.algorithmOf(authority), part, now);
    Optional<CrlPrinter.Printed> printed =
        transacted(t -> printer.print(t, order, line.partition()));
    if (printed.isEmpty()) {
      return Optional.empty();
    }
    try (Spool octets = printed.get().octets()) {
      return transacted(t -> publish(t, order, printed.get().draft(), octets));
    }
  }

  private Optional<CrlHead> publish(
      Transaction transaction, CrlPrinter.Order order, CrlDraft draft, Spool octets)
      throws SigningUnavailable, SigningRefused {
    CrlName name = draft.name();
    Optional<CrlLine> line = records.crls().lock(transaction, name.authority(), name.partition());
    Optional<CrlDraft> reserved =
        line.flatMap(locked -> records.crls().reserved(transaction, locked));
    if (reserved.filter(draft::equals).isEmpty()) {
      return Optional.empty(); // another node was quicker
    }
    Signed signed =
        signer.signList(new ListRequest(draft.request(), order.authority().key(), octets));
    CrlBook.Around around = CrlFrame.signed(draft.length(), order.algorithm(), signed.signature());
    CrlHead list = records.crls().publish(transaction, draft, around, signed.journalIndex());
    records
        .audit()
        .append(
            transaction,
            SYSTEM,
            "crl.issued",
            Optional.empty(),
            "crl:%s/%d".formatted(name.label(), draft.number()),
            "%d entries, next update %s%s"
                .formatted(
                    draft.entries(),
                    draft.nextUpdate(),
                    draft.base().map(base -> ", changes since " + base).orElse("")));
    LOG.log(
        INFO, "CRL {0} of {1}: {2} entries", "" + draft.number(), name.label(), draft.entries());
    return Optional.of(list);
  }

  /** What was refused was not signed. */
  private void giveUp(CrlLine line) {
    records
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            t -> {
              Optional<CrlLine> locked = records.crls().lock(t, line.authority(), line.partition());
              locked.ifPresent(mine -> records.crls().drop(t, mine));
              return locked.isPresent();
            });
  }

  /** What a transaction here may end with beside a result. */
  @FunctionalInterface
  private interface Work<T> {
    T in(Transaction transaction) throws SigningUnavailable, SigningRefused, IOException;
  }

  private <T> T transacted(Work<T> what) throws SigningUnavailable, SigningRefused, IOException {
    try {
      // The common name of the hindrances is Exception: the transaction carries one type.
      return records.transactions().<T, Exception>inTransaction(what::in);
    } catch (SigningUnavailable | SigningRefused | IOException | RuntimeException hindrance) {
      throw hindrance;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
