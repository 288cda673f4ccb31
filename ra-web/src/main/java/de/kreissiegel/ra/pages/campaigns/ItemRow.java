package de.kreissiegel.ra.pages.campaigns;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.campaign.CampaignItem;
import de.kreissiegel.ca.campaign.Standing;
import de.kreissiegel.ra.pages.DistinguishedNames;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Words;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate of a campaign as pages show it.
 *
 * @param address of its page; empty where the visitor may not see it
 * @param certificate as {@code people/1a2b}
 * @param troubled whether a letter didn't arrive
 */
record ItemRow(
    String name,
    String address,
    String certificate,
    String tenant,
    String kind,
    Instant until,
    Mark mark,
    Optional<Instant> written,
    int reminders,
    boolean troubled) {
  static ItemRow of(CampaignItem item, Actor.Person person, Words words) {
    String certificate = item.authority() + "/" + item.serial();
    String name = DistinguishedNames.commonName(item.name());
    return new ItemRow(
        name.isEmpty() ? certificate : name,
        AccessRules.allows(person, Action.VIEW_CERTIFICATES, item.tenant())
            ? "/certificates/" + certificate
            : "",
        certificate,
        words.tenant(item.tenant()),
        words.profile(item.profile()),
        item.until(),
        mark(item.standing()),
        item.letters().first(),
        item.letters().reminders(),
        item.letters().troubled());
  }

  static Mark mark(Standing standing) {
    return new Mark(tone(standing), "campaigns.standing." + standing);
  }

  private static Tone tone(Standing standing) {
    return switch (standing) {
      case RENEWED -> Tone.SUCCESS;
      case REVOKED, EXPIRED, APPLIED, WAITING, WRITTEN -> Tone.INFO;
      case ON_HOLD, MACHINE, REMINDED -> Tone.WARNING;
      case UNREACHABLE -> Tone.DANGER;
    };
  }
}
