package de.kreissiegel.ra.setup;

import de.kreissiegel.ca.policyset.PolicySet;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What is proposed where nothing was said yet: no name of a person, and never a password. */
final class Proposals {
  private static final int LONGEST_NAME = 64;

  private Proposals() {}

  static String of(String name, Answers answers) {
    return switch (name) {
      case "language" -> "de";
      case "listen" -> "0.0.0.0";
      case "pages-port" -> port(answers.get("public-base-url"), "8443");
      case "certificate-port" -> "8444";
      case "validation-port" -> port(answers.get("validation-base-url"), "8080");
      case "database" -> "embedded";
      case "directory-starttls", "mail", "escrow" -> "no";
      case "passkeys" -> "yes";
      case "mapping" -> "openldap";
      case "mail-port" -> "587";
      case "mail-encryption" -> "starttls";
      case "mail-operator" -> answers.get("contact-mail");
      case "policy-set" -> PolicySet.DEFAULT.configName();
      case "algorithm" -> "ecdsa-p384";
      case "superior" -> "own";
      case "root-name" -> named(answers, "Root CA 1");
      case "root-years" -> "6";
      case "issuing-years" -> "5";
      case "root-crl-months" -> "12";
      case "signer-socket" -> "/run/kreissiegel-signer/signer.sock";
      case "threshold" -> "2";
      case "medium" -> "paper";
      default -> "";
    };
  }

  static List<Map<String, String>> rows(String part, Answers answers) {
    return switch (part) {
      case "issuing" ->
          List.of(
              Map.of("name", "people", "common-name", named(answers, "Personen CA 1")),
              Map.of("name", "devices", "common-name", named(answers, "Geräte CA 1")));
      case "people" ->
          List.of(
              Map.of("role", "leader"),
              Map.of("role", "key-officer"),
              Map.of("role", "custodian"),
              Map.of("role", "custodian"),
              Map.of("role", "custodian"),
              Map.of("role", "witness"));
      default -> List.of();
    };
  }

  private static String named(Answers answers, String kind) {
    String organization = answers.get("organization");
    String name = organization.isEmpty() ? kind : organization + " " + kind;
    return name.length() > LONGEST_NAME ? kind : name;
  }

  /** That of an address where it says one that everybody may listen on. */
  private static String port(String address, String otherwise) {
    if (Rule.HTTPS_URL.fault(address).isPresent() && Rule.HTTP_URL.fault(address).isPresent()) {
      return otherwise;
    }
    int port = URI.create(address).getPort();
    return port > 0 ? Integer.toString(port) : otherwise;
  }
}
