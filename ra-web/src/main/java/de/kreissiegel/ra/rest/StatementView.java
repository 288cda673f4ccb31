package de.kreissiegel.ra.rest;

import de.kreissiegel.hsm.approval.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * What an officer signs.
 *
 * @param statement base64 of the ApprovalStatement's DER, the content to be signed
 * @param lines all that it says, in words
 */
record StatementView(String statement, List<Line> lines) {
  static StatementView of(Statement statement, Locale language) {
    return new StatementView(
        Base64.getEncoder().encodeToString(statement.encoded().toArray()),
        statement.lines(language).stream()
            .map(line -> new Line(line.label(), line.text()))
            .toList());
  }

  /** A label and what it stands before. */
  record Line(String label, String text) {}
}
