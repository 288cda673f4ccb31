package de.kreissiegel.ra.peer.story;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.credentials.DemoCredentials.Person;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The directory's administrator, who has OpenLDAP's command line and nothing of ours. */
final class DirectoryClient {
  private static final Pattern DN = Pattern.compile("(?m)^dn: (.*)$");

  private final PeerSession ldapsearch;
  private final PeerSession ldapmodify;
  private final DemoCredentials credentials;

  DirectoryClient(PeerSession ldapsearch, PeerSession ldapmodify, DemoCredentials credentials) {
    this.ldapsearch = ldapsearch;
    this.ldapmodify = ldapmodify;
    this.credentials = credentials;
  }

  /** The certificate is in the person's entry, within twenty seconds. */
  void findsCertificate(Person person, Path pem) throws Exception {
    String wanted = "userCertificate;binary:: " + base64(pem);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    Output found = search(person);
    while (!found.text().contains(wanted) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(200);
      found = search(person);
    }
    String text = found.text();
    ldapsearch.sees("the certificate in the entry", () -> assertThat(text).contains(wanted));
  }

  /** Changes one attribute of one entry; nobody of ours is told. */
  void disables(Person person, Path folder) throws Exception {
    var dn = DN.matcher(search(person).text());
    ldapsearch.sees("the entry", () -> assertThat(dn.find()).isTrue());
    Path change = folder.resolve("disable.ldif");
    Files.writeString(
        change,
        "dn: %s\nchangetype: modify\nreplace: employeeType\nemployeeType: disabled\n"
            .formatted(dn.group(1)));
    Output output =
        ldapmodify.run(
            "-x",
            "-H",
            credentials.addresses().directory().toString(),
            "-D",
            credentials.directoryAdmin().dn(),
            "-w",
            credentials.directoryAdmin().password(),
            "-f",
            change.toString());
    ldapmodify.sees("the change taken", () -> assertThat(output.exit()).isZero());
  }

  private Output search(Person person) throws Exception {
    return ldapsearch.run(
        "-x",
        "-LLL",
        "-o",
        "ldif-wrap=no",
        "-H",
        credentials.addresses().directory().toString(),
        "-D",
        credentials.directoryAdmin().dn(),
        "-w",
        credentials.directoryAdmin().password(),
        "-b",
        "dc=hassberge,dc=example",
        "(uid=" + person.login() + ")",
        "userCertificate;binary");
  }

  private static String base64(Path pem) throws Exception {
    String text =
        Files.readString(pem, StandardCharsets.ISO_8859_1)
            .replaceAll("(?s).*-----BEGIN CERTIFICATE-----", "");
    return Base64.getEncoder()
        .encodeToString(
            Base64.getMimeDecoder().decode(text.replaceAll("(?s)-----END CERTIFICATE.*", "")));
  }
}
