package de.kreissiegel.ra.pages.bulk;

import de.kreissiegel.ca.bulk.BulkRow;
import de.kreissiegel.ca.refusal.Refusal;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Words;

/**
 * A row of a list as the page and the report show it.
 *
 * @param who as it was written
 * @param name what the directory calls them; may be empty
 * @param tenant in words; may be empty
 * @param why it isn't done; may be empty
 * @param detail the same to the point, in English
 * @param request the application; may be empty
 */
record RowLine(
    int number,
    String who,
    String name,
    String tenant,
    Mark mark,
    String why,
    String detail,
    String request) {
  static RowLine of(BulkRow row, Words words) {
    return new RowLine(
        row.number(),
        row.who(),
        row.name(),
        // Before it is checked it is what somebody wrote, and may be anything.
        row.subject().isEmpty()
            ? row.tenant().orElse("")
            : row.tenant().map(TenantId::new).map(words::tenant).orElse(""),
        new Mark(tone(row.state()), "bulk.row." + row.state()),
        row.reason().map(reason -> why(reason, row.detail(), words)).orElse(""),
        row.detail(),
        row.request().map(Object::toString).orElse(""));
  }

  /** Of a row, where that is something else than of an application; else the refusal's title. */
  private static String why(RefusalReason reason, String detail, Words words) {
    return words.orElse(
        "bulk.row.why." + reason, words.refused(new Refusal(reason, detail)).title());
  }

  boolean isFault() {
    return mark.tone() == Tone.DANGER;
  }

  private static Tone tone(BulkRow.State state) {
    return switch (state) {
      case NEW, READY, TRYING -> Tone.INFO;
      case FAULTY, FAILED -> Tone.DANGER;
      case DONE -> Tone.SUCCESS;
    };
  }
}
