package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;
import static de.kreissiegel.ca.lint.Lint.warning;

import java.util.List;
import java.util.Locale;

/**
 * The Verwaltungs-PKI: its naming rules v1.3 ("Namensregeln und -formate"), so that nobody takes a
 * group, a pseudonym or a machine for a person, and what only its certificates are good for.
 */
final class AdministrationLints {
  private static final String GROUP = "GRP:";
  private static final String PSEUDONYM = "PN:";

  /**
   * Words of services that want a certificate of the Verwaltungs-PKI (TR Registermodernisierung).
   */
  private static final List<String> RESERVED =
      List.of(
          "fit-connect",
          "fitconnect",
          "registermodernisierung",
          "registerabruf",
          "registerzugriff",
          "registerzugang",
          "noots",
          "xbasisdaten",
          "identitätsdatenabruf");

  private AdministrationLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "vpki.group-form",
            "Namensregeln V-PKI v1.3",
            "Der CN einer Gruppe beginnt mit „GRP:“.",
            "The CN of a group begins with \"GRP:\".",
            (it, report) ->
                report.require(!it.names(HolderKind.GROUP) || isMarked(name(it), GROUP), name(it))),
        error(
            "vpki.pseudonym-form",
            "Namensregeln V-PKI v1.3",
            "Der CN eines Pseudonyms beginnt mit „PN:“.",
            "The CN of a pseudonym begins with \"PN:\".",
            (it, report) ->
                report.require(
                    !it.names(HolderKind.PSEUDONYM) || isMarked(name(it), PSEUDONYM), name(it))),
        error(
            "vpki.mark-wrong",
            "Namensregeln V-PKI v1.3",
            "Mit „GRP:“ beginnen nur Gruppen, mit „PN:“ nur Pseudonyme.",
            "Only groups begin with \"GRP:\", only pseudonyms with \"PN:\".",
            AdministrationLints::wrongMark),
        error(
            "vpki.mark-lookalike",
            "Namensregeln V-PKI v1.3, Unicode UTS #39",
            "Kein Name sieht nur so aus, als begänne er mit „GRP:“ oder „PN:“.",
            "No name only looks as if it began with \"GRP:\" or \"PN:\".",
            (it, report) -> {
              for (String name : it.subject().all(Oids.CN)) {
                report.require(!NameLooks.looksMarked(name), name);
              }
            }),
        error(
            "vpki.mixed-scripts",
            "Unicode UTS #39 §5.1",
            "Kein Wort eines Namens mischt lateinische, griechische und kyrillische Buchstaben.",
            "No word of a name mixes Latin, Greek and Cyrillic letters.",
            (it, report) -> {
              for (ReadName.Attribute attribute : it.subject().attributes()) {
                report.require(!NameLooks.mixesScripts(attribute.text()), attribute.text());
              }
            }),
        error(
            "vpki.group-person",
            "Namensregeln V-PKI v1.3",
            "Der Name einer Gruppe liest sich nicht wie der einer Person.",
            "A group's name doesn't read like a person's.",
            (it, report) -> notPerson(it, report, GROUP)),
        error(
            "vpki.group-host",
            "Namensregeln V-PKI v1.3",
            "Der Name einer Gruppe liest sich nicht wie ein Rechner oder eine Adresse.",
            "A group's name doesn't read like a host or an address.",
            (it, report) -> {
              String name = name(it);
              report.require(
                  !isMarked(name, GROUP) || !NameLooks.likeHost(name.substring(GROUP.length())),
                  name);
            }),
        error(
            "vpki.group-organization",
            "Namensregeln V-PKI v1.3",
            "Der Name einer Gruppe ist nicht der Name der ganzen Organisation.",
            "A group's name is not that of the whole organization.",
            AdministrationLints::organization),
        error(
            "vpki.pseudonym-person",
            "Namensregeln V-PKI v1.3",
            "Ein Pseudonym liest sich nicht wie ein wirklicher Name.",
            "A pseudonym doesn't read like a real name.",
            (it, report) -> notPerson(it, report, PSEUDONYM)),
        error(
            "vpki.pseudonym-own-name",
            "Namensregeln V-PKI v1.3, DSGVO Art. 4 Nr. 5",
            "Ein Pseudonym verrät den wirklichen Namen nicht.",
            "A pseudonym doesn't give the real name away.",
            AdministrationLints::ownName),
        warning(
            "vpki.process-person",
            "Namensregeln V-PKI v1.3",
            "Der Name eines Geräts oder Dienstes liest sich nicht wie der einer Person.",
            "The name of a device or service doesn't read like a person's.",
            (it, report) ->
                report.require(
                    !it.names(HolderKind.PROCESS) || !NameLooks.likePerson(name(it)), name(it))),
        warning(
            "vpki.purpose",
            "TR Registermodernisierung XBd.3.1.9/10, FIT-Connect",
            "Für Registerabrufe und FIT-Connect braucht es ein Zertifikat der Verwaltungs-PKI; "
                + "dieses gilt dort nicht.",
            "Register access and FIT-Connect need a certificate of the Verwaltungs-PKI; this one "
                + "is not valid there.",
            AdministrationLints::purpose));
  }

  private static String name(Case it) {
    return it.subject().commonName();
  }

  /** {@code GRP:name} or {@code GRP: name}. */
  private static boolean isMarked(String name, String mark) {
    return name.startsWith(mark) && !name.substring(mark.length()).isBlank();
  }

  private static void wrongMark(Case it, Report report) {
    if (it.context().holder().isPresent()) {
      String name = name(it);
      report.require(!name.startsWith(GROUP) || it.names(HolderKind.GROUP), name);
      report.require(!name.startsWith(PSEUDONYM) || it.names(HolderKind.PSEUDONYM), name);
    }
  }

  private static void notPerson(Case it, Report report, String mark) {
    String name = name(it);
    if (isMarked(name, mark)) {
      report.require(!NameLooks.likePerson(name.substring(mark.length()).strip()), name);
    }
  }

  private static void organization(Case it, Report report) {
    String name = name(it);
    if (isMarked(name, GROUP)) {
      String group = name.substring(GROUP.length()).strip();
      for (String organization : it.subject().all(Oids.O)) {
        report.require(!group.equalsIgnoreCase(organization), name);
      }
    }
  }

  private static void ownName(Case it, Report report) {
    String name = name(it).toLowerCase(Locale.ROOT);
    if (name.startsWith("pn:")) {
      it.context()
          .holder()
          .flatMap(LintContext.Holder::realName)
          .ifPresent(
              real -> {
                for (String word : real.toLowerCase(Locale.ROOT).split("[\\s-]+", -1)) {
                  report.require(word.length() < 3 || !name.contains(word));
                }
              });
    }
  }

  private static void purpose(Case it, Report report) {
    it.context().order().ifPresent(order -> reserved(order.profile(), report));
    for (ReadName.Attribute attribute : it.subject().attributes()) {
      if (!attribute.is(Oids.SERIAL_NUMBER)) {
        reserved(attribute.text(), report);
      }
    }
    for (ReadGeneralName name : it.extensions().names()) {
      reserved(name.text(), report);
    }
  }

  private static void reserved(String text, Report report) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String word : RESERVED) {
      if (lower.contains(word)) {
        report.broken(word);
      }
    }
  }
}
