package de.kreissiegel.ra.pages;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a page is to a screen reader: its landmarks, headings, and all that can be used, by role and
 * name as the browser's accessibility tree has them; without what differs from day to day (numbers,
 * rows of tables). One file a page says how it has to be; {@code -Doutlines=write} writes them
 * anew.
 */
final class Outline {
  private static final Path KEPT = Path.of("src", "test", "resources", "outlines");
  private static final boolean WRITE = "write".equals(System.getProperty("outlines"));

  private static final Pattern ROLE =
      Pattern.compile(
          "- (banner|main|contentinfo|navigation|region|complementary|form|search|dialog"
              + "|alertdialog|alert|status|heading|link|button|textbox|searchbox|combobox|listbox"
              + "|checkbox|radio|spinbutton|group|table|columnheader|img|progressbar)\\b.*");

  private static final Pattern DIFFERS =
      Pattern.compile(
          "[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2})+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-F]{16,}"
              + "|(?<!level=)\\d+(\\. (Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober"
              + "|November|Dezember))?");

  private Outline() {}

  /** What is otherwise than the page's file says, line by line. */
  static List<String> differences(Page page, String name) throws IOException {
    Path file = KEPT.resolve(name + ".txt");
    List<String> lines = of(page.locator("body").ariaSnapshot());
    if (WRITE) {
      Files.createDirectories(KEPT);
      Files.write(file, lines);
    }
    if (!Files.exists(file)) {
      return List.of(name + " has no outline; -Doutlines=write writes it");
    }
    List<String> kept = Files.readAllLines(file);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < Math.max(lines.size(), kept.size()); i++) {
      String is = i < lines.size() ? lines.get(i) : "(nothing)";
      String was = i < kept.size() ? kept.get(i) : "(nothing)";
      if (!is.equals(was)) {
        differences.add("line %d: %s instead of %s".formatted(i + 1, is, was));
      }
    }
    return differences;
  }

  private static List<String> of(String snapshot) {
    List<String> lines = new ArrayList<>();
    int skipped = Integer.MAX_VALUE;
    for (String line : snapshot.lines().toList()) {
      String text = line.strip();
      int depth = line.length() - line.stripLeading().length();
      if (depth > skipped) {
        continue;
      }
      skipped = text.startsWith("- row ") || text.startsWith("- row:") ? depth : Integer.MAX_VALUE;
      if (ROLE.matcher(text).matches()) {
        lines.add(" ".repeat(depth) + DIFFERS.matcher(withoutText(text)).replaceAll("#"));
      }
    }
    return lines;
  }

  /** Role, name and state; what is written in it stands behind the colon. */
  private static String withoutText(String line) {
    int end = line.lastIndexOf("\":");
    if (end > 0) {
      return line.substring(0, end + 1);
    }
    int colon = line.startsWith("- ") && line.indexOf('"') < 0 ? line.indexOf(':') : -1;
    return colon > 0 ? line.substring(0, colon) : line;
  }
}
