package de.kreissiegel.ra.pages.cards;

import java.util.regex.Pattern;

/**
 * Values as literals of a script's language. Names come from directories and settings: whatever
 * stands in them, a value stays one value and one line.
 */
final class Quoted {
  /** Control characters and ends of lines, which have no place in a name. */
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]");

  private static final Pattern SURROGATE = Pattern.compile("\\p{Cs}");

  /** In PowerShell typographic quotes end a string, too (about_Quoting_Rules). */
  private static final Pattern POWERSHELL_QUOTE =
      Pattern.compile("['\\u2018\\u2019\\u201a\\u201b]");

  private Quoted() {}

  /** For a POSIX shell (XCU 2.2.2): in single quotes, of which none can stand inside. */
  static String shell(String value) {
    return "'" + plain(value).replace("'", "'\\''") + "'";
  }

  /** For PowerShell: in single quotes, those inside doubled. */
  static String powershell(String value) {
    return "'" + POWERSHELL_QUOTE.matcher(plain(value)).replaceAll("$0$0") + "'";
  }

  private static String plain(String value) {
    return SURROGATE.matcher(CONTROL.matcher(value).replaceAll(" ")).replaceAll("\ufffd");
  }
}
