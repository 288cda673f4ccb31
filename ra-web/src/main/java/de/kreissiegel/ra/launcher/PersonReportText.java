package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.disclosure.PersonReport;
import de.kreissiegel.ca.disclosure.PersonReport.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import tools.jackson.databind.json.JsonMapper;

/** A report for people, in German or English, or for programs, in JSON. */
final class PersonReportText {
  private PersonReportText() {}

  /** In which form; the names are what is typed. */
  enum Format {
    de,
    en,
    json
  }

  static String of(List<PersonReport> reports, Format format) {
    return switch (format) {
      case json -> json(reports);
      case de -> text(reports, Locale.GERMAN);
      case en -> text(reports, Locale.ENGLISH);
    };
  }

  private static String json(List<PersonReport> reports) {
    List<Map<String, Object>> all =
        reports.stream()
            .map(
                report -> {
                  var one = new LinkedHashMap<String, Object>();
                  one.put("person", report.person().value());
                  report
                      .sections()
                      .forEach(
                          (section, entries) ->
                              one.put(section.name().toLowerCase(Locale.ROOT), entries));
                  return (Map<String, Object>) one;
                })
            .toList();
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(all)
        + "\n";
  }

  private static String text(List<PersonReport> reports, Locale language) {
    var words =
        ResourceBundle.getBundle(
            "de.kreissiegel.ra.launcher.person-report",
            language,
            PersonReportText.class.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    var text = new StringBuilder();
    if (reports.isEmpty()) {
      text.append(words.getString("nothing")).append('\n');
    }
    for (PersonReport report : reports) {
      text.append(words.getString("title")).append(' ').append(report.person()).append("\n\n");
      report.sections().forEach((section, entries) -> append(text, words, section, entries));
    }
    return text.toString();
  }

  private static void append(
      StringBuilder text,
      ResourceBundle words,
      Section section,
      List<Map<String, String>> entries) {
    text.append(words.getString(section.name())).append(": ").append(entries.size()).append('\n');
    for (Map<String, String> entry : entries) {
      text.append('\n');
      entry.forEach(
          (name, value) ->
              text.append("  %-22s %s%n".formatted(word(words, name), value.replace('\n', ' '))));
    }
    text.append('\n');
  }

  private static String word(ResourceBundle words, String name) {
    return words.containsKey(name) ? words.getString(name) : name;
  }
}
