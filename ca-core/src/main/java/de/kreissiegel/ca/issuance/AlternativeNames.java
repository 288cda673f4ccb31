package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.Presence;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.MailAddress;
import de.kreissiegel.ca.registration.SystemTenant;
import de.kreissiegel.ca.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.asn1.x509.TBSCertificate;

/**
 * subjectAltName (RFC 5280 §4.2.1.6): what the profile wants of what the directory holds, and
 * people say.
 */
final class AlternativeNames {
  /** How a URI begins that is a Windows account's security identifier (KB5014754). */
  static final String WINDOWS_SID = "tag:microsoft.com,2022-09-14:sid:";

  private static final String DNS = "dns:";
  private static final String MAIL = "mail:";
  private static final ASN1ObjectIdentifier PRINCIPAL_NAME =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3");
  private static final ASN1ObjectIdentifier SMTP_UTF8_MAILBOX =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.9");

  private AlternativeNames() {}

  /** As {@code dns:…}, {@code mail:…}, {@code upn:…}, {@code uri:…}. */
  static List<String> of(CertificateProfile profile, CertificateRequest.Content content) {
    if (SystemTenant.owns(content)) {
      return content.wishes(); // they come from the configuration
    }
    Subject subject = content.subject();
    var names = new ArrayList<String>();
    if (profile.fields().allow(Field.DNS, FieldSource.DIRECTORY)) {
      subject.dnsName().ifPresent(name -> names.add(DNS + name.toLowerCase(Locale.ROOT)));
    }
    content.values().of(Field.DNS).forEach(name -> names.add(DNS + name));
    if (profile.fields().allow(Field.MAIL, FieldSource.DIRECTORY)) {
      subject
          .mail()
          .filter(mail -> MailAddress.fits(mail, profile))
          .ifPresent(mail -> names.add(MAIL + mail));
    }
    content.values().of(Field.MAIL).forEach(mail -> names.add(MAIL + mail));
    if (profile.windowsAccount() != Presence.NEVER) {
      subject
          .windowsAccount()
          .ifPresent(
              account -> {
                names.add("upn:" + account.principalName());
                names.add("uri:" + WINDOWS_SID + account.securityIdentifier());
              });
    }
    if (profile.entryUri()) {
      uuid(subject).ifPresent(uuid -> names.add("uri:urn:uuid:" + uuid));
    }
    return names.stream().distinct().toList();
  }

  static Optional<GeneralNames> encoded(List<String> names) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new GeneralNames(names.stream().map(AlternativeNames::name).toArray(GeneralName[]::new)));
  }

  /** The names of a certificate as text, separated by a space; empty if it has none. */
  static String textOf(TBSCertificate certificate) {
    GeneralNames names =
        GeneralNames.fromExtensions(certificate.getExtensions(), Extension.subjectAlternativeName);
    if (names == null) {
      return "";
    }
    var texts = new ArrayList<String>();
    for (GeneralName name : names.getNames()) {
      if (name.getName() instanceof ASN1String text) {
        texts.add(prefix(name.getTagNo()) + text.getString());
      } else if (name.getTagNo() == GeneralName.otherName) {
        other(OtherName.getInstance(name.getName())).ifPresent(texts::add);
      }
    }
    return String.join(" ", texts);
  }

  private static GeneralName name(String name) {
    int colon = name.indexOf(':');
    String value = name.substring(colon + 1);
    return switch (name.substring(0, colon + 1)) {
      case DNS -> new GeneralName(GeneralName.dNSName, value);
      case MAIL ->
          MailAddress.isInternational(value)
              ? other(SMTP_UTF8_MAILBOX, value)
              : new GeneralName(GeneralName.rfc822Name, value);
      case "upn:" -> other(PRINCIPAL_NAME, value);
      case "uri:" -> new GeneralName(GeneralName.uniformResourceIdentifier, value);
      default -> throw new IllegalArgumentException("no such kind of name: " + name);
    };
  }

  private static GeneralName other(ASN1ObjectIdentifier type, String value) {
    return new GeneralName(GeneralName.otherName, new OtherName(type, new DERUTF8String(value)));
  }

  private static Optional<String> other(OtherName name) {
    if (!(name.getValue() instanceof ASN1String text)) {
      return Optional.empty();
    }
    return name.getTypeID().equals(PRINCIPAL_NAME)
        ? Optional.of("upn:" + text.getString())
        : name.getTypeID().equals(SMTP_UTF8_MAILBOX)
            ? Optional.of(MAIL + text.getString())
            : Optional.empty();
  }

  private static String prefix(int tag) {
    return switch (tag) {
      case GeneralName.dNSName -> DNS;
      case GeneralName.rfc822Name -> MAIL;
      case GeneralName.uniformResourceIdentifier -> "uri:";
      default -> "other:";
    };
  }

  private static Optional<UUID> uuid(Subject subject) {
    try {
      return Optional.of(UUID.fromString(subject.id().value()));
    } catch (IllegalArgumentException another) {
      return Optional.empty(); // a directory whose ids are not UUIDs
    }
  }
}
