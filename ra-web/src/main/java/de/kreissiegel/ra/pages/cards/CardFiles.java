package de.kreissiegel.ra.pages.cards;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.KeyAlgorithm;
import de.kreissiegel.ca.profile.Purpose;
import de.kreissiegel.ca.registration.Offer;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.encoding.CertificateFiles;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.pages.DistinguishedNames;
import de.kreissiegel.ra.pages.Fingerprint;
import de.kreissiegel.ra.pages.Words;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The files that have a computer's own tools make a key on a card, and put a certificate there. */
@Component
public class CardFiles {
  /** What the cards' tools can make; in this order, the first is what they make unless told. */
  private static final List<KeyAlgorithm> MADE_ON_CARDS =
      List.of(KeyAlgorithm.EC_P256, KeyAlgorithm.EC_P384, KeyAlgorithm.RSA);

  private static final Pattern PLACE = Pattern.compile("@\\{([a-z.-]+)}");
  private static final String WORDS = "words.";
  private static final int ID_OCTETS = 8;

  private final CertificateFiles certificates;
  private final Words words;

  CardFiles(CertificateFiles certificates, Words words) {
    this.certificates = certificates;
    this.words = words;
  }

  /**
   * Whether a key for this offer may be made on a card: one person's key that signs. What is
   * encrypted to a key that can't be copied is lost with the card; officers sign in the browser, by
   * keys that it can read; and an order has several keys.
   */
  public boolean offered(Offer offer) {
    CertificateProfile kind = offer.profile();
    return !offer.isOrder()
        && offer.subject().kind() == SubjectKind.PERSON
        && signs(kind.purpose())
        && !algorithms(kind).isEmpty();
  }

  private static boolean signs(Purpose purpose) {
    return switch (purpose) {
      case SIGNATURE, MAIL_SIGNATURE, AUTHENTICATION -> true;
      case ENCRYPTION, APPROVAL, STATUS, TIME_STAMPING -> false;
    };
  }

  private static List<KeyAlgorithm> algorithms(CertificateProfile kind) {
    return MADE_ON_CARDS.stream().filter(kind.keyAlgorithms()::contains).toList();
  }

  /** The file that makes a key and a request for this offer, which is {@link #offered}. */
  public CertificateFiles.File makeKey(CardPlatform platform, Offer offer) {
    CertificateProfile kind = offer.profile();
    List<String> names = algorithms(kind).stream().map(KeyAlgorithm::configName).toList();
    String stem = "kreissiegel-" + kind.name();
    Map<String, String> values =
        switch (platform) {
          case WINDOWS ->
              Map.of(
                  "file",
                  Quoted.powershell(stem + ".csr"),
                  "kinds",
                  names.stream().map(Quoted::powershell).collect(Collectors.joining(", ")));
          case UNIX ->
              Map.of(
                  "title",
                  Quoted.shell(words.profile(kind.name())),
                  "file",
                  Quoted.shell(stem + ".csr"),
                  "kinds",
                  Quoted.shell(String.join(" ", names)));
        };
    return file(platform, "make-key", stem + words.of("cards.file.key"), values);
  }

  /** The file that puts this certificate beside its key, and those above it where they belong. */
  public CertificateFiles.File putCertificate(
      CardPlatform platform, StoredCertificate certificate) {
    String name =
        words.profile(certificate.profile())
            + " – "
            + DistinguishedNames.commonName(certificate.subjectName());
    List<X509Certificate> above =
        certificates.issuers(certificate).stream().map(CardFiles::read).toList();
    Map<String, String> values =
        switch (platform) {
          case WINDOWS ->
              Map.of(
                  "name",
                  Quoted.powershell(name),
                  "certificate",
                  Quoted.powershell(base64(certificate.encoded())),
                  "authorities",
                  above.stream().map(CardFiles::intoStore).collect(Collectors.joining("\n")));
          case UNIX ->
              Map.of(
                  "name",
                  Quoted.shell(name),
                  "certificate",
                  Pem.certificate(certificate.encoded()).strip(),
                  "authorities",
                  above.stream()
                      .filter(one -> !isRoot(one))
                      .map(CardFiles::ontoCard)
                      .collect(Collectors.joining()));
        };
    String stem = "kreissiegel-" + certificate.profile();
    return file(platform, "put-certificate", stem + words.of("cards.file.certificate"), values);
  }

  private static String intoStore(X509Certificate authority) {
    return "  Add-Authority "
        + Quoted.powershell(isRoot(authority) ? "Root" : "CA")
        + " "
        + Quoted.powershell(base64(encoded(authority)));
  }

  /** By the same id each time, so that it comes there once. */
  private static String ontoCard(X509Certificate authority) {
    Bytes encoded = encoded(authority);
    String id = HexFormat.of().formatHex(Fingerprint.sha256(encoded)).substring(0, 2 * ID_OCTETS);
    return "cat >\"$work/authority.pem\" <<'END'\n"
        + Pem.certificate(encoded)
        + "END\nauthority "
        + Quoted.shell(id)
        + " "
        + Quoted.shell(DistinguishedNames.commonName(authority.getSubjectX500Principal().getName()))
        + "\n";
  }

  private static boolean isRoot(X509Certificate authority) {
    return authority.getSubjectX500Principal().equals(authority.getIssuerX500Principal());
  }

  private CertificateFiles.File file(
      CardPlatform platform, String template, String stem, Map<String, String> values) {
    UnaryOperator<String> quoted =
        switch (platform) {
          case WINDOWS -> Quoted::powershell;
          case UNIX -> Quoted::shell;
        };
    var all = new HashMap<>(values);
    String text = text(template + platform.ending());
    if (platform == CardPlatform.UNIX) {
      text = text.replace("@{shared}\n", text("shared.sh"));
    }
    String filled =
        PLACE
            .matcher(text)
            .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), all, quoted)));
    String ended =
        switch (platform) {
          // With a byte order mark, else Windows PowerShell 5 takes UTF-8 for its own code page.
          case WINDOWS -> "\ufeff" + filled.replace("\n", "\r\n");
          case UNIX -> filled;
        };
    return new CertificateFiles.File(
        stem + platform.ending(),
        "text/plain;charset=UTF-8",
        Bytes.of(ended.getBytes(StandardCharsets.UTF_8)));
  }

  private String value(String name, Map<String, String> values, UnaryOperator<String> quoted) {
    if (name.startsWith(WORDS)) {
      return quoted.apply(words.of("cards.script." + name.substring(WORDS.length())));
    }
    String value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("a card's file has no value for " + name);
    }
    return value;
  }

  private static String text(String resource) {
    try (InputStream in = CardFiles.class.getResourceAsStream("/cards/" + resource)) {
      if (in == null) {
        throw new IllegalStateException("no text of a card's file: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static X509Certificate read(Bytes certificate) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate.toArray()));
    } catch (CertificateException broken) {
      throw new IllegalStateException("an authority's certificate can't be read", broken);
    }
  }

  private static Bytes encoded(X509Certificate certificate) {
    try {
      return Bytes.of(certificate.getEncoded());
    } catch (CertificateException broken) {
      throw new IllegalStateException("a certificate can't be written", broken);
    }
  }

  private static String base64(Bytes der) {
    return Base64.getEncoder().encodeToString(der.toArray());
  }
}
