package de.kreissiegel.ra.pages.campaigns;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.campaign.Campaign;
import de.kreissiegel.ca.campaign.Goal;
import de.kreissiegel.ca.campaign.Terms;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody said of a campaign, as the form has it.
 *
 * @param tenant its id; empty for all of the officer's
 * @param to the last day on which certificates end that are to be renewed, as {@code 2027-03-01}
 * @param due the campaign's day
 */
record CampaignForm(
    String title,
    String tenant,
    String profile,
    String authority,
    String keyKind,
    String to,
    String due,
    String perDay,
    String textDe,
    String textEn) {
  private static final int USUAL_PACE = 20;
  private static final int USUAL_WEEKS = 8;

  /** What the form begins with. */
  static CampaignForm empty(LocalDate today, String text) {
    return new CampaignForm(
        "",
        "",
        "",
        "",
        "",
        "",
        today.plusWeeks(USUAL_WEEKS).toString(),
        String.valueOf(USUAL_PACE),
        text,
        "");
  }

  /** What can be changed of a campaign. */
  static CampaignForm of(Campaign campaign) {
    Terms terms = campaign.terms();
    return new CampaignForm(
        terms.title(),
        "",
        "",
        "",
        "",
        "",
        terms.due().toString(),
        String.valueOf(terms.perDay()),
        terms.textDe(),
        terms.textEn());
  }

  /**
   * @param scope the tenants for which the officer makes campaigns
   * @throws Refused BAD_DATA_FORMAT if a choice was none of those offered
   */
  Goal goal(Set<TenantId> scope) throws Refused {
    try {
      return new Goal(
          given(tenant).map(TenantId::new).map(Set::of).orElse(scope),
          given(profile).map(ProfileName::new),
          given(authority).map(AuthorityName::new),
          given(keyKind),
          given(to).map(LocalDate::parse).map(CampaignForm::end));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, String.valueOf(e.getMessage()));
    }
  }

  /** What can't be read becomes what is refused as out of bounds. */
  Terms terms() {
    return new Terms(title, day(), pace(), textDe, textEn);
  }

  private LocalDate day() {
    try {
      return LocalDate.parse(due);
    } catch (DateTimeException _) {
      return LocalDate.EPOCH;
    }
  }

  private int pace() {
    try {
      return Integer.parseInt(perDay.strip());
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static Instant end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(Words.zone()).toInstant();
  }

  private static Optional<String> given(String value) {
    return Optional.of(value).filter(text -> !text.isEmpty());
  }
}
