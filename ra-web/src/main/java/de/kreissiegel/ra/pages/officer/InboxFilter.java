package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ra.pages.Choice;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What of the inbox somebody wants to see. What isn't set, or can't be read, leaves nothing out.
 *
 * @param kind a profile
 * @param tenant a tenant's id
 * @param days for how many days at least it has waited
 * @param who {@code mine}: what this officer could decide on now; {@code asked}: what waits for an
 *     answer; {@code late}: what nobody decided on in time
 */
record InboxFilter(
    @Nullable String kind, @Nullable String tenant, @Nullable String days, @Nullable String who) {
  boolean takes(InboxRow row) {
    return matches(kind, row.kind())
        && matches(tenant, row.tenant())
        && row.days() >= least()
        && takesState(row);
  }

  private boolean takesState(InboxRow row) {
    return switch (who == null ? "" : who) {
      case "mine" -> row.mine();
      case "asked" -> row.asked();
      case "late" -> row.passedOn();
      default -> true;
    };
  }

  /** Whether it leaves anything out. */
  public boolean isSet() {
    return isSet(kind) || isSet(tenant) || least() > 0 || isSet(who);
  }

  private long least() {
    return days != null && days.matches("\\d{1,3}") ? Long.parseLong(days) : 0;
  }

  private static boolean isSet(@Nullable String wanted) {
    return wanted != null && !wanted.isEmpty();
  }

  private static boolean matches(@Nullable String wanted, String value) {
    return wanted == null || wanted.isEmpty() || wanted.equals(value);
  }

  static List<Choice> kinds(List<InboxRow> rows) {
    return choices(rows, row -> new Choice(row.kind(), row.row().title()));
  }

  static List<Choice> tenants(List<InboxRow> rows) {
    return choices(rows, row -> new Choice(row.tenant(), row.row().tenant()));
  }

  private static List<Choice> choices(List<InboxRow> rows, Function<InboxRow, Choice> choice) {
    return rows.stream().map(choice).distinct().sorted().toList();
  }
}
