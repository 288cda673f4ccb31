package de.kreissiegel.ra.setup;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The steps of the wizard in their order, and what each asks. */
enum Step {
  DISTRICT(
      List.of(
          Part.of(
              "organization",
              Input.text("organization", Rule.ANY, 64),
              Input.choice("language", "de", "en")),
          Part.of(
              "addresses",
              Input.text("public-base-url", Rule.HTTPS_URL, 200),
              Input.text("validation-base-url", Rule.HTTP_URL, 200),
              Input.text("listen", Rule.ADDRESS, 45),
              Input.text("pages-port", Rule.PORT, 5),
              Input.text("certificate-port", Rule.PORT, 5),
              Input.text("validation-port", Rule.PORT, 5)),
          Part.of(
              "contact",
              Input.text("contact-mail", Rule.MAIL, 200),
              Input.optional("hotline", Rule.ANY, 200)))),
  DATABASE(
      List.of(
          Part.of("database-kind", Input.choice("database", "embedded", "own")),
          Part.of(
              "database-own",
              Input.optional("database-url", Rule.JDBC, 300),
              Input.optional("database-user", Rule.ANY, 63),
              Input.password("database-password"),
              Input.optional("database-owner", Rule.ANY, 63),
              Input.password("database-owner-password")))),
  DIRECTORY(
      List.of(
          Part.of(
              "directory-server",
              Input.lines("directory-url", Rule.LDAP_URLS, 1_000, true),
              Input.choice("directory-starttls", "no", "yes"),
              Input.lines("directory-ca", Rule.PEM, 60_000, false)),
          Part.of(
              "directory-account",
              Input.text("directory-base", Rule.DN, 500),
              Input.text("directory-dn", Rule.DN, 500),
              Input.password("directory-password")),
          Part.of(
              "directory-mapping",
              Input.choice("mapping", "openldap", "active-directory", "sample-district", "own"),
              Input.lines("mapping-text", Rule.ANY, 60_000, false)))),
  MAIL(
      List.of(
          Part.of("mail-use", Input.choice("mail", "no", "yes")),
          Part.of(
              "mail-server",
              Input.optional("mail-host", Rule.HOST, 253),
              Input.optional("mail-port", Rule.PORT, 5),
              Input.choice("mail-encryption", "starttls", "tls", "none"),
              Input.optional("mail-user", Rule.ANY, 200),
              Input.password("mail-password"),
              Input.lines("mail-ca", Rule.PEM, 60_000, false)),
          Part.of(
              "mail-letters",
              Input.optional("mail-from", Rule.MAIL, 200),
              Input.optional("mail-operator", Rule.MAIL, 200),
              Input.optional("mail-trial-to", Rule.MAIL, 200)))),
  KEYS(
      List.of(
          Part.of(
              "authorities",
              Input.choice("policy-set", "bsi-kommunal", "bsi-strict", "compatibility", "rfc5280"),
              Input.choice("algorithm"),
              Input.choice("superior", "own", "external"),
              Input.text("root-name", Rule.ANY, 64),
              Input.text("root-years", Rule.NUMBER, 1),
              Input.text("issuing-years", Rule.NUMBER, 1),
              Input.text("root-crl-months", Rule.NUMBER, 2)),
          Part.rows(
              "issuing",
              10,
              Input.text("name", Rule.NAME, 40),
              Input.text("common-name", Rule.ANY, 64),
              Input.optional("token", Rule.NAME, 40),
              Input.optional("ocsp-token", Rule.NAME, 40)),
          Part.of(
              "tokens-used",
              Input.optional("root-token", Rule.NAME, 40),
              Input.optional("ceremony-token", Rule.NAME, 40),
              Input.optional("journal-token", Rule.NAME, 40),
              Input.optional("audit-token", Rule.NAME, 40)),
          Part.rows(
              "tokens",
              6,
              Input.text("name", Rule.NAME, 40),
              Input.text("library", Rule.PATH, 300),
              Input.text("label", Rule.ANY, 32),
              Input.optional("pin-file", Rule.PATH, 300)),
          Part.rows(
              "tenants",
              200,
              Input.text("name", Rule.ANY, 64),
              Input.optional("mail", Rule.DOMAINS, 500),
              Input.optional("dns", Rule.DOMAINS, 500)),
          Part.of(
              "keys-more",
              Input.choice("escrow", "no", "yes"),
              Input.choice("passkeys", "yes", "no"),
              Input.text("signer-socket", Rule.PATH, 100)))),
  PEOPLE(
      List.of(
          Part.of(
              "shares",
              Input.text("threshold", Rule.NUMBER, 2),
              Input.choice("medium", "paper", "card"),
              Input.optional("card-library", Rule.PATH, 300)),
          Part.rows(
              "people",
              40,
              Input.text("name", Rule.ANY, 100),
              Input.choice("role", "leader", "key-officer", "custodian", "witness"),
              Input.optional("card", Rule.ANY, 32)),
          Part.rows(
              "officers",
              20,
              Input.text("name", Rule.ANY, 100),
              Input.optional("key", Rule.FINGERPRINT, 95),
              Input.file("request"))));

  private final List<Part> parts;

  Step(List<Part> parts) {
    this.parts = parts;
  }

  List<Part> parts() {
    return parts;
  }

  /** As addresses and message keys say it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Step> of(String word) {
    return Arrays.stream(values()).filter(step -> step.word().equals(word)).findFirst();
  }

  Optional<Step> next() {
    return ordinal() + 1 < values().length
        ? Optional.of(values()[ordinal() + 1])
        : Optional.empty();
  }

  Optional<Step> before() {
    return ordinal() > 0 ? Optional.of(values()[ordinal() - 1]) : Optional.empty();
  }

  /** Whether what it asks for can be tried. */
  boolean isTried() {
    return this == DATABASE || this == DIRECTORY || this == MAIL;
  }

  /** Whether it takes a file. */
  boolean takesFile() {
    return this == PEOPLE;
  }
}
