package de.kreissiegel.ra.pages.campaigns;

import de.kreissiegel.ca.campaign.Campaign;
import de.kreissiegel.ca.campaign.Campaign.State;
import de.kreissiegel.ca.campaign.Goal;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A campaign as pages show it.
 *
 * @param goal what is to be renewed, in words
 * @param due its day, in words
 * @param overdue whether that has passed with some left
 * @param mayMove whether the visitor says what becomes of it
 */
record CampaignRow(
    String id,
    String title,
    List<Line> goal,
    String due,
    int perDay,
    String textDe,
    String textEn,
    String maker,
    Instant madeAt,
    Optional<Instant> startedAt,
    Optional<Instant> lookedAt,
    Mark mark,
    String state,
    boolean overdue,
    boolean mayMove) {
  /**
   * A line of what is to be renewed.
   *
   * @param key the words for what it says, in {@code messages.properties}
   */
  record Line(String key, String value) {}

  static CampaignRow of(Campaign campaign, boolean mayMove, Words words) {
    boolean overdue = !campaign.state().isOver() && campaign.dates().overdue().isPresent();
    return new CampaignRow(
        campaign.id().toString(),
        campaign.terms().title(),
        lines(campaign.goal(), words),
        day(campaign.terms().due()),
        campaign.terms().perDay(),
        campaign.terms().textDe(),
        campaign.terms().textEn(),
        campaign.makerName(),
        campaign.madeAt(),
        campaign.dates().started(),
        campaign.dates().looked(),
        new Mark(tone(campaign.state(), overdue), "campaigns.state." + campaign.state()),
        campaign.state().name(),
        overdue,
        mayMove);
  }

  /** As {@code 1. März 2027}. */
  static String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
        .withLocale(Words.language())
        .format(day);
  }

  private static List<Line> lines(Goal goal, Words words) {
    return Stream.of(
            Optional.of(
                new Line(
                    "subject.tenant",
                    words.joined(goal.tenants().stream().map(words::tenant).sorted().toList()))),
            goal.profile().map(it -> new Line("certificate.kind", words.profile(it))),
            goal.authority().map(it -> new Line("campaigns.authority", it.value())),
            goal.keyKind().map(it -> new Line("campaigns.key-kind", it)),
            goal.endsBefore()
                .map(it -> new Line("campaigns.to", words.date(it.minus(Duration.ofSeconds(1))))))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Tone tone(State state, boolean overdue) {
    return switch (state) {
      case DRAFT, ENDED -> Tone.INFO;
      case RUNNING -> overdue ? Tone.DANGER : Tone.INFO;
      case PAUSED -> Tone.WARNING;
      case DONE -> Tone.SUCCESS;
    };
  }

  /** Whether it can still be changed. */
  public boolean isOpen() {
    return !state.equals("ENDED") && !state.equals("DONE");
  }
}
