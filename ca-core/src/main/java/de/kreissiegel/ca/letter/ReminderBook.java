package de.kreissiegel.ca.letter;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.lifecycle.Occasion;
import de.kreissiegel.ca.registration.Predecessor;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What reminders are made of. */
public interface ReminderBook {
  /**
   * The next certificates that have come to a stage, by their ends; their stage is known to be
   * looked at when the transaction ends. Of several nodes one gets them.
   *
   * @param stage in days
   * @param from where the first look begins
   * @param horizon until which end they are at this stage
   * @param atMost how many, and those that end in the same moment
   * @return empty if another node is at it
   */
  Optional<List<Ending>> next(
      Transaction transaction, int stage, Instant from, Instant horizon, int atMost);

  /** Whether a certificate is good and its holder has done nothing about its end. */
  boolean isUnrenewed(AuthorityName authority, SerialNumber serial);

  /**
   * Whether a campaign goes on and still asks for a certificate to be followed.
   *
   * @param certificate which; empty where only whoever bears a pseudonym may know
   */
  boolean isAskedFor(UUID campaign, Optional<Predecessor> certificate, Instant now);

  /**
   * Occasions of which people who are at work were told before then, and for which they haven't
   * applied. Each is noted as told once more.
   */
  List<Unheeded> unheeded(Transaction transaction, Instant before, Instant now, int atMost);

  /**
   * An occasion to apply.
   *
   * @param name of whoever is to apply, as the directory has it
   * @param told how often they were told, now included
   */
  record Unheeded(Occasion occasion, String name, int told) {}

  /**
   * A certificate that ends.
   *
   * @param newest whether it is good, a tenant's, and its holder has no newer one of its kind
   * @param asked whether its successor was asked for
   */
  record Ending(StoredCertificate certificate, boolean newest, boolean asked) {}
}
