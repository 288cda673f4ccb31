package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Presence;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.SystemTenant;
import de.kreissiegel.ca.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.TBSCertificate;

/** subjectAltName (RFC 5280 §4.2.1.6): what the profile wants of what the directory holds. */
final class AlternativeNames {
  private static final String DNS = "dns:";

  private AlternativeNames() {}

  /** As {@code dns:…}, {@code mail:…}, {@code uri:…}. */
  static List<String> of(CertificateProfile profile, CertificateRequest.Content content) {
    if (SystemTenant.owns(content)) {
      return content.wishes(); // they come from the configuration
    }
    Subject subject = content.subject();
    var names = new ArrayList<String>();
    if (profile.dnsName() != Presence.NEVER) {
      subject.dnsName().ifPresent(name -> names.add(DNS + name.toLowerCase(Locale.ROOT)));
    }
    if (profile.mail() != Presence.NEVER) {
      subject.mail().ifPresent(mail -> names.add("mail:" + mail));
    }
    if (profile.entryUri()) {
      uuid(subject).ifPresent(uuid -> names.add("uri:urn:uuid:" + uuid));
    }
    return List.copyOf(names);
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
      }
    }
    return String.join(" ", texts);
  }

  private static GeneralName name(String name) {
    int colon = name.indexOf(':');
    String value = name.substring(colon + 1);
    return switch (name.substring(0, colon + 1)) {
      case DNS -> new GeneralName(GeneralName.dNSName, value);
      case "mail:" -> new GeneralName(GeneralName.rfc822Name, value);
      case "uri:" -> new GeneralName(GeneralName.uniformResourceIdentifier, value);
      default -> throw new IllegalArgumentException("no such kind of name: " + name);
    };
  }

  private static String prefix(int tag) {
    return switch (tag) {
      case GeneralName.dNSName -> DNS;
      case GeneralName.rfc822Name -> "mail:";
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
