package de.kreissiegel.ca.campaign;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What would become of a campaign if it began now.
 *
 * @param parts how many certificates, by tenant and kind
 * @param tooMany whether there are more than a campaign takes; {@code parts} counts the first then
 * @param addressees to whom could be written
 * @param load how many first letters go out on which day
 * @param needed how many a day it would take that the last one goes out by the campaign's day; 0 if
 *     no day of work is left
 * @param warnings what stands against it
 */
public record Preview(
    List<Part> parts,
    boolean tooMany,
    Addressees addressees,
    SortedMap<LocalDate, Integer> load,
    int needed,
    List<Warning> warnings) {
  public Preview {
    parts = List.copyOf(parts);
    warnings = List.copyOf(warnings);
  }

  /**
   * Certificates that are alike.
   *
   * @param count how many
   * @param done how many of them have a successor that has reached the goal
   * @param machine how many of the others machines ask for
   */
  public record Part(TenantId tenant, ProfileName profile, int count, int done, int machine) {}

  /**
   * To whom could be written.
   *
   * @param looked how many holders were looked up in the directory
   * @param of of how many
   * @param nobody how many of those that were looked up have nobody who could be written to
   * @param unavailable whether the directory couldn't be asked
   */
  public record Addressees(int looked, int of, int nobody, boolean unavailable) {
    /** Whether all were looked up. */
    public boolean isComplete() {
      return looked == of;
    }
  }

  /** What stands against a campaign, or against its pace. */
  public enum Warning {
    /** There is nothing to do. */
    NOTHING(true),
    /** There are too many certificates for one campaign. */
    TOO_MANY(true),
    /** What would be issued now is what the goal is about. */
    HOPELESS(true),
    /** This house sends no letters. */
    NO_MAIL(true),
    /** The campaign's day has passed. */
    DAY_PASSED(true),
    /** The last letter goes out when the day has passed. */
    TOO_SLOW(false),
    /** The last letter goes out in the last week before. */
    TIGHT(false);

    private final boolean prevents;

    Warning(boolean prevents) {
      this.prevents = prevents;
    }

    /** Whether it can't begin. */
    public boolean prevents() {
      return prevents;
    }
  }

  /** When the last first letter goes out; empty if there is none. */
  public Optional<LocalDate> lastDay() {
    return load.isEmpty() ? Optional.empty() : Optional.of(load.lastKey());
  }

  /** Whether it may begin. */
  public boolean mayBegin() {
    return warnings.stream().noneMatch(Warning::prevents);
  }

  /** How many certificates. */
  public int total() {
    return parts.stream().mapToInt(Part::count).sum();
  }

  /** How many of them have a successor already. */
  public int done() {
    return parts.stream().mapToInt(Part::done).sum();
  }

  /** How many of the others machines ask for. */
  public int machine() {
    return parts.stream().mapToInt(Part::machine).sum();
  }
}
