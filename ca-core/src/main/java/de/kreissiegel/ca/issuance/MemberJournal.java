package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.status.CrlNumbers;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.NamedSigner;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One vault's journal, read from where the authority last stood in it. For one thread at a time.
 */
final class MemberJournal {
  private static final System.Logger LOG = System.getLogger(MemberJournal.class.getName());
  private static final int BATCH = 500;

  /** How long one that can't be read is left alone by those who don't have to know. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final NamedSigner member;
  private final AuthorityCatalog authorities;
  private final JournalPosition position;
  private final CertificateIntake intake;
  private final CrlNumbers lists;
  private final Transactions transactions;
  private final Clock clock;

  private boolean caughtUp;
  private long told;
  private Instant leftAloneUntil = Instant.MIN;
  private volatile @Nullable JournalMismatch mismatch;

  MemberJournal(
      NamedSigner member,
      AuthorityCatalog authorities,
      JournalPosition position,
      CertificateIntake intake,
      CrlNumbers lists,
      Transactions transactions,
      Clock clock) {
    this.member = member;
    this.authorities = authorities;
    this.position = position;
    this.intake = intake;
    this.lists = lists;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Takes in what the journal has and the database lacks.
   *
   * @return how many certificates were taken in
   */
  int catchUp() throws SigningUnavailable {
    if (mismatch != null) {
      throw mismatch;
    }
    int taken = 0;
    try {
      while (true) {
        JournalPosition.Mark from = position.current();
        List<JournalRecord> news = newsAfter(from);
        if (news.isEmpty()) {
          caughtUp = true;
          tell(from);
          return taken;
        }
        taken += takeIn(from, news);
      }
    } catch (SigningUnavailable unavailable) {
      leftAloneUntil = clock.instant().plus(PAUSE);
      throw unavailable;
    }
  }

  /** Whether it is worth asking: something may have been missed, and it isn't known to be out. */
  boolean isDue() {
    return mismatch != null || !caughtUp && !clock.instant().isBefore(leftAloneUntil);
  }

  boolean isCaughtUp() {
    return caughtUp;
  }

  /** A signature may exist of which we don't know. */
  void doubt() {
    caughtUp = false;
    leftAloneUntil = Instant.MIN;
  }

  /** What is wrong with it; empty if nothing is. Never waits. */
  Optional<String> fault() {
    return Optional.ofNullable(mismatch).map(JournalMismatch::getMessage);
  }

  /** What the vault knows to be taken in may be erased there once its time is over. */
  private void tell(JournalPosition.Mark mark) {
    if (mark.nextIndex() == told || mark.lastHash().isEmpty()) {
      return;
    }
    try {
      member.signer().takenIn(mark.nextIndex(), mark.lastHash().get());
      told = mark.nextIndex();
    } catch (SigningUnavailable notNow) {
      LOG.log(Level.DEBUG, "the vault {0} was not told how far it was read", member.name());
    }
  }

  private List<JournalRecord> newsAfter(JournalPosition.Mark mark) throws SigningUnavailable {
    boolean first = mark.nextIndex() == 0;
    List<JournalRecord> read = member.signer().journal(first ? 0 : mark.nextIndex() - 1, BATCH);
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
              lists.seen(transaction, entry);
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
    if (entry.toBeSigned().isEmpty()) {
      // Erased there, which is done only with what was taken in: we know less than we once did.
      LOG.log(
          Level.WARNING,
          "entry {0} of the vault {1} was erased and can''t be taken in",
          entry.index(),
          member.name());
      return Optional.empty();
    }
    for (Authority authority : authorities.all()) {
      if (authority.key().equals(entry.key()) && !authority.isOffline()) {
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
    var found =
        new JournalMismatch(
            "the journal of the vault '" + member.name() + "' does not fit: " + what);
    mismatch = found;
    LOG.log(Level.ERROR, "{0}; nothing is issued any more", found.getMessage());
    return found;
  }
}
