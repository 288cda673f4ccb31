package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.status.CrlNumbers;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the vault's journal from where the authority last stood and takes in every certificate that
 * was signed and not stored. So nothing has to be written before the key is touched, and no
 * certificate is ever signed and unknown. Where several vaults serve, each has its own journal and
 * its own place in it.
 */
public final class JournalRecovery {
  private final List<MemberJournal> journals;

  /**
   * @param signer the vault, or the group of vaults
   * @param positions where the authority stands in the journal of the vault of that name
   * @param lists who has to know of the numbers of lists
   */
  public JournalRecovery(
      Signer signer,
      AuthorityCatalog authorities,
      Function<String, JournalPosition> positions,
      CertificateIntake intake,
      CrlNumbers lists,
      Transactions transactions,
      Clock clock) {
    this.journals =
        signer.members().stream()
            .map(
                member ->
                    new MemberJournal(
                        member,
                        authorities,
                        positions.apply(member.name()),
                        intake,
                        lists,
                        transactions,
                        clock))
            .toList();
  }

  /**
   * Takes in what the journals have and the database lacks. Cheap where nothing is new.
   *
   * @return how many certificates were taken in
   * @throws SigningUnavailable if a vault can't be asked; the others' journals were read
   * @throws JournalMismatch if a journal is not the one that was read before; from then on every
   *     call throws it
   */
  public synchronized int catchUp() throws SigningUnavailable {
    int taken = 0;
    Optional<SigningUnavailable> unread = Optional.empty();
    for (MemberJournal journal : journals) {
      try {
        taken += journal.catchUp();
      } catch (SigningUnavailable out) {
        unread = Optional.of(out);
      }
    }
    if (unread.isPresent()) {
      throw unread.get();
    }
    return taken;
  }

  /**
   * The same, where it is enough to have read the journals of the vaults that answer.
   *
   * @throws SigningUnavailable if none of them does
   */
  public synchronized int catchUpWithThoseThere() throws SigningUnavailable {
    int taken = 0;
    int unread = 0;
    for (MemberJournal journal : journals) {
      try {
        taken += journal.catchUp();
      } catch (SigningUnavailable out) {
        if (++unread == journals.size()) {
          throw out;
        }
      }
    }
    return taken;
  }

  /**
   * For a request that surely nobody ever put to a vault: catches up where something may have been
   * missed, at first and after each {@link #doubt}, with the vaults that answer.
   *
   * @return whether a journal was read
   */
  synchronized boolean catchUpForNew() throws SigningUnavailable {
    boolean read = false;
    for (MemberJournal journal : journals) {
      if (journal.isDue()) {
        try {
          journal.catchUp();
          read = true;
        } catch (SigningUnavailable out) {
          if (journals.size() == 1) {
            throw out;
          }
        }
      }
    }
    return read;
  }

  /** Whether nothing is known to be missing. */
  synchronized boolean isCaughtUp() {
    return journals.stream().allMatch(MemberJournal::isCaughtUp);
  }

  /** A signature may exist of which we don't know: nothing new before the journals were read. */
  synchronized void doubt() {
    journals.forEach(MemberJournal::doubt);
  }

  /** What is wrong with a journal, for the health; empty if nothing is. Never waits. */
  public Optional<String> fault() {
    return journals.stream().flatMap(journal -> journal.fault().stream()).findFirst();
  }
}
