package de.kreissiegel.ra.path;

import de.kreissiegel.ca.path.PathCertificate;
import de.kreissiegel.ca.path.PathFault;
import de.kreissiegel.ca.path.PathQuestion;
import de.kreissiegel.ca.path.PathVerdict;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.StringJoiner;

/** A verdict in sentences. */
final class VerdictText {
  private final ResourceBundle words;
  private final boolean english;
  private final StringJoiner lines = new StringJoiner(System.lineSeparator());

  private VerdictText(String language) {
    this.english = language.equals("en");
    this.words =
        ResourceBundle.getBundle(
            VerdictText.class.getPackageName() + ".words",
            english ? Locale.ENGLISH : Locale.GERMAN);
  }

  static String of(PathQuestion question, PathVerdict verdict, String language) {
    var text = new VerdictText(language);
    text.tell(question, verdict);
    return text.lines.toString();
  }

  private void tell(PathQuestion question, PathVerdict verdict) {
    boolean valid = verdict instanceof PathVerdict.Valid;
    line(valid ? "valid" : "invalid", question.time(), question.options().policySet().configName());
    switch (verdict) {
      case PathVerdict.Valid good -> {
        path(good.path());
        line("policies", good.policies().isEmpty() ? "–" : String.join(", ", good.policies()));
        line(good.statusChecked() ? "status.checked" : "status.unchecked");
        faults("advice", good.advice());
      }
      case PathVerdict.Invalid bad -> {
        path(bad.path());
        faults("faults", bad.faults());
      }
    }
  }

  private void path(List<PathCertificate> path) {
    for (int i = 0; i < path.size(); i++) {
      if (!path.get(i).subject().isEmpty() || !path.get(i).serial().isEmpty()) {
        line("certificate", i, path.get(i).subject(), path.get(i).serial());
      }
    }
  }

  private void faults(String title, List<PathFault> faults) {
    if (!faults.isEmpty()) {
      line(title);
    }
    for (PathFault fault : faults) {
      String sentence = english ? fault.english() : fault.german();
      if (fault.position().isPresent()) {
        line("fault.at", fault.position().getAsInt(), sentence, fault.id(), fault.clause());
      } else {
        line("fault", sentence, fault.id(), fault.clause());
      }
    }
  }

  private void line(String key, Object... values) {
    lines.add(words.getString(key).formatted(values));
  }
}
