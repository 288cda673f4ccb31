package de.kreissiegel.ca.issuance.parsers;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * The JDK. What its interface has no method for is taken from how it describes a certificate, which
 * is its own reading, too.
 */
public final class JdkParser implements CertificateParser {
  private static final Map<String, String> ATTRIBUTES =
      Map.of("2.5.4.3", "CN", "2.5.4.5", "SERIALNUMBER", "2.5.4.6", "C", "2.5.4.10", "O");
  private static final Pattern URI = Pattern.compile("URIName: ([^\\s\\],]+)");
  private static final Pattern OCTETS = Pattern.compile("[0-9A-F]{4}: ((?:[0-9A-F]{2}[ -]+)+)");
  private static final Pattern POLICY = Pattern.compile("CertificatePolicyId: \\[([0-9.]+)\\]");

  @Override
  public ReadCertificate read(byte[] octets) throws Exception {
    var certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509", "SUN")
                .generateCertificate(new ByteArrayInputStream(octets));
    // Without the signature, which would be taken for what stands before it.
    String text = certificate.toString().replaceFirst("(?s)\\n {2}Algorithm: \\[.*", "");
    return new ReadCertificate(
        certificate.getSerialNumber(),
        name(certificate.getSubjectX500Principal()),
        name(certificate.getIssuerX500Principal()),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        HexFormat.of().formatHex(certificate.getPublicKey().getEncoded()),
        certificate.getSigAlgOID(),
        keyUsage(certificate.getKeyUsage()),
        new TreeSet<>(certificate.getExtendedKeyUsage()),
        names(certificate),
        certificate.getBasicConstraints() >= 0,
        all(URI, described(text, "2.5.29.31"), "uri:"),
        all(URI, described(text, "1.3.6.1.5.5.7.1.1"), "uri:"),
        identifier(described(text, "2.5.29.14")),
        identifier(described(text, "2.5.29.35")),
        new TreeSet<>(all(POLICY, described(text, "2.5.29.32"), "")),
        new TreeSet<>(certificate.getCriticalExtensionOIDs()));
  }

  /** The part of the description that is about an extension; empty if it has none. */
  private static String described(String all, String extension) {
    int begins = all.indexOf("ObjectId: " + extension + " ");
    if (begins < 0) {
      return "";
    }
    int ends = all.indexOf("ObjectId: ", begins + 1);
    return all.substring(begins, ends < 0 ? all.length() : ends);
  }

  private static List<String> all(Pattern pattern, String text, String prefix) {
    return pattern.matcher(text).results().map(found -> prefix + found.group(1)).toList();
  }

  private static String identifier(String text) {
    var hex = new StringBuilder();
    Matcher line = OCTETS.matcher(text);
    while (line.find()) {
      hex.append(line.group(1).replaceAll("[ -]", "").toLowerCase(Locale.ROOT));
    }
    return hex.toString();
  }

  /** Relative names the other way round than RFC 4514 writes them. */
  private static List<String> name(X500Principal principal) throws Exception {
    var attributes = new ArrayList<String>();
    for (Rdn rdn : new LdapName(principal.getName(X500Principal.RFC2253, ATTRIBUTES)).getRdns()) {
      String id =
          ATTRIBUTES.entrySet().stream()
              .filter(one -> one.getValue().equals(rdn.getType()))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse(rdn.getType());
      attributes.add(id + "=" + rdn.getValue());
    }
    return attributes;
  }

  private static SortedSet<Integer> keyUsage(boolean[] usage) {
    var bits = new TreeSet<Integer>();
    for (int bit = 0; bit < usage.length; bit++) {
      if (usage[bit]) {
        bits.add(bit);
      }
    }
    return bits;
  }

  private static List<String> names(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names == null ? List.of() : names.stream().map(JdkParser::alternative).toList();
  }

  private static String alternative(List<?> name) {
    return switch ((Integer) name.getFirst()) {
      case 0 -> name.get(2) + ":" + name.get(3);
      case 1 -> "mail:" + name.get(1);
      case 2 -> "dns:" + name.get(1);
      case 6 -> "uri:" + name.get(1);
      default -> name.toString();
    };
  }
}
