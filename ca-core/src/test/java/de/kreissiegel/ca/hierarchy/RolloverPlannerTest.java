package de.kreissiegel.ca.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** When keys follow each other, computed from dates. */
class RolloverPlannerTest {
  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
  private static final Duration LEAD = days(30);

  @Test
  void anAuthorityStopsWhenWhatItIssuesWouldOutliveIt() {
    var plan = plan(root(years(6)), issuing(years(5), years(1)));
    assertThat(plan.of("people").getFirst().stops()).isEqualTo(NOW.plus(years(4)));
  }

  @Test
  void theNextKeyIsDueTheLeadBeforeThat() {
    var next = plan(root(years(6)), issuing(years(5), years(1))).of("people").get(1);
    assertThat(next.due()).isEqualTo(NOW.plus(years(4)).minus(LEAD));
    assertThat(next.issuesFrom()).isEqualTo(NOW.plus(years(4)));
    assertThat(next.exists()).isFalse();
  }

  @Test
  void aRootIsFollowedOnlyWhenAnAuthorityNeedsALongerOne() {
    var plan = plan(root(years(6)), issuing(years(5), years(1)));
    Span next = plan.of("root").get(1);
    assertThat(next.issuesFrom()).isEqualTo(plan.of("people").get(1).made());
    assertThat(next.due()).isEqualTo(next.issuesFrom().minus(LEAD));
  }

  @Test
  void aProfileThatEndsForGoodBeforeTheAuthorityDoesNotStopIt() {
    var line =
        new LinePlan(
            "people",
            Optional.empty(),
            years(5),
            List.of(
                new LinePlan.Promise(years(3), Optional.of(NOW.plus(years(4)))),
                new LinePlan.Promise(years(1), Optional.empty())),
            Optional.empty(),
            List.of(there(NOW, NOW.plus(years(5)))));
    assertThat(plan(line).of("people").getFirst().stops()).isEqualTo(NOW.plus(years(4)));
  }

  @Test
  void whatIsLateIsMadeNowAndSaysSo() {
    var line = issuing(NOW.minus(years(4)), years(5), years(1));
    Span next = plan(line).of("people").get(1);
    assertThat(next.isLate()).isTrue();
    assertThat(next.made()).isEqualTo(NOW);
    assertThat(next.issuesFrom()).isAfterOrEqualTo(NOW);
  }

  @Test
  void aLineThatIsTooShortForItsProfilesCanNotGoOn() {
    var plan = plan(issuing(years(1), years(1)));
    assertThat(plan.blocked()).containsExactly("people");
    assertThat(plan.of("people")).hasSize(1);
  }

  @Test
  void anAlgorithmsEndCutsAndThenBlocks() {
    var line =
        new LinePlan(
            "people",
            Optional.empty(),
            years(5),
            List.of(new LinePlan.Promise(years(1), Optional.empty())),
            Optional.of(Instant.parse("2035-12-31T23:59:59Z")),
            List.of(there(NOW, NOW.plus(years(5)))));
    var plan = RolloverPlanner.plan(List.of(line), LEAD, NOW, NOW.plus(years(20)));
    assertThat(plan.of("people").getLast().ends()).isBefore(Instant.parse("2036-01-01T00:00:00Z"));
    assertThat(plan.blocked()).containsExactly("people");
  }

  @RepeatedTest(200)
  void nothingOutlivesItsIssuerAndTheNextKeyIsThereInTime() {
    long seed = System.nanoTime();
    var draw = new Random(seed);
    Duration lead = days(3 + draw.nextInt(90));
    List<LinePlan> lines = drawn(draw, lead);
    var plan = RolloverPlanner.plan(lines, lead, NOW, NOW.plus(years(15)));
    for (LinePlan line : lines) {
      check(line, plan, lead, "seed " + seed + " " + line);
    }
    assertThat(plan.spans().stream().filter(span -> !span.exists()))
        .as("seed %d: something is planned", seed)
        .isNotEmpty();
  }

  private static void check(LinePlan line, RolloverPlanner.Plan plan, Duration lead, String as) {
    List<Span> spans = plan.of(line.name());
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      if (line.parent().isPresent()) {
        assertThat(issuer(plan, line.parent().get(), span)).as(as).isAfterOrEqualTo(span.ends());
        for (LinePlan.Promise promise : line.promises()) {
          assertThat(span.stops().plus(promise.validity())).as(as).isBeforeOrEqualTo(span.ends());
        }
      }
      if (i > 0 && !span.isLate()) {
        Span before = spans.get(i - 1);
        assertThat(span.made()).as(as).isBeforeOrEqualTo(before.stops().minus(lead));
        assertThat(Duration.between(span.made(), before.stops())).as(as).isGreaterThan(days(2));
        assertThat(span.issuesFrom()).as(as).isEqualTo(before.stops());
        assertThat(before.stops()).as(as).isBefore(before.ends());
      }
    }
  }

  /** The end of the newest root that existed when the span was made. */
  private static Instant issuer(RolloverPlanner.Plan plan, String root, Span span) {
    return plan.of(root).stream()
        .filter(one -> !one.made().isAfter(span.made()))
        .filter(one -> !one.issuesFrom().isAfter(span.made()))
        .toList()
        .getLast()
        .ends();
  }

  /** A root and up to four authorities, each validity long enough for what is under it. */
  private static List<LinePlan> drawn(Random draw, Duration lead) {
    List<LinePlan> lines = new ArrayList<>();
    Duration longest = Duration.ZERO;
    for (int i = 0; i <= draw.nextInt(4); i++) {
      Duration promise = days(30 + draw.nextInt(1065));
      Duration validity = promise.plus(lead.multipliedBy(2)).plus(days(30 + draw.nextInt(700)));
      longest = validity.compareTo(longest) > 0 ? validity : longest;
      lines.add(
          new LinePlan(
              "issuing-" + i,
              Optional.of("root"),
              validity,
              List.of(new LinePlan.Promise(promise, Optional.empty())),
              Optional.empty(),
              List.of(there(NOW, NOW.plus(validity)))));
    }
    Duration root = longest.plus(lead.multipliedBy(2)).plus(days(1 + draw.nextInt(700)));
    List<LinePlan.Promise> promises =
        lines.stream()
            .map(line -> new LinePlan.Promise(line.validity(), Optional.empty()))
            .toList();
    lines.add(
        new LinePlan(
            "root",
            Optional.empty(),
            root,
            promises,
            Optional.empty(),
            List.of(there(NOW, NOW.plus(root)))));
    return lines;
  }

  private static RolloverPlanner.Plan plan(LinePlan... lines) {
    return RolloverPlanner.plan(List.of(lines), LEAD, NOW, NOW.plus(years(8)));
  }

  private static LinePlan root(Duration validity) {
    return new LinePlan(
        "root",
        Optional.empty(),
        validity,
        List.of(new LinePlan.Promise(years(5), Optional.empty())),
        Optional.empty(),
        List.of(there(NOW, NOW.plus(validity))));
  }

  private static LinePlan issuing(Duration validity, Duration promise) {
    return issuing(NOW, validity, promise);
  }

  private static LinePlan issuing(Instant made, Duration validity, Duration promise) {
    return new LinePlan(
        "people",
        Optional.of("root"),
        validity,
        List.of(new LinePlan.Promise(promise, Optional.empty())),
        Optional.empty(),
        List.of(there(made, made.plus(validity))));
  }

  private static LinePlan.Existing there(Instant made, Instant ends) {
    return new LinePlan.Existing(made, made, Optional.empty(), ends);
  }

  private static Duration years(int number) {
    return days(number * 365);
  }

  private static Duration days(long number) {
    return Duration.ofDays(number);
  }
}
