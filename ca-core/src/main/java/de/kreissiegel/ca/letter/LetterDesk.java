package de.kreissiegel.ca.letter;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells those who look after people which mails they were sent, and sends them again. */
public final class LetterDesk {
  private static final int NEWEST = 50;
  private static final Set<LetterKind> TO_HOLDERS =
      Arrays.stream(LetterKind.values())
          .filter(LetterKind::isToHolder)
          .collect(Collectors.toUnmodifiableSet());
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final String AGAIN = "/again/";

  private final Records records;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * Where letters are, and who sent them again.
   *
   * @param transactions opens what is written
   */
  public record Records(LetterBook letters, Transactions transactions, AuditTrail audit) {}

  /**
   * @param random for the tokens of letters
   */
  public LetterDesk(Records records, Clock clock, SecureRandom random) {
    this.records = records;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What was given up or came back of letters about these things; nothing for who may not see the
   * tenant's certificates.
   *
   * @param about as the audit trail names them
   */
  public List<LetterBook.Entry> troubles(Actor actor, TenantId tenant, Stream<String> about) {
    return AccessRules.allows(actor, Action.VIEW_CERTIFICATES, tenant)
        ? about.flatMap(one -> records.letters().troublesAbout(one).stream()).toList()
        : List.of();
  }

  /** Whether letters are sent at all. */
  public boolean sends() {
    return records.letters().standing().sending();
  }

  /**
   * Letters to somebody as a holder or an applicant, of tenants for which the actor helps; newest
   * first. What was written to who bears a pseudonym is left out.
   */
  public List<LetterBook.Sent> toHolder(Actor actor, SubjectId person) {
    Set<TenantId> tenants = AccessRules.scope(actor, Action.HELP);
    return records.letters().to(person, tenants, TO_HOLDERS, NEWEST);
  }

  /**
   * Sends a person a letter again, to the address that they have now.
   *
   * @param id the letter's number, one of {@link #toHolder}
   * @throws Refused NOT_FOUND; SUBJECT_INCOMPLETE (they have no address); WRONG_STATE (letters
   *     aren't sent, this one still waits, or it was sent again within ten minutes)
   */
  public Letter sendAgain(Actor actor, Subject person, long id) throws Refused {
    LetterBook.Sent sent =
        toHolder(actor, person.id()).stream()
            .filter(one -> one.id() == id)
            .findFirst()
            .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such letter"));
    if (!sends() || sent.state() == LetterBook.State.WAITING) {
      throw new Refused(RefusalReason.WRONG_STATE, "the letter waits to be sent");
    }
    String address =
        person
            .mail()
            .orElseThrow(
                () -> new Refused(RefusalReason.SUBJECT_INCOMPLETE, "there is no mail address"));
    Letter copy = copy(sent.letter(), address, clock.instant());
    return records
        .transactions()
        .<Letter, Refused>inTransaction(
            transaction -> {
              if (!records.letters().write(transaction, copy)) {
                throw new Refused(RefusalReason.WRONG_STATE, "it was sent again just now");
              }
              records
                  .audit()
                  .append(
                      transaction,
                      actor,
                      "letter.sent-again",
                      copy.tenant(),
                      copy.about(),
                      "kind=%s to=person:%s".formatted(copy.kind().templateName(), person.id()));
              return copy;
            });
  }

  /** Its key names the span of time in which there is one of it. */
  private Letter copy(Letter letter, String address, Instant now) {
    int before = letter.key().indexOf(AGAIN);
    String first = before < 0 ? letter.key() : letter.key().substring(0, before);
    return new Letter(
        first + AGAIN + now.getEpochSecond() / PAUSE.toSeconds(),
        letter.kind(),
        letter.tenant(),
        letter.about(),
        letter.recipient(),
        address,
        letter.said(),
        Letter.token(random),
        now);
  }
}
