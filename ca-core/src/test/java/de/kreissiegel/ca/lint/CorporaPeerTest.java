package de.kreissiegel.ca.lint;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.Needed;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The certificates of others, good and broken ones, before all lints: NIST's PKITS and the vectors
 * of pyca/cryptography, as Debian packs them ({@code python3-cryptography-vectors}). What was found
 * goes to {@code target/peers/lints.txt}.
 */
@Tag("peer")
class CorporaPeerTest {
  private static final Path CORPORA =
      Path.of("/usr/lib/python3/dist-packages/cryptography_vectors");
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");
  private static final Linter LINTER = Linter.alone();

  /** By file, the ids of the lints that tripped. */
  private static final Map<String, TreeSet<String>> FOUND = new TreeMap<>();

  private static int certificates;
  private static int files;

  @BeforeAll
  static void lintAll() throws IOException {
    Needed.peer("python3-cryptography-vectors", Files.isDirectory(CORPORA));
    try (Stream<Path> all = Files.walk(CORPORA)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        lint(file);
      }
    }
    Path report = Path.of("target", "peers", "lints.txt");
    Files.createDirectories(report.getParent());
    List<String> lines = new ArrayList<>();
    lines.add(files + " files, " + certificates + " certificates");
    FOUND.forEach((file, lints) -> lines.add(file + ": " + String.join(" ", lints)));
    Files.write(report, lines);
  }

  private static void lint(Path file) throws IOException {
    byte[] octets = Files.readAllBytes(file);
    files++;
    // Whatever it is, as it is: a linter may be handed anything.
    LINTER.findings(Bytes.of(octets), LintContext.unknown());
    for (Bytes certificate : certificates(octets)) {
      Linter.toBeSigned(certificate)
          .ifPresent(
              tbs -> {
                RsaModuli.of(certificate);
                TreeSet<String> ids =
                    FOUND.computeIfAbsent(
                        CORPORA.relativize(file).toString(), _ -> new TreeSet<>());
                for (LintFinding finding : LINTER.findings(tbs, LintContext.unknown())) {
                  ids.add(finding.lint().id());
                }
                // CRLs have three parts, too.
                certificates += ids.contains("rfc5280.form") ? 0 : 1;
              });
    }
  }

  private static List<Bytes> certificates(byte[] octets) {
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    Matcher blocks = BLOCK.matcher(text);
    List<Bytes> found = new ArrayList<>();
    while (blocks.find()) {
      found.add(Bytes.of(Base64.getMimeDecoder().decode(blocks.group(1))));
    }
    return found.isEmpty() ? List.of(Bytes.of(octets)) : found;
  }

  @Test
  void readsThemAllWithoutACrash() {
    assertThat(files).isGreaterThan(1000);
    assertThat(certificates).isGreaterThan(500);
  }

  @Test
  void findsWhatTheirMakersPutIn() {
    trips("x509/custom/negative_serial.pem", "rfc5280.serial-positive");
    trips("x509/custom/invalid_version.pem", "rfc5280.version");
    trips("x509/custom/bad_country.pem", "rfc5280.name-country");
    trips("x509/custom/two_basic_constraints.pem", "rfc5280.extension-duplicate");
    trips("x509/custom/unsupported_extension_critical.pem", "rfc5280.extension-critical-unknown");
    trips("x509/custom/unsupported_extension.pem", "house.extension-unknown");
    trips("x509/custom/basic_constraints_not_critical.pem", "rfc5280.basic-constraints");
    trips("x509/custom/all_key_usages.pem", "bsi.one-purpose");
    trips("x509/custom/san_registered_id.pem", "house.name-forms");
    trips("x509/custom/san_wildcard_idna.pem", "bsi.wildcard");
    trips("x509/custom/dsa_selfsigned_ca.pem", "bsi.key-algorithm");
    trips("x509/custom/ec_no_named_curve.pem", "rfc5280.key-parameters");
    trips("x509/custom/nc_permitted.pem", "rfc5280.extension-ca-only");
    trips("x509/custom/cp_user_notice_with_notice_reference.pem", "rfc5280.policy-qualifiers");
    trips("x509/PKITS_data/certs/GoodCACert.crt", "bsi.signature-pkcs1");
    trips("x509/PKITS_data/certs/ValidCertificatePathTest1EE.crt", "bsi.rsa-size");
  }

  private static void trips(String file, String lint) {
    assertThat(FOUND).containsKey(file);
    assertThat(FOUND.get(file)).as(file).contains(lint);
  }

  @Test
  void findsNoFaultOfRfc5280InAValidCertificateOfNist() {
    assertThat(FOUND.get("x509/PKITS_data/certs/ValidCertificatePathTest1EE.crt"))
        .filteredOn(id -> id.startsWith("rfc5280.") && !id.equals("rfc5280.basic-constraints"))
        .isEmpty();
  }
}
