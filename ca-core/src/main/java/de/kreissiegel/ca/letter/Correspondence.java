package de.kreissiegel.ca.letter;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.grant.GrantBook;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.recovery.RecoveryBook;
import de.kreissiegel.ca.registration.Predecessor;
import de.kreissiegel.ca.registration.RequestBook;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.SerialNumber;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** All that is done by itself so that people hear what they have to. */
public final class Correspondence {
  private static final int FORGOTTEN_AT_ONCE = 5000;
  private static final Actor SYSTEM = new Actor.Component("mail");

  private final Records records;
  private final LetterSettings settings;
  private final Clock clock;
  private final Addressing addressing;
  private final Postman postman;
  private final ReminderRounds rounds;

  /**
   * What letters are made of, and where they are kept.
   *
   * @param letters the queue
   * @param reminders what ends
   * @param audit who is told of letters that don't arrive
   */
  public record Records(
      Transactions transactions,
      LetterBook letters,
      ReminderBook reminders,
      GrantBook grants,
      RecoveryBook recoveries,
      RequestBook requests,
      CertificateBook certificates,
      AuditTrail audit) {}

  public Correspondence(
      Records records,
      SubjectDirectory directory,
      ProfileCatalog profiles,
      LetterSettings settings,
      Courier courier,
      Clock clock,
      SecureRandom random) {
    this.records = records;
    this.settings = settings;
    this.clock = clock;
    this.addressing =
        new Addressing(
            records.letters(),
            new Stories(
                records.grants(), records.recoveries(), records.requests(), records.certificates()),
            new Addressees(records.letters(), directory, profiles, settings.operator(), clock),
            clock,
            random);
    this.postman =
        new Postman(
            records.letters(),
            courier,
            this::isMoot,
            records.transactions(),
            records.audit(),
            settings.giveUpAfter(),
            clock);
    this.rounds =
        new ReminderRounds(
            records.reminders(),
            records.letters(),
            records.transactions(),
            profiles,
            settings,
            clock);
  }

  /** From now on there is somebody who sends letters. */
  public void open() {
    records.letters().open(true);
  }

  /** Makes letters of what has happened. To be called every second or so. */
  public void address() {
    addressing.work();
  }

  /** Sends what waits. To be called every second or so. */
  public void send() {
    postman.work();
  }

  /** Looks what ends soon. To be called every some minutes. */
  public void look() {
    rounds.look();
  }

  /** Deletes letters that have been kept for long enough. */
  public void forget() {
    while (records.letters().forget(clock.instant().minus(settings.keep()), FORGOTTEN_AT_ONCE)
        == FORGOTTEN_AT_ONCE) {
      // As long as there are more.
    }
  }

  /**
   * A letter came back for good.
   *
   * @param token the letter's
   * @param error what the other server said
   * @return whether there is such a letter, and this wasn't known
   */
  public boolean bounced(String token, String error) {
    return records
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              Optional<Letter> letter =
                  records.letters().bounced(transaction, token, clock.instant(), error);
              letter.ifPresent(
                  it ->
                      records
                          .audit()
                          .append(
                              transaction,
                              SYSTEM,
                              "letter.bounced",
                              it.tenant(),
                              it.about(),
                              Postman.detail(it, error)));
              return letter.isPresent();
            });
  }

  /** Somebody may have renewed it while the letter waited, or ended the campaign. */
  private boolean isMoot(Letter letter) {
    String name = letter.said().get("certificate");
    String campaign = letter.said().get("campaign");
    if (campaign != null && letter.kind().isToHolder()) {
      return !records
          .reminders()
          .isAskedFor(
              UUID.fromString(campaign),
              Optional.ofNullable(name).map(Correspondence::certificate),
              clock.instant());
    }
    if (name == null
        || letter.kind() != LetterKind.REMINDER && letter.kind() != LetterKind.UNRENEWED) {
      return false;
    }
    Predecessor certificate = certificate(name);
    return !records.reminders().isUnrenewed(certificate.authority(), certificate.serial());
  }

  private static Predecessor certificate(String name) {
    int slash = name.indexOf('/');
    return new Predecessor(
        new AuthorityName(name.substring(0, slash)),
        SerialNumber.fromHex(name.substring(slash + 1)));
  }
}
