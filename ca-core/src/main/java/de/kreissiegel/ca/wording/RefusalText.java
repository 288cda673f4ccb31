package de.kreissiegel.ca.wording;

import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A reason for refusing an application, in a tenant's own words.
 *
 * @param tenant whose
 * @param words what it says
 * @param changedAt when it was written, or last changed
 */
public record RefusalText(UUID id, TenantId tenant, Words words, Instant changedAt) {
  /**
   * What it says.
   *
   * @param title in the officers' list, 1 to {@value #LONGEST_TITLE} characters
   * @param textDe what the applicant reads, 1 to {@value #LONGEST_TEXT} characters of plain text
   * @param textEn the same in English; empty if there is none
   */
  public record Words(String title, String textDe, String textEn) {
    /** The longest title. */
    public static final int LONGEST_TITLE = 80;

    /** The longest text: as long as a reason may be. */
    public static final int LONGEST_TEXT = 500;

    public Words {
      title = title.strip();
      textDe = textDe.strip().replace("\r\n", "\n");
      textEn = textEn.strip().replace("\r\n", "\n");
    }

    /** In this language, else in German. */
    public String in(Locale language) {
      return language.getLanguage().equals("en") && !textEn.isEmpty() ? textEn : textDe;
    }

    boolean areSound() {
      return isPlain(title, LONGEST_TITLE)
          && title.indexOf('\n') < 0
          && !title.isEmpty()
          && isPlain(textDe, LONGEST_TEXT)
          && !textDe.isEmpty()
          && isPlain(textEn, LONGEST_TEXT);
    }

    private static boolean isPlain(String text, int longest) {
      return text.length() <= longest
          && text.chars().noneMatch(one -> Character.isISOControl(one) && one != '\n');
    }
  }

  /** How the audit trail names it. */
  public String auditName() {
    return "refusal-text:" + id;
  }
}
