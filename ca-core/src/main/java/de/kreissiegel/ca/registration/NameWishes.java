package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.WindowsAccount;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;

/**
 * The names that a PKCS#10 request wishes for. A wish never becomes a name by itself: the directory
 * must hold the same, and its spelling is what the certificate gets; or the profile lets the
 * applicant set that field, and officers see that only they said it.
 */
final class NameWishes {
  private static final String PRINCIPAL_NAME = "1.3.6.1.4.1.311.20.2.3";
  private static final String SID = "tag:microsoft.com,2022-09-14:sid:";
  private static final String PSEUDONYM_MARK = "PN:";
  private static final int MOST = 20;
  private static final int LONGEST = 256;

  private final List<String> wishes = new ArrayList<>();

  private NameWishes() {}

  /**
   * Takes the wishes out of a request.
   *
   * @throws Refused BAD_DATA_FORMAT if they can't be read, BAD_CERT_TEMPLATE if they are too many,
   *     too long, or for a CA certificate
   */
  static List<String> in(CertificationRequestInfo info) throws Refused {
    var found = new NameWishes();
    try {
      for (RDN rdn : info.getSubject().getRDNs()) {
        for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
          found.readAttribute(attribute);
        }
      }
      if (info.getAttributes() != null) {
        for (ASN1Encodable attribute : info.getAttributes()) {
          found.readAttribute(Attribute.getInstance(attribute));
        }
      }
    } catch (RuntimeException unreadable) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "the names in the request can't be read");
    }
    return found.wishes;
  }

  /**
   * Holds the wishes against the directory. What it doesn't confirm is the applicant's word, where
   * the profile lets them set that field.
   *
   * @param said what the applicant says of fields beside the request
   * @return that, and the wishes that are the applicant's word
   * @throws Refused BAD_CERT_TEMPLATE with the first one that is neither
   */
  static Map<Field, List<String>> settle(
      List<String> wishes,
      Subject subject,
      CertificateProfile profile,
      Map<Field, List<String>> said)
      throws Refused {
    Map<Field, List<String>> all = new EnumMap<>(Field.class);
    said.forEach((field, values) -> all.put(field, new ArrayList<>(values)));
    for (String wish : wishes) {
      int colon = wish.indexOf(':');
      String name = wish.substring(colon + 1);
      Optional<Field> field = fieldOf(wish.substring(0, colon), name, profile);
      if (field.isPresent() && profile.fields().forbid(field.get())
          || field.isEmpty() && profile.pseudonymous()) {
        throw new Refused(
            RefusalReason.BAD_CERT_TEMPLATE,
            "%s never holds the name %s".formatted(profile.name(), Words.clean(wish)));
      }
      if (isConfirmed(wish.substring(0, colon), name, subject)
              && (field.isEmpty() || heardFromDirectory(field.get(), profile))
          || field.isPresent() && isSaid(field.get(), name, wishes, all)) {
        continue;
      }
      if (field.isEmpty() || !profile.fields().allow(field.get(), FieldSource.APPLICANT)) {
        throw new Refused(
            RefusalReason.BAD_CERT_TEMPLATE,
            "the directory does not confirm the name " + Words.clean(wish));
      }
      all.computeIfAbsent(field.get(), _ -> new ArrayList<>()).add(name);
    }
    return all;
  }

  private static Optional<Field> fieldOf(String kind, String name, CertificateProfile profile) {
    return switch (kind) {
      case "cn" ->
          Optional.of(
              profile.pseudonymous() && name.startsWith(PSEUDONYM_MARK)
                  ? Field.PSEUDONYM
                  : Field.COMMON_NAME);
      case "mail" -> Optional.of(Field.MAIL);
      case "dns" -> Optional.of(Field.DNS);
      default -> Optional.empty();
    };
  }

  private static boolean heardFromDirectory(Field field, CertificateProfile profile) {
    return profile.fields().of(field).isEmpty()
        || profile.fields().allow(field, FieldSource.DIRECTORY);
  }

  /** Whether the field says it already, or, as programs write it, the name repeats a DNS name. */
  private static boolean isSaid(
      Field field, String name, List<String> wishes, Map<Field, List<String>> said) {
    return switch (field) {
      case COMMON_NAME ->
          holds(said, Field.COMMON_NAME, name)
              || holds(said, Field.DNS, name)
              || wishes.stream().anyMatch(wish -> wish.equalsIgnoreCase("dns:" + name));
      case PSEUDONYM -> holds(said, Field.PSEUDONYM, Pseudonyms.withoutMark(name));
      case MAIL, DNS, VALIDITY -> holds(said, field, name);
    };
  }

  private static boolean holds(Map<Field, List<String>> said, Field field, String name) {
    return said.getOrDefault(field, List.of()).stream().anyMatch(name::equalsIgnoreCase);
  }

  private static boolean isConfirmed(String kind, String name, Subject subject) {
    return switch (kind) {
      case "cn" -> isCalled(subject, name);
      case "mail" -> same(subject.mail(), name);
      case "dns" -> same(subject.dnsName(), name);
      case "upn" -> same(subject.windowsAccount().map(WindowsAccount::principalName), name);
      case "uri" ->
          name.equalsIgnoreCase("urn:uuid:" + subject.id())
              || subject
                  .windowsAccount()
                  .filter(account -> name.equals(SID + account.securityIdentifier()))
                  .isPresent();
      default -> false;
    };
  }

  private void readAttribute(AttributeTypeAndValue attribute) throws Refused {
    if (attribute.getType().equals(BCStyle.CN)) {
      add("cn", text(attribute.getValue()));
    } else if (attribute.getType().equals(BCStyle.EmailAddress)) {
      add("mail", text(attribute.getValue()));
    }
    // Organisation, place and the like come from the directory alone; who wrote them is not heard.
  }

  private void readAttribute(Attribute attribute) throws Refused {
    if (!attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
      return;
    }
    for (ASN1Encodable value : attribute.getAttrValues()) {
      Extensions extensions = Extensions.getInstance(value);
      BasicConstraints basic = BasicConstraints.fromExtensions(extensions);
      if (basic != null && basic.isCA()) {
        throw new Refused(RefusalReason.BAD_CERT_TEMPLATE, "no CA certificate can be applied for");
      }
      GeneralNames names =
          GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
      if (names != null) {
        for (GeneralName name : names.getNames()) {
          readName(name);
        }
      }
    }
  }

  private void readName(GeneralName name) throws Refused {
    switch (name.getTagNo()) {
      case GeneralName.rfc822Name -> add("mail", text(name.getName()));
      case GeneralName.dNSName -> add("dns", text(name.getName()));
      case GeneralName.uniformResourceIdentifier -> add("uri", text(name.getName()));
      case GeneralName.otherName -> readOther(OtherName.getInstance(name.getName()));
      default -> add("other", "[" + name.getTagNo() + "]");
    }
  }

  private void readOther(OtherName name) throws Refused {
    if (name.getTypeID().getId().equals(PRINCIPAL_NAME)) {
      add("upn", text(name.getValue()));
    } else {
      add("other", name.getTypeID().getId());
    }
  }

  private void add(String kind, String name) throws Refused {
    if (name.isEmpty()) {
      return;
    }
    if (wishes.size() == MOST || name.length() > LONGEST) {
      throw new Refused(RefusalReason.BAD_CERT_TEMPLATE, "too many names, or too long ones");
    }
    String wish = kind + ":" + name;
    if (!wishes.contains(wish)) {
      wishes.add(wish);
    }
  }

  private static String text(ASN1Encodable value) {
    return ((ASN1String) value).getString();
  }

  private static boolean isCalled(Subject subject, String name) {
    var names = new ArrayList<String>();
    names.add(subject.commonName());
    names.add("GRP: " + subject.commonName());
    subject.mail().ifPresent(names::add);
    subject.dnsName().ifPresent(names::add);
    subject.login().ifPresent(names::add);
    subject
        .givenName()
        .flatMap(given -> subject.surname().map(surname -> given + " " + surname))
        .ifPresent(names::add);
    return names.stream().anyMatch(known -> same(Optional.of(known), name));
  }

  private static boolean same(Optional<String> known, String wished) {
    return known.filter(value -> folded(value).equals(folded(wished))).isPresent();
  }

  private static String folded(String name) {
    return Normalizer.normalize(name.strip(), Normalizer.Form.NFC)
        .replaceAll("\\s+", " ")
        .toLowerCase(Locale.ROOT);
  }
}
