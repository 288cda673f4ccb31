package de.kreissiegel.ca.hierarchy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Computes which key follows which, and when. A pure function of dates: an issuing authority stops
 * when what it issues would outlive it, and the next one exists the lead before that. A root gets a
 * successor when an authority is to be made that would outlive it, the lead before that.
 */
public final class RolloverPlanner {
  private static final int MOST_SPANS = 1000;

  private final Map<String, LinePlan> lines = new LinkedHashMap<>();
  private final Map<String, List<Span>> spans = new LinkedHashMap<>();
  private final Set<String> blocked = new LinkedHashSet<>();
  private final Duration lead;
  private final Instant now;

  private RolloverPlanner(Collection<LinePlan> plans, Duration lead, Instant now) {
    this.lead = lead;
    this.now = now;
    for (LinePlan plan : plans) {
      lines.put(plan.name(), plan);
      spans.put(plan.name(), existing(plan));
    }
  }

  /**
   * What comes.
   *
   * @param spans all generations, those that exist first, then in the order in which they are made
   * @param blocked lines that can't go on as they are: a new certificate would be too short for
   *     what it is to issue
   */
  public record Plan(List<Span> spans, Set<String> blocked) {
    public Plan {
      spans = List.copyOf(spans);
      blocked = Set.copyOf(blocked);
    }

    /** Those of one line, oldest first. */
    public List<Span> of(String line) {
      return spans.stream().filter(span -> span.line().equals(line)).toList();
    }
  }

  /**
   * Plans until a time.
   *
   * @param lead how long the next key exists before the old one stops issuing
   * @param until nothing that is due later is planned
   */
  public static Plan plan(Collection<LinePlan> lines, Duration lead, Instant now, Instant until) {
    return new RolloverPlanner(lines, lead, now).plan(until);
  }

  private Plan plan(Instant until) {
    for (int i = 0; i < MOST_SPANS; i++) {
      Optional<LinePlan> next =
          lines.values().stream()
              .filter(line -> !blocked.contains(line.name()) && !hasChildren(line))
              .min(Comparator.comparing(this::due));
      if (next.isEmpty() || due(next.get()).isAfter(until)) {
        break;
      }
      follow(next.get());
    }
    List<Span> all = spans.values().stream().flatMap(List::stream).toList();
    return new Plan(
        all.stream()
            .sorted(Comparator.comparing(Span::exists).reversed().thenComparing(Span::made))
            .toList(),
        blocked);
  }

  private List<Span> existing(LinePlan plan) {
    List<Span> there = new ArrayList<>();
    for (LinePlan.Existing one : plan.existing()) {
      Instant stops = plan.lastWhole(one.ends());
      if (one.stops().filter(stops::isAfter).isPresent()) {
        stops = one.stops().get();
      }
      there.add(
          new Span(
              plan.name(),
              there.size() + 1,
              true,
              one.made(),
              one.made(),
              one.issuesFrom(),
              stops,
              one.ends()));
    }
    return there;
  }

  private boolean hasChildren(LinePlan line) {
    return lines.values().stream()
        .anyMatch(one -> one.parent().filter(line.name()::equals).isPresent());
  }

  private Instant due(LinePlan line) {
    return newest(line.name()).stops().minus(lead);
  }

  private Span newest(String line) {
    return Objects.requireNonNull(spans.get(line)).getLast();
  }

  /** Makes the next generation of a line, and of its parent before, where that is too old. */
  private void follow(LinePlan line) {
    Instant due = due(line);
    Instant made = later(due, now);
    Optional<Instant> limit = Optional.empty();
    if (line.parent().isPresent() && lines.containsKey(line.parent().get())) {
      LinePlan parent = Objects.requireNonNull(lines.get(line.parent().get()));
      Instant wish = cut(made.plus(line.validity()), line.latestEnd());
      if (newest(parent.name()).ends().isBefore(wish)) {
        successor(parent, made.minus(lead), made);
      }
      limit = Optional.of(newest(parent.name()).ends());
    }
    add(line, due, made, later(newest(line.name()).stops(), made), limit);
  }

  /** A root's successor, which exists the lead before the authority that needs it is made. */
  private void successor(LinePlan parent, Instant due, Instant from) {
    if (!blocked.contains(parent.name())) {
      add(parent, due, later(due, now), from, Optional.empty());
    }
  }

  private void add(
      LinePlan line, Instant due, Instant made, Instant from, Optional<Instant> issuerEnd) {
    Instant ends = cut(cut(made.plus(line.validity()), line.latestEnd()), issuerEnd);
    List<Span> there = Objects.requireNonNull(spans.get(line.name()));
    Instant stops = line.lastWhole(ends);
    if (!stops.minus(lead).isAfter(from)) {
      blocked.add(line.name());
      return;
    }
    Span last = there.getLast();
    // A root goes on until its successor begins, even if what it would issue by then were short.
    if (hasChildren(line) || from.isBefore(last.stops())) {
      there.set(there.size() - 1, last.stopping(from));
    }
    there.add(new Span(line.name(), there.size() + 1, false, due, made, from, stops, ends));
  }

  private static Instant cut(Instant end, Optional<Instant> limit) {
    return limit.filter(end::isAfter).orElse(end);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
