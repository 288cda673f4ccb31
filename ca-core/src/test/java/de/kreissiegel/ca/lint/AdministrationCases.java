package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.LintCases.commonName;
import static de.kreissiegel.ca.lint.LintCases.dns;
import static de.kreissiegel.ca.lint.LintCases.names;

import java.util.Optional;

/** Of {@link AdministrationLints}. */
final class AdministrationCases {
  private static final Trial PERSON = Trial.of("smime");
  private static final Trial GROUP = Trial.group();
  private static final Trial PSEUDONYM = Trial.pseudonym();
  private static final Trial SERVER = Trial.of("tls-server");

  private AdministrationCases() {}

  static void add(LintCases cases) {
    cases.edited(
        "vpki.group-form",
        GROUP,
        commonName("Poststelle"),
        commonName("GRP:"),
        commonName("GRP - Poststelle"));
    cases.edited("vpki.pseudonym-form", PSEUDONYM, commonName("Kiebitz 7"), commonName("PN: "));
    cases.edited(
        "vpki.mark-wrong", PERSON, commonName("GRP: Poststelle"), commonName("PN: Kiebitz 7"));
    cases.edited("vpki.mark-wrong", GROUP, commonName("PN: Kiebitz 7"));
    cases.edited(
        "vpki.mark-lookalike",
        PERSON,
        commonName("GRP - Poststelle"),
        commonName("Grp: Poststelle"),
        commonName("GRP : Poststelle"),
        commonName("GRP Poststelle"),
        commonName("\uff27\uff32\uff30\uff1a Poststelle"), // full-width
        commonName("GR\u0420: Poststelle"), // Cyrillic Er
        commonName("G\u0301RP: Poststelle"),
        commonName("\u200bGRP: Poststelle"),
        commonName("GRP\u2236 Poststelle"), // ratio
        commonName("Pn: Kiebitz"),
        commonName("\u03a1\u039d: Kiebitz")); // Greek
    cases.edited(
        "vpki.mixed-scripts",
        PERSON,
        commonName("Ann\u0430 Amsel"), // Cyrillic a
        commonName("Anna \u0391msel")); // Greek Alpha
    cases.edited(
        "vpki.group-person",
        GROUP,
        commonName("GRP: Anna Amsel"),
        commonName("GRP:Anna Amsel"),
        commonName("GRP: Dr. Amsel"),
        commonName("GRP: Frau Amsel"),
        commonName("GRP: Amsel, Anna"),
        commonName("GRP: Anna-Lena von Amsel"));
    cases.edited(
        "vpki.group-host",
        GROUP,
        commonName("GRP: mail.stadt-a.example"),
        commonName("GRP: poststelle@stadt-a.example"));
    cases.edited("vpki.group-organization", GROUP, commonName("GRP: Stadt Ä"));
    cases.edited(
        "vpki.pseudonym-person",
        PSEUDONYM,
        commonName("PN: Otto Ottermann"),
        commonName("PN: Frau Doktor"));
    cases.edited("vpki.pseudonym-own-name", PSEUDONYM, commonName("PN: Amsel 7"));
    cases.edited("vpki.process-person", SERVER, commonName("Anna Amsel"));
    cases.edited(
        "vpki.purpose",
        SERVER,
        commonName("FIT-Connect Zustellpunkt"),
        names(dns("registerabruf.stadt-a.example")));
    cases.trips("vpki.purpose", SERVER, it -> it.order(forRegisters(it)));
  }

  private static LintContext.Order forRegisters(Trial it) {
    LintContext.Order old = it.context().order().orElseThrow();
    return new LintContext.Order(
        "Zugriff auf Register über NOOTS",
        old.purpose(),
        old.keyUsage(),
        old.extendedKeyUsages(),
        old.mail(),
        old.dnsName(),
        Optional.empty(),
        old.key());
  }
}
