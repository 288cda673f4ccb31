package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the vault's journal from where the authority last stood and takes in every certificate that
 * was signed and not stored. So nothing has to be written before the key is touched, and no
 * certificate is ever signed and unknown.
 */
public final class JournalRecovery {
  private static final System.Logger LOG = System.getLogger(JournalRecovery.class.getName());
  private static final int BATCH = 500;

  private final Signer signer;
  private final AuthorityCatalog authorities;
  private final JournalPosition position;
  private final CertificateIntake intake;
  private final Transactions transactions;
  private final Clock clock;

  private boolean caughtUp;
  private volatile @Nullable JournalMismatch mismatch;

  public JournalRecovery(
      Signer signer,
      AuthorityCatalog authorities,
      JournalPosition position,
      CertificateIntake intake,
      Transactions transactions,
      Clock clock) {
    this.signer = signer;
    this.authorities = authorities;
    this.position = position;
    this.intake = intake;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Takes in what the journal has and the database lacks. Cheap where nothing is new.
   *
   * @return how many certificates were taken in
   * @throws SigningUnavailable if the vault can't be asked
   * @throws JournalMismatch if the journal is not the one that was read before; from then on every
   *     call throws it
   */
  public synchronized int catchUp() throws SigningUnavailable {
    if (mismatch != null) {
      throw mismatch;
    }
    int taken = 0;
    while (true) {
      JournalPosition.Mark from = position.current();
      List<JournalRecord> news = newsAfter(from);
      if (news.isEmpty()) {
        caughtUp = true;
        return taken;
      }
      taken += takeIn(from, news);
    }
  }

  /** The same, if something may have been missed: at first, and after each {@link #doubt}. */
  synchronized void ensureCaughtUp() throws SigningUnavailable {
    if (mismatch != null || !caughtUp) {
      catchUp();
    }
  }

  /** A signature may exist of which we don't know: nothing new before the journal was read. */
  synchronized void doubt() {
    caughtUp = false;
  }

  /** What is wrong with the journal, for the health; empty if nothing is. Never waits. */
  public Optional<String> fault() {
    return Optional.ofNullable(mismatch).map(JournalMismatch::getMessage);
  }

  private List<JournalRecord> newsAfter(JournalPosition.Mark mark) throws SigningUnavailable {
    boolean first = mark.nextIndex() == 0;
    List<JournalRecord> read = signer.journal(first ? 0 : mark.nextIndex() - 1, BATCH);
    if (!first) {
      // The entry before is read again: its hash covers all that went before it.
      Bytes remembered = mark.lastHash().orElseThrow();
      if (read.isEmpty()) {
        throw stop("the journal ends before entry " + (mark.nextIndex() - 1) + ", read before");
      }
      if (!read.getFirst().entryHash().equals(remembered)) {
        throw stop("entry " + (mark.nextIndex() - 1) + " is another than was read before");
      }
    }
    List<JournalRecord> news = first ? read : read.subList(1, read.size());
    for (int i = 0; i < news.size(); i++) {
      if (news.get(i).index() != mark.nextIndex() + i) {
        throw stop("entry " + (mark.nextIndex() + i) + " is missing");
      }
    }
    return news;
  }

  private int takeIn(JournalPosition.Mark from, List<JournalRecord> news) {
    JournalRecord last = news.getLast();
    var to = new JournalPosition.Mark(last.index() + 1, Optional.of(last.entryHash()));
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return transactions.<Integer, RuntimeException>inTransaction(
        transaction -> {
          int taken = 0;
          if (position.advance(transaction, from, to)) {
            for (JournalRecord entry : news) {
              if (isAlarm(entry)) {
                intake.noteRefusal(transaction, entry);
              }
              Optional<SignedCertificate> certificate = certificateOf(entry);
              if (certificate.isPresent() && !intake.isStored(certificate.get())) {
                LOG.log(Level.WARNING, "taking in {0} from the journal", entry.requestId());
                intake.take(transaction, certificate.get(), "recovered", now);
                taken++;
              }
            }
          }
          return taken;
        });
  }

  /**
   * Whether the vault has said no. That it refused the head of an audit chain is no event: it would
   * make the chain grow, and so for ever.
   */
  private static boolean isAlarm(JournalRecord entry) {
    return entry.happening() == Happening.REFUSED
        && entry.structure() != SignedStructure.AUDIT_HEAD;
  }

  /** A certificate of an issuing authority; what a root signed is the ceremony's and known. */
  private Optional<SignedCertificate> certificateOf(JournalRecord entry) {
    if (entry.structure() != SignedStructure.CERTIFICATE || entry.happening() != Happening.SIGNED) {
      return Optional.empty();
    }
    for (Authority authority : authorities.all()) {
      if (authority.key().equals(entry.key()) && !authority.isRoot()) {
        return Optional.of(
            new SignedCertificate(
                new RequestId(entry.requestId()),
                authority,
                entry.toBeSigned().orElseThrow(),
                entry.signature(),
                entry.index(),
                entry.entryHash()));
      }
    }
    return Optional.empty();
  }

  private JournalMismatch stop(String what) {
    var found = new JournalMismatch("the vault's journal does not fit: " + what);
    mismatch = found;
    LOG.log(Level.ERROR, "{0}; nothing is issued any more", found.getMessage());
    return found;
  }
}
