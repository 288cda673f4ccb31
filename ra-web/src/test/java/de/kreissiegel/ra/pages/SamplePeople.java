package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Duties;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who plays along. All invented. */
final class SamplePeople {
  static final TenantId HASSFURT = new TenantId("stadt-hassfurt.example");
  static final TenantId KOENIGSBERG = new TenantId("stadt-koenigsberg.example");
  static final TenantId KREIS = new TenantId("landkreis-hassberge.example");

  static final List<Tenant> TENANTS =
      List.of(
          new Tenant(HASSFURT, "Stadt Haßfurt"),
          new Tenant(KOENIGSBERG, "Stadt Königsberg i.Bay."),
          new Tenant(KREIS, "Landratsamt Haßberge"));

  static final Subject STAFF =
      person("p-staff", "Dr. Änne Groß-Weißenberger", "Dr.", "Änne", "Groß-Weißenberger", "agross");
  static final Subject OFFICER =
      person("p-officer", "Jürgen Müller", "", "Jürgen", "Müller", "jmueller");
  static final Subject AUDITOR =
      person("p-auditor", "Sabine Schäfer", "", "Sabine", "Schäfer", "sschaefer");
  static final Subject MAILBOX =
      new Subject(
          new SubjectId("f-mailbox"),
          SubjectKind.FUNCTION,
          HASSFURT,
          Set.of(HASSFURT),
          "GRP: Einwohnermeldeamt",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of("meldeamt@stadt-hassfurt.example"),
          Optional.empty(),
          Optional.empty(),
          true,
          "cn=GRP: Einwohnermeldeamt,o=Stadt Haßfurt",
          Set.of(STAFF.id()));

  private SamplePeople() {}

  static Actor.Person staff() {
    return new Actor.Person(
        STAFF.id(),
        STAFF.commonName(),
        "agross",
        Set.of(HASSFURT),
        Set.of(),
        Set.of(),
        Set.of(),
        Proof.CERTIFICATE);
  }

  static Actor.Person officer() {
    return new Actor.Person(
        OFFICER.id(),
        OFFICER.commonName(),
        "jmueller",
        Set.of(HASSFURT),
        Set.of(HASSFURT),
        Set.of(),
        Set.of(),
        Proof.CERTIFICATE);
  }

  /** An officer of another town. */
  static Actor.Person stranger() {
    return new Actor.Person(
        new SubjectId("p-stranger"),
        "Vroni Öchsner",
        "voechsner",
        Set.of(KOENIGSBERG),
        Set.of(KOENIGSBERG),
        Set.of(),
        Set.of(),
        Proof.CERTIFICATE);
  }

  static Actor.Person auditor() {
    return new Actor.Person(
        new SubjectId("p-auditor"),
        "Sabine Schäfer",
        "sschaefer",
        Set.of(HASSFURT),
        Set.of(),
        Set.of(),
        Set.of(HASSFURT, KOENIGSBERG),
        Proof.CERTIFICATE);
  }

  /** Appoints the registration officers, and decides on the district's own applications. */
  static Actor.Person lead() {
    return new Actor.Person(
        new SubjectId("p-lead"),
        "Lore Leitner",
        "lleitner",
        Set.of(KREIS),
        Set.of(KREIS),
        Set.of(KREIS, HASSFURT, KOENIGSBERG),
        Set.of(),
        Proof.CERTIFICATE);
  }

  /** Helps everybody. */
  static Actor.Person helper() {
    return new Actor.Person(
            new SubjectId("p-helper"),
            "Hanna Hilfreich",
            "hhilfreich",
            Set.of(KREIS),
            Set.of(),
            Set.of(),
            Set.of(),
            Proof.CERTIFICATE)
        .helping(Set.of(KREIS, HASSFURT, KOENIGSBERG));
  }

  /** Sees who looked at whose data. */
  static Actor.Person protector() {
    return new Actor.Person(
            new SubjectId("p-protector"),
            "Doris Daschner",
            "ddaschner",
            Set.of(KREIS),
            Set.of(),
            Set.of(),
            Set.of(),
            Proof.CERTIFICATE)
        .entrustedWith(
            new Duties(
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(KREIS, HASSFURT, KOENIGSBERG),
                Set.of(),
                Set.of()));
  }

  static Optional<Actor.Person> byLogin(String login) {
    return List.of(staff(), officer(), stranger(), auditor(), lead(), helper(), protector())
        .stream()
        .filter(person -> person.login().equals(login))
        .findFirst();
  }

  private static Subject person(
      String id, String name, String title, String given, String surname, String login) {
    return new Subject(
        new SubjectId(id),
        SubjectKind.PERSON,
        HASSFURT,
        Set.of(HASSFURT),
        name,
        Optional.of(title).filter(text -> !text.isEmpty()),
        Optional.of(given),
        Optional.of(surname),
        Optional.of(login + "@stadt-hassfurt.example"),
        Optional.empty(),
        Optional.of(login),
        true,
        "uid=" + login + ",ou=Personen,o=Stadt Haßfurt,dc=landkreis,dc=example",
        Set.of());
  }
}
