package de.kreissiegel.ca.pseudonym;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.Optional;

/** Tells officers who is behind a pseudonym, and notes each telling with its reason. */
public final class PseudonymDesk {
  private static final int LONGEST_REASON = 500;

  private final PseudonymBook book;
  private final SubjectDirectory directory;
  private final ReadLog reads;

  public PseudonymDesk(PseudonymBook book, SubjectDirectory directory, ReadLog reads) {
    this.book = book;
    this.directory = directory;
    this.reads = reads;
  }

  /**
   * Who is behind a pseudonym.
   *
   * @param pseudonym by which they have it
   * @param person their id in the directory
   * @param name their name there; empty if they are gone, or the directory doesn't answer
   */
  public record Unveiled(String pseudonym, SubjectId person, Optional<String> name) {}

  /** Whether the actor is entitled to hear who it is. */
  public boolean mayAsk(Actor actor, SubjectId holder) {
    return book.bearer(holder).filter(bearer -> entitled(actor, bearer)).isPresent();
  }

  /**
   * Who it is. The look is in the read log before anybody hears the answer.
   *
   * @param holder whom the certificate names
   * @param reason why they have to know, 1 to 500 characters
   * @throws Refused NOT_FOUND, also where it is not for this actor; REASON_MISSING
   */
  public Unveiled unveil(Actor actor, SubjectId holder, String reason) throws Refused {
    PseudonymBook.Bearer bearer =
        book.bearer(holder)
            .filter(one -> entitled(actor, one))
            .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such pseudonym"));
    String words = reason.strip().replaceAll("\\p{Cntrl}", " ");
    if (words.isEmpty() || words.length() > LONGEST_REASON) {
      throw new Refused(RefusalReason.REASON_MISSING, "a reason has 1 to 500 characters");
    }
    reads.viewed(actor, Optional.of(bearer.tenant()), holder.value(), "reason=" + words);
    return new Unveiled(bearer.name(), bearer.person(), name(bearer.person()));
  }

  private Optional<String> name(SubjectId person) {
    try {
      return directory.find(person).map(Subject::commonName);
    } catch (DirectoryUnavailable _) {
      return Optional.empty();
    }
  }

  /** Officers who decide on applications of that tenant; auditors and others never. */
  private static boolean entitled(Actor actor, PseudonymBook.Bearer bearer) {
    return AccessRules.allows(actor, Action.DECIDE, bearer.tenant());
  }
}
