package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;

import java.util.List;
import java.util.regex.Pattern;

/** We are no qualified trust service, and no certificate may seem to come from one (eIDAS). */
final class EidasLints {
  /** "Qualifizierung" is a word of personnel offices, and harmless. */
  private static final Pattern QUALIFIED =
      Pattern.compile(
          "(?iu)qualifiziert|(?<!\\p{L})(?:qualified|QES|QSeal|QSiegel|QWAC)(?!\\p{L})");

  private EidasLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "eidas.qc-statements",
            "eIDAS-VO Anh. I, ETSI EN 319 412-5",
            "Die Erweiterung qcStatements fehlt.",
            "The extension qcStatements is not there.",
            (it, report) -> report.require(!it.extensions().has(Oids.QC_STATEMENTS))),
        error(
            "eidas.policies",
            "ETSI EN 319 411-2 §5.3, TS 101 456",
            "Keine Richtlinie ist eine für qualifizierte Zertifikate.",
            "No policy is one for qualified certificates.",
            (it, report) -> {
              for (ExtensionValues.Policy policy : it.extensions().policies()) {
                report.require(
                    !isUnder(policy.oid(), "0.4.0.194112") && !isUnder(policy.oid(), "0.4.0.1456"),
                    policy.oid());
              }
            }),
        error(
            "eidas.words",
            "eIDAS-VO Art. 3, 23",
            "Weder Namen noch Richtlinientexte nennen sich qualifiziert.",
            "Neither names nor texts of policies call themselves qualified.",
            EidasLints::words));
  }

  private static boolean isUnder(String oid, String arc) {
    return oid.startsWith(arc) && (oid.length() == arc.length() || oid.charAt(arc.length()) == '.');
  }

  private static void words(Case it, Report report) {
    for (ReadName.Attribute attribute : it.subject().attributes()) {
      if (hasQ(attribute.text())) {
        report.require(!QUALIFIED.matcher(attribute.text()).find(), attribute.text());
      }
    }
    for (ExtensionValues.Policy policy : it.extensions().policies()) {
      for (ExtensionValues.Qualifier qualifier : policy.qualifiers()) {
        Der value = qualifier.value();
        String text = value.children().isEmpty() ? value.text() : value.children().getLast().text();
        report.require(!QUALIFIED.matcher(text).find(), text);
      }
    }
  }

  private static boolean hasQ(String text) {
    return text.indexOf('q') >= 0 || text.indexOf('Q') >= 0;
  }
}
