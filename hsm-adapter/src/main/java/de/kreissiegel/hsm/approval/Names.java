package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.nist.NISTNamedCurves;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;

/** What a certificate calls its subject, as text; malformed values stand as hexadecimal digits. */
final class Names {
  private static final Map<String, String> OTHER_NAMES =
      Map.of("1.3.6.1.4.1.311.20.2.3", "UPN", "1.3.6.1.5.5.7.8.9", "Mail");

  private Names() {}

  /** A kind of name, as {@code CN} or {@code DNS}, and the name. */
  record One(String kind, String name) {}

  static void check(Bytes subject, Bytes alternativeNames) throws MalformedEvidence {
    parts(subject);
    if (alternativeNames.length() > 0) {
      Der.read("subjectAltName", alternativeNames, GeneralNames::getInstance);
    }
  }

  static List<One> ofSubject(Bytes subject) {
    try {
      return parts(subject);
    } catch (MalformedEvidence _) {
      return List.of(new One("?", subject.toHex()));
    }
  }

  private static List<One> parts(Bytes subject) throws MalformedEvidence {
    X500Name name = Der.read("subject", subject, X500Name::getInstance);
    List<One> names = new ArrayList<>();
    try {
      for (RDN rdn : name.getRDNs()) {
        for (AttributeTypeAndValue part : rdn.getTypesAndValues()) {
          Optional<String> kind =
              Optional.ofNullable(BCStyle.INSTANCE.oidToDisplayName(part.getType()));
          names.add(new One(kind.orElse(part.getType().getId()), text(part.getValue())));
        }
      }
      return names;
    } catch (RuntimeException _) {
      // Bouncy Castle looks into a name only when asked for its parts.
      throw new MalformedEvidence("subject can't be read");
    }
  }

  static List<One> ofAlternatives(Bytes alternativeNames) {
    if (alternativeNames.length() == 0) {
      return List.of();
    }
    try {
      return Stream.of(
              Der.read("subjectAltName", alternativeNames, GeneralNames::getInstance).getNames())
          .map(
              name ->
                  name.getTagNo() == GeneralName.otherName
                      ? other(name.getName())
                      : new One(kind(name.getTagNo()), text(name.getName())))
          .toList();
    } catch (MalformedEvidence _) {
      return List.of(new One("?", alternativeNames.toHex()));
    }
  }

  /** One whose type says what it is; of others all octets are shown. */
  private static One other(ASN1Encodable name) {
    OtherName other = OtherName.getInstance(name);
    String type = other.getTypeID().getId();
    return new One(OTHER_NAMES.getOrDefault(type, type), text(other.getValue()));
  }

  /** The names of those kinds of GeneralName, in small letters, as they compare. */
  static List<String> comparable(Bytes alternativeNames, int... tags) {
    List<String> kinds = java.util.Arrays.stream(tags).mapToObj(Names::kind).toList();
    return ofAlternatives(alternativeNames).stream()
        .filter(one -> kinds.contains(one.kind()))
        .map(one -> one.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Its kind, and SHA-256 of its SubjectPublicKeyInfo. */
  static String publicKey(Bytes publicKey) {
    return keyKind(publicKey) + ", SHA-256 " + Digests.sha256(publicKey.toArray()).toHex();
  }

  private static String keyKind(Bytes publicKey) {
    try {
      SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(publicKey.toArray());
      ASN1ObjectIdentifier kind = key.getAlgorithm().getAlgorithm();
      if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
        return "RSA " + RSAPublicKey.getInstance(key.parsePublicKey()).getModulus().bitLength();
      }
      if (key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve) {
        return Optional.ofNullable(NISTNamedCurves.getName(curve))
            .or(() -> Optional.ofNullable(ECNamedCurveTable.getName(curve)))
            .orElse(curve.getId());
      }
      return kind.getId();
    } catch (java.io.IOException | RuntimeException _) {
      return "?";
    }
  }

  private static String text(ASN1Encodable value) {
    return value instanceof ASN1String text ? text.getString() : Der.encoded(value).toHex();
  }

  private static String kind(int tag) {
    return switch (tag) {
      case GeneralName.rfc822Name -> "Mail";
      case GeneralName.dNSName -> "DNS";
      case GeneralName.uniformResourceIdentifier -> "URI";
      default -> "[" + tag + "]";
    };
  }
}
