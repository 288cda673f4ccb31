package de.kreissiegel.ca.issuance.parsers;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code openssl x509}, by what it prints. */
public final class OpensslParser implements CertificateParser {
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "countryName", "2.5.4.6",
          "organizationName", "2.5.4.10",
          "commonName", "2.5.4.3",
          "serialNumber", "2.5.4.5");
  private static final List<String> BITS =
      List.of(
          "Digital Signature",
          "Non Repudiation",
          "Key Encipherment",
          "Data Encipherment",
          "Key Agreement",
          "Certificate Sign",
          "CRL Sign",
          "Encipher Only",
          "Decipher Only");
  private static final Map<String, String> USAGES =
      Map.of(
          "TLS Web Server Authentication", "1.3.6.1.5.5.7.3.1",
          "TLS Web Client Authentication", "1.3.6.1.5.5.7.3.2",
          "E-mail Protection", "1.3.6.1.5.5.7.3.4",
          "Time Stamping", "1.3.6.1.5.5.7.3.8",
          "OCSP Signing", "1.3.6.1.5.5.7.3.9",
          "ipsec Internet Key Exchange", "1.3.6.1.5.5.7.3.17",
          "Microsoft Smartcard Login", "1.3.6.1.4.1.311.20.2.2");
  private static final Map<String, String> OTHER_NAMES =
      Map.of("UPN", "1.3.6.1.4.1.311.20.2.3", "SmtpUTF8Mailbox", "1.3.6.1.5.5.7.8.9");
  private static final Map<String, String> EXTENSIONS =
      Map.of(
          "X509v3 Key Usage", "2.5.29.15",
          "X509v3 Basic Constraints", "2.5.29.19",
          "X509v3 Extended Key Usage", "2.5.29.37");
  private static final Map<String, String> SIGNATURES =
      Map.of("ecdsa-with-SHA256", "1.2.840.10045.4.3.2");
  private static final Pattern ATTRIBUTE = Pattern.compile(" {4}(\\w+) *= (.*)");
  private static final Pattern HEADING = Pattern.compile(" {12}(\\S.*?): ?(critical)?");
  private static final Pattern URI = Pattern.compile("URI:(\\S+)");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PUBLIC KEY-----(.*?)-----END PUBLIC KEY-----", Pattern.DOTALL);

  private final Path file;

  /**
   * @param folder for a file that is written over each time
   */
  public OpensslParser(Path folder) {
    this.file = folder.resolve("certificate.der");
  }

  @Override
  public ReadCertificate read(byte[] certificate) throws Exception {
    Files.write(file, certificate);
    String facts =
        ask(
            "-pubkey -serial -dates -dateopt iso_8601 -subject -issuer",
            "multiline,utf8,-esc_msb,-esc_ctrl");
    String text = ask("-text -certopt no_pubkey,no_sigdump", "oneline,utf8,-esc_msb");
    return new ReadCertificate(
        new BigInteger(line(facts, "serial="), 16),
        name(facts, "subject="),
        name(facts, "issuer="),
        time(line(facts, "notBefore=")),
        time(line(facts, "notAfter=")),
        publicKey(facts),
        SIGNATURES.get(line(text, "        Signature Algorithm: ")),
        keyUsage(extension(text, "X509v3 Key Usage")),
        usages(extension(text, "X509v3 Extended Key Usage")),
        names(extension(text, "X509v3 Subject Alternative Name")),
        extension(text, "X509v3 Basic Constraints").contains("CA:TRUE"),
        addresses(extension(text, "X509v3 CRL Distribution Points")),
        addresses(extension(text, "Authority Information Access")),
        octets(extension(text, "X509v3 Subject Key Identifier")),
        octets(extension(text, "X509v3 Authority Key Identifier")),
        policies(extension(text, "X509v3 Certificate Policies")),
        critical(text));
  }

  private String ask(String options, String nameOptions) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("openssl", "x509", "-inform", "DER", "-noout", "-in"));
    command.add(file.toString());
    command.addAll(List.of("-nameopt", nameOptions));
    command.addAll(Arrays.asList(options.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " said: " + said);
    }
    return said;
  }

  private static String line(String text, String prefix) {
    return text.lines()
        .filter(line -> line.startsWith(prefix))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(prefix + " is not in " + text))
        .substring(prefix.length())
        .strip();
  }

  private static List<String> name(String facts, String heading) {
    return facts
        .lines()
        .dropWhile(line -> !line.startsWith(heading))
        .skip(1)
        .takeWhile(line -> line.startsWith("    "))
        .map(ATTRIBUTE::matcher)
        .filter(Matcher::matches)
        .map(found -> ATTRIBUTES.get(found.group(1)) + "=" + found.group(2))
        .toList();
  }

  private static Instant time(String text) {
    return Instant.parse(text.replace(' ', 'T'));
  }

  private static String publicKey(String facts) {
    Matcher key = KEY.matcher(facts);
    if (!key.find()) {
      throw new IllegalStateException("no key in " + facts);
    }
    return HexFormat.of().formatHex(Base64.getDecoder().decode(key.group(1).replaceAll("\\s", "")));
  }

  /** What stands under the heading of an extension, its lines joined; empty if it has none. */
  private static String extension(String text, String name) {
    return String.join(
        "\n",
        text.lines()
            .dropWhile(line -> !line.startsWith("            " + name + ":"))
            .skip(1)
            .takeWhile(line -> line.isBlank() || line.startsWith(" ".repeat(16)))
            .filter(line -> !line.isBlank())
            .map(String::strip)
            .toList());
  }

  private static SortedSet<String> critical(String text) {
    var ids = new TreeSet<String>();
    text.lines()
        .map(HEADING::matcher)
        .filter(found -> found.matches() && found.group(2) != null)
        .forEach(found -> ids.add(EXTENSIONS.getOrDefault(found.group(1), found.group(1))));
    return ids;
  }

  private static SortedSet<Integer> keyUsage(String text) {
    var bits = new TreeSet<Integer>();
    for (String word : text.split(", ")) {
      bits.add(BITS.indexOf(word));
    }
    return bits;
  }

  private static SortedSet<String> usages(String text) {
    var ids = new TreeSet<String>();
    for (String word : text.split(", ")) {
      ids.add(USAGES.getOrDefault(word, word));
    }
    return ids;
  }

  private static List<String> names(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(", (?=(email|DNS|URI|othername):)"))
            .map(OpensslParser::name)
            .toList();
  }

  private static String name(String text) {
    String value = text.substring(text.indexOf(':') + 1).strip();
    return switch (text.substring(0, text.indexOf(':'))) {
      case "email" -> "mail:" + value;
      case "DNS" -> "dns:" + value;
      case "URI" -> "uri:" + value;
      default ->
          OTHER_NAMES.getOrDefault(value.substring(0, value.indexOf("::")), value)
              + value.substring(value.indexOf("::") + 1);
    };
  }

  private static List<String> addresses(String text) {
    return URI.matcher(text).results().map(found -> "uri:" + found.group(1)).toList();
  }

  private static String octets(String text) {
    return text.replaceFirst("keyid:", "").replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
  }

  private static SortedSet<String> policies(String text) {
    var ids = new TreeSet<String>();
    text.lines()
        .filter(line -> line.startsWith("Policy: "))
        .forEach(line -> ids.add(line.substring("Policy: ".length())));
    return ids;
  }
}
