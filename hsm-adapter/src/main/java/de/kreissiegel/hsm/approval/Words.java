package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a statement's lines in a language. */
final class Words {
  private static final DateTimeFormatter GERMAN_TIME =
      DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm:ss 'UTC'", Locale.ROOT);
  private static final DateTimeFormatter ENGLISH_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

  private final boolean german;
  private final List<Statement.Line> lines = new ArrayList<>();

  private Words(boolean german) {
    this.german = german;
  }

  static Words in(Locale locale) {
    return new Words("de".equals(locale.getLanguage()));
  }

  Words heading(Word what, Statement statement) {
    line(Word.STATEMENT, in(what));
    line(Word.REQUEST, statement.request().toString());
    return line(Word.KEY, statement.key().value());
  }

  Words names(Bytes subject, Bytes alternativeNames) {
    for (Names.One one : Names.ofSubject(subject)) {
      add(in(Word.SUBJECT) + " " + one.kind(), one.name());
    }
    for (Names.One one : Names.ofAlternatives(alternativeNames)) {
      add(in(Word.ALTERNATIVE) + " " + one.kind(), one.name());
    }
    return this;
  }

  /** Whether the certificate makes an officer has to be seen. */
  Words officer(Bytes directoryAttributes) {
    if (directoryAttributes.length() == 0) {
      return this;
    }
    try {
      OfficerScope scope = OfficerScope.ofExtension(directoryAttributes);
      line(Word.OFFICER, scope.person());
      scope.tenants().forEach(tenant -> line(Word.OFFICER_TENANT, tenant));
      return this;
    } catch (MalformedEvidence _) {
      return line(Word.ATTRIBUTES, directoryAttributes.toHex());
    }
  }

  Words line(Word label, String text) {
    add(in(label), text);
    return this;
  }

  Words time(Word label, Instant time) {
    return line(label, (german ? GERMAN_TIME : ENGLISH_TIME).format(time.atOffset(ZoneOffset.UTC)));
  }

  Words duration(Word label, Duration duration) {
    Duration rest = duration.minusDays(duration.toDays());
    String days = duration.toDays() + " " + in(Word.DAYS);
    return line(label, rest.isZero() ? days : days + " + " + rest.toString().substring(2));
  }

  List<Statement.Line> footing(Statement statement) {
    line(Word.TENANT, statement.tenant());
    line(Word.APPLICANT, statement.applicant());
    time(Word.DECIDED, statement.decided());
    return List.copyOf(lines);
  }

  private String in(Word word) {
    return german ? word.german : word.english;
  }

  private void add(String label, String text) {
    lines.add(new Statement.Line(visible(label), text.isEmpty() ? "–" : visible(text)));
  }

  /** What can't be seen, or turns the writing around, stands as its number. */
  static String visible(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (Character.getType(point)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    shown.append("\\u{%x}".formatted(point));
                case Character.SPACE_SEPARATOR ->
                    shown.append(point == ' ' ? " " : "\\u{%x}".formatted(point));
                default -> shown.appendCodePoint(point);
              }
            });
    return shown.toString();
  }

  /** The labels. */
  enum Word {
    STATEMENT("Ich erkläre", "I declare"),
    APPROVAL("Dieses Zertifikat darf ausgestellt werden", "This certificate may be issued"),
    RELEASE("Dieser hinterlegte Schlüssel darf geöffnet werden", "This escrowed key may be opened"),
    REQUEST("Antrag", "Request"),
    KEY("Schlüssel der Stelle", "Authority's key"),
    PROFILE("Profil", "Profile"),
    SUBJECT("Inhaber", "Subject"),
    ALTERNATIVE("Weiterer Name", "Alternative name"),
    PUBLIC_KEY("Öffentlicher Schlüssel", "Public key"),
    NOT_AFTER("Gültig längstens bis", "Valid at most until"),
    LONGEST("Gültig höchstens", "Valid for at most"),
    DAYS("Tage", "days"),
    OFFICER("Macht zur Registrierungsstelle: Person", "Makes a registration officer: person"),
    OFFICER_TENANT("Entscheidet dann für (* = alle)", "Will decide for (* = all)"),
    ATTRIBUTES("Merkmale", "Attributes"),
    OWNER("Schlüssel gehört", "Key belongs to"),
    REASON("Grund", "Reason"),
    ENCRYPTED("Verschlüsselter Wert, SHA-256", "Encrypted value, SHA-256"),
    TENANT("Mandant", "Tenant"),
    APPLICANT("Beantragt von", "Applied for by"),
    DECIDED("Entschieden am", "Decided at");

    private final String german;
    private final String english;

    Word(String german, String english) {
      this.german = german;
      this.english = english;
    }
  }
}
