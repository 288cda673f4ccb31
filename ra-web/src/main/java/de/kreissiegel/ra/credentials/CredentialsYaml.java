package de.kreissiegel.ra.credentials;

import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Credentials as YAML: comments for the reader, double-quoted values for the machine. */
final class CredentialsYaml {
  private CredentialsYaml() {}

  static String write(DemoCredentials credentials) {
    var yaml = new YamlText();
    yaml.comment("Zugangsdaten dieser Vorführung von Kreissiegel.");
    yaml.comment("Alle Personen sind erfunden. Die Kennwörter entstanden beim ersten Start; außer");
    yaml.comment("in dieser Datei stehen sie nur im Verzeichnis der Vorführung. Wer die Datei");
    yaml.comment("ändert, ändert damit kein Kennwort.");
    addresses(yaml, credentials.addresses());
    people(yaml, credentials);
    yaml.comment("Darf das Verzeichnis der Vorführung ändern, etwa jemanden mit");
    yaml.comment("employeeType: disabled sperren (ldapmodify -H … -D … -W).");
    yaml.map("directory-admin");
    yaml.entry("dn", credentials.directoryAdmin().dn());
    yaml.entry("password", credentials.directoryAdmin().password());
    yaml.comment(
        "Öffnet die Schlüsseldateien der Registrierungsstellen, officers/ANMELDENAME.p12.");
    yaml.comment("Wer genehmigt, unterschreibt damit; die Seite fragt einmal danach.");
    yaml.comment("Und die Dateien officers/ANMELDENAME-login.p12: in den Browser importiert,");
    yaml.comment("melden sich Registrierungsstellen, Revision und Benutzerservice an.");
    yaml.topEntry("officer-key-password", credentials.officerKeyPassword());
    yaml.comment("Entsperrt die Schlüssel der Wurzelinstanz und der Zeremonie (er unterschreibt");
    yaml.comment("Richtlinien). Beide sind gesperrt und erst in der nächsten Zeremonie nötig.");
    yaml.topEntry("root-passphrase", credentials.rootPassphrase());
    return yaml.toString();
  }

  private static void addresses(YamlText yaml, DemoCredentials.Addresses addresses) {
    yaml.comment("Wohin: Seiten und REST (web), Anmeldung mit Zertifikat (certificate-door),");
    yaml.comment(
        "OCSP, Sperrlisten und CA-Zertifikate (validation), LDAP-Verzeichnis (directory).");
    yaml.map("addresses");
    yaml.entry("web", addresses.web().toString());
    yaml.entry("certificate-door", addresses.certificateDoor().toString());
    yaml.entry("validation", addresses.validation().toString());
    yaml.entry("directory", addresses.directory().toString());
  }

  private static void people(YamlText yaml, DemoCredentials credentials) {
    yaml.comment(
        "Wer sich anmelden kann: auf den Seiten und an der REST-Schnittstelle (HTTP Basic).");
    yaml.comment("Ein Kennwort öffnet nur, was einem selbst gehört, nie ein Amt.");
    yaml.map("people");
    for (DemoRole role : DemoRole.values()) {
      var person = credentials.person(role);
      yaml.innerMap(role.key());
      yaml.innerEntry("role", person.role());
      yaml.innerEntry("name", person.name());
      yaml.innerEntry("login", person.login());
      yaml.innerEntry("password", person.password());
      yaml.innerEntry("tenant", person.tenant());
    }
  }

  static DemoCredentials read(String text, String source) throws CredentialsUnreadable {
    var root = YamlNode.root(parse(text, source), source);
    var people = new EnumMap<DemoRole, DemoCredentials.Person>(DemoRole.class);
    for (DemoRole role : DemoRole.values()) {
      people.put(role, person(root.map("people").map(role.key())));
    }
    var addresses = root.map("addresses");
    var admin = root.map("directory-admin");
    return new DemoCredentials(
        new DemoCredentials.Addresses(
            addresses.address("web"),
            addresses.address("certificate-door"),
            addresses.address("validation"),
            addresses.address("directory")),
        people,
        new DemoCredentials.DirectoryAdmin(admin.text("dn"), admin.text("password")),
        root.text("officer-key-password"),
        root.text("root-passphrase"));
  }

  private static DemoCredentials.Person person(YamlNode node) throws CredentialsUnreadable {
    return new DemoCredentials.Person(
        node.text("role"),
        node.text("name"),
        node.text("login"),
        node.text("password"),
        node.text("tenant"));
  }

  private static Object parse(String text, String source) throws CredentialsUnreadable {
    try {
      var settings = LoadSettings.builder().setLabel(source).setAllowDuplicateKeys(false).build();
      Object document = new Load(settings).loadFromString(text);
      return document == null ? Map.of() : document;
    } catch (YamlEngineException fault) {
      throw new CredentialsUnreadable(source + " is not YAML: " + firstLine(fault));
    }
  }

  // The later lines of the parser's message quote the file, and with it perhaps a password.
  private static String firstLine(YamlEngineException fault) {
    var message = String.valueOf(fault.getMessage());
    return message.lines().findFirst().orElse("unreadable");
  }

  static URI uri(String text, String name) throws CredentialsUnreadable {
    try {
      var address = URI.create(text);
      if (address.getScheme() != null && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new CredentialsUnreadable(name + " is not an address: " + text);
  }
}
