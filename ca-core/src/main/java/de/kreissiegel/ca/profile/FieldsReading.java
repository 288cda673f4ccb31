package de.kreissiegel.ca.profile;

import de.kreissiegel.ca.subject.SubjectKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Reads the section {@code fields}: who may set which field. */
final class FieldsReading {
  private static final String SECTION = "fields.";
  private static final String REMEDY =
      "Choose one or more from directory, applicant, officer; or nobody alone.";

  private final Reading reading;
  private final CertificateProfile.Staff staff;
  private final CertificateProfile.Rules rules;
  private final CertificateProfile.Content content;

  private FieldsReading(
      Reading reading,
      CertificateProfile.Staff staff,
      CertificateProfile.Rules rules,
      CertificateProfile.Content content) {
    this.reading = reading;
    this.staff = staff;
    this.rules = rules;
    this.content = content;
  }

  static FieldRules read(
      Reading reading,
      CertificateProfile.Staff staff,
      CertificateProfile.Rules rules,
      CertificateProfile.Content content) {
    return new FieldsReading(reading, staff, rules, content).read();
  }

  private FieldRules read() {
    Map<Field, Set<FieldSource>> sources = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      Set<FieldSource> said =
          reading.oneOrMore(SECTION + field.configName(), FieldsReading::source, REMEDY);
      sources.put(field, said.isEmpty() ? unsaid(field) : said);
    }
    var fields = new FieldRules(sources);
    for (Field field : Field.values()) {
      check(fields, field);
    }
    checkNames(fields, Field.MAIL, content.names().mail());
    checkNames(fields, Field.DNS, content.names().dnsName());
    checkCommonName(fields);
    if (fields.openToPeople(Field.PSEUDONYM)) {
      checkPseudonym(fields);
    }
    return fields;
  }

  private Set<FieldSource> unsaid(Field field) {
    return switch (field) {
      case COMMON_NAME -> EnumSet.of(FieldSource.DIRECTORY);
      case MAIL -> byPresence(content.names().mail());
      case DNS -> byPresence(content.names().dnsName());
      case PSEUDONYM, VALIDITY -> EnumSet.of(FieldSource.NOBODY);
    };
  }

  private static Set<FieldSource> byPresence(Presence presence) {
    return presence == Presence.NEVER ? Set.of() : EnumSet.of(FieldSource.DIRECTORY);
  }

  private void check(FieldRules fields, Field field) {
    String key = SECTION + field.configName();
    reading.check(
        !fields.forbid(field) || fields.of(field).size() == 1,
        key,
        "somebody and nobody can't both set it",
        REMEDY);
    reading.check(
        !fields.openToPeople(field) || rules.approvals() > 0 && staff.offered(),
        key,
        "what people say goes in without an officer who looks at it",
        "Ask for an approval of what staff are offered, or leave it to the directory.");
    reading.check(
        !fields.allow(field, FieldSource.DIRECTORY)
            || field != Field.VALIDITY && field != Field.PSEUDONYM,
        key,
        "is nothing that the directory holds",
        "Choose from applicant, officer; or nobody alone.");
  }

  /** Whether a kind of name goes in at all, {@code names} says. */
  private void checkNames(FieldRules fields, Field field, Presence presence) {
    boolean somebody = !fields.of(field).isEmpty() && !fields.forbid(field);
    reading.check(
        presence == Presence.NEVER ? !somebody : somebody,
        SECTION + field.configName(),
        "doesn't go with names." + field.configName() + ": " + presence.configName(),
        "Write nobody where names says never, and somebody where it doesn't.");
  }

  /** Who somebody is says the directory alone, or, under another name, nobody. */
  private void checkCommonName(FieldRules fields) {
    reading.check(
        !fields.openToPeople(Field.COMMON_NAME) || !rules.subjects().contains(SubjectKind.PERSON),
        SECTION + Field.COMMON_NAME.configName(),
        "a person's name comes from the directory alone",
        "Write directory.");
    reading.check(
        !fields.forbid(Field.COMMON_NAME) || fields.openToPeople(Field.PSEUDONYM),
        SECTION + Field.COMMON_NAME.configName(),
        "there would be no name at all",
        "Write directory, or let somebody set a pseudonym.");
  }

  /** Nothing beside a pseudonym gives away whose it is. */
  private void checkPseudonym(FieldRules fields) {
    String key = SECTION + Field.PSEUDONYM.configName();
    reading.check(
        rules.subjects().equals(Set.of(SubjectKind.PERSON)),
        key,
        "only people have pseudonyms",
        "Write subjects: [person].");
    reading.check(
        fields.forbid(Field.COMMON_NAME),
        SECTION + Field.COMMON_NAME.configName(),
        "the name of who has a pseudonym must not go in",
        "Write common-name: nobody.");
    CertificateProfile.Names names = content.names();
    reading.check(
        names.mail() == Presence.NEVER
            && names.dnsName() == Presence.NEVER
            && names.windowsAccount() == Presence.NEVER
            && !names.entryUri(),
        key,
        "other names would give away whose pseudonym it is",
        "Write never for mail, dns and windows-account, and false for entry-uri.");
    reading.check(
        !rules.published(),
        "published",
        "in a person's entry of the directory it would tell whose pseudonym it is",
        "Write false.");
    reading.check(
        content.purpose() != Purpose.APPROVAL,
        key,
        "the vault knows its officers by name",
        "Choose another purpose.");
  }

  private static FieldSource source(String text) {
    return FieldSource.named(text).orElseThrow();
  }
}
