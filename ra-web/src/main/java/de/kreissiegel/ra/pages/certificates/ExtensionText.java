package de.kreissiegel.ra.pages.certificates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** The extensions that our certificates have, as text; others as octets. */
final class ExtensionText {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  /** RFC 5280 §4.2, RFC 6960 §4.2.2.2.1, RFC 7633. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("2.5.29.14", "subjectKeyIdentifier"),
          Map.entry("2.5.29.15", "keyUsage"),
          Map.entry("2.5.29.17", "subjectAltName"),
          Map.entry("2.5.29.19", "basicConstraints"),
          Map.entry("2.5.29.31", "cRLDistributionPoints"),
          Map.entry("2.5.29.32", "certificatePolicies"),
          Map.entry("2.5.29.35", "authorityKeyIdentifier"),
          Map.entry("2.5.29.37", "extKeyUsage"),
          Map.entry("1.3.6.1.5.5.7.1.1", "authorityInfoAccess"),
          Map.entry("1.3.6.1.5.5.7.48.1.5", "ocsp-nocheck"),
          Map.entry("1.3.6.1.5.5.7.1.24", "tlsfeature"));

  private static final Map<String, String> PURPOSES =
      Map.of(
          "1.3.6.1.5.5.7.3.1", "serverAuth",
          "1.3.6.1.5.5.7.3.2", "clientAuth",
          "1.3.6.1.5.5.7.3.4", "emailProtection",
          "1.3.6.1.5.5.7.3.9", "OCSPSigning",
          "1.3.6.1.5.5.7.3.17", "ipsecIKE",
          "1.3.6.1.5.5.7.3.36", "documentSigning",
          "1.3.6.1.5.5.7.48.1", "ocsp",
          "1.3.6.1.5.5.7.48.2", "caIssuers");

  private static final Map<Integer, String> USAGES = usages();

  private ExtensionText() {}

  /** What RFC 5280 calls it; the OID where it doesn't. */
  static String name(String oid) {
    return NAMES.getOrDefault(oid, oid);
  }

  /**
   * Its value.
   *
   * @param wrapped the OCTET STRING that holds it, DER
   */
  static String value(String oid, byte[] wrapped) {
    var octets = ASN1OctetString.getInstance(wrapped).getOctets();
    try {
      var value = ASN1Primitive.fromByteArray(octets);
      return switch (name(oid)) {
        case "subjectKeyIdentifier" ->
            COLONS.formatHex(SubjectKeyIdentifier.getInstance(value).getKeyIdentifier());
        case "authorityKeyIdentifier" ->
            COLONS.formatHex(AuthorityKeyIdentifier.getInstance(value).getKeyIdentifierOctets());
        case "keyUsage" -> keyUsage(KeyUsage.getInstance(value));
        case "extKeyUsage" -> purposes(ExtendedKeyUsage.getInstance(value));
        case "subjectAltName" -> names(GeneralNames.getInstance(value));
        case "basicConstraints" -> constraints(BasicConstraints.getInstance(value));
        case "cRLDistributionPoints" -> points(CRLDistPoint.getInstance(value));
        case "authorityInfoAccess" -> access(AuthorityInformationAccess.getInstance(value));
        case "certificatePolicies" ->
            lines(
                Arrays.stream(CertificatePolicies.getInstance(value).getPolicyInformation())
                    .map(policy -> policy.getPolicyIdentifier().getId()));
        case "ocsp-nocheck" -> "NULL";
        default -> COLONS.formatHex(octets);
      };
    } catch (java.io.IOException | IllegalArgumentException _) {
      return COLONS.formatHex(octets);
    }
  }

  private static String keyUsage(KeyUsage usage) {
    return USAGES.entrySet().stream()
        .filter(bit -> usage.hasUsages(bit.getKey()))
        .map(Map.Entry::getValue)
        .collect(Collectors.joining(", "));
  }

  private static String purposes(ExtendedKeyUsage usage) {
    return Arrays.stream(usage.getUsages())
        .map(purpose -> PURPOSES.getOrDefault(purpose.getId(), purpose.getId()))
        .collect(Collectors.joining(", "));
  }

  private static String constraints(BasicConstraints constraints) {
    if (!constraints.isCA()) {
      return "cA=FALSE";
    }
    var length = constraints.getPathLenConstraint();
    return length == null ? "cA=TRUE" : "cA=TRUE, pathLenConstraint=" + length;
  }

  private static String names(GeneralNames names) {
    return lines(Arrays.stream(names.getNames()).map(ExtensionText::name));
  }

  private static String name(GeneralName name) {
    ASN1Encodable value = name.getName();
    return switch (name.getTagNo()) {
      case GeneralName.rfc822Name -> "rfc822Name " + value;
      case GeneralName.dNSName -> "dNSName " + value;
      case GeneralName.uniformResourceIdentifier -> "URI " + value;
      case GeneralName.directoryName -> "directoryName " + value;
      default -> name.toString();
    };
  }

  private static String points(CRLDistPoint points) {
    List<String> found = new ArrayList<>();
    for (var point : points.getDistributionPoints()) {
      var where = point.getDistributionPoint();
      if (where != null && where.getType() == DistributionPointName.FULL_NAME) {
        found.add(names(GeneralNames.getInstance(where.getName())));
      }
    }
    return String.join("\n", found);
  }

  private static String access(AuthorityInformationAccess access) {
    return lines(
        Arrays.stream(access.getAccessDescriptions())
            .map(
                description -> {
                  var method = description.getAccessMethod().getId();
                  return PURPOSES.getOrDefault(method, method)
                      + " "
                      + name(description.getAccessLocation());
                }));
  }

  private static String lines(Stream<String> parts) {
    return parts.collect(Collectors.joining("\n"));
  }

  private static Map<Integer, String> usages() {
    var usages = new LinkedHashMap<Integer, String>();
    usages.put(KeyUsage.digitalSignature, "digitalSignature");
    usages.put(KeyUsage.nonRepudiation, "nonRepudiation");
    usages.put(KeyUsage.keyEncipherment, "keyEncipherment");
    usages.put(KeyUsage.dataEncipherment, "dataEncipherment");
    usages.put(KeyUsage.keyAgreement, "keyAgreement");
    usages.put(KeyUsage.keyCertSign, "keyCertSign");
    usages.put(KeyUsage.cRLSign, "cRLSign");
    return usages;
  }
}
