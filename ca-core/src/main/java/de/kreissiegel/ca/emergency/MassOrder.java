package de.kreissiegel.ca.emergency;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.settings.SettingsSheet;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.LocalDate;
import java.util.Locale;

/**
 * What two people consent to before a run begins. Its day is in it, so that a consent is no stock
 * for later. Made by {@link MassPath#order}.
 *
 * @param authority the generation
 * @param certificate SHA-256 of its certificate: a consent is for this key alone
 * @param kind why
 * @param reason why, one line
 * @param day of the consent, UTC
 */
public record MassOrder(
    AuthorityName authority, Bytes certificate, MassKind kind, String reason, LocalDate day) {
  private static final String HEAD = "kreissiegel mass run 1\n";

  /** The text that is signed; its first line says what it is, so that it means nothing else. */
  public SettingsSheet sheet() {
    return new SettingsSheet(
        HEAD
            + "authority %s %s\nkind %s\nday %s\nreason %s\n"
                .formatted(
                    authority,
                    certificate.toHex(),
                    kind.name().toLowerCase(Locale.ROOT),
                    day,
                    reason));
  }

  /** The same, consented to on the day before. */
  MassOrder ofTheDayBefore() {
    return new MassOrder(authority, certificate, kind, reason, day.minusDays(1));
  }
}
