package de.kreissiegel.ca.path;

import de.kreissiegel.ca.policyset.PolicySet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;
import org.jspecify.annotations.Nullable;

/** Whether a certificate has a name, in subjectAltName; a commonName is none (RFC 9525 §2). */
final class NameCheck {
  /** id-on-SmtpUTF8Mailbox (RFC 9598 §3). */
  static final ASN1ObjectIdentifier SMTP_UTF8_MAILBOX =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.9");

  private NameCheck() {}

  static List<PathFault> faults(
      ReadCertificate holder, List<ExpectedName> wanted, PolicySet policySet) {
    GeneralName[] names = alternativeNames(holder);
    var faults = new ArrayList<PathFault>();
    for (ExpectedName one : wanted) {
      boolean there =
          switch (one) {
            case ExpectedName.Dns dns -> hasHost(names, dns);
            case ExpectedName.Mail mail ->
                hasMailbox(names, mail)
                    || (!policySet.isBsi() && hasMailboxInSubject(holder, mail));
            case ExpectedName.Address address -> hasAddress(names, address);
          };
      if (!there) {
        faults.add(PathReason.NAME.at(0, one.toString()));
      }
    }
    return faults;
  }

  static GeneralName[] alternativeNames(ReadCertificate holder) {
    Extension extension = holder.extension(Extension.subjectAlternativeName);
    return extension == null
        ? new GeneralName[0]
        : GeneralNames.getInstance(extension.getParsedValue()).getNames();
  }

  private static boolean hasHost(GeneralName[] names, ExpectedName.Dns wanted) {
    return Arrays.stream(names)
        .filter(name -> name.getTagNo() == GeneralName.dNSName)
        .map(name -> text(name.getName()))
        .anyMatch(presented -> matchesHost(presented, wanted.name()));
  }

  /** RFC 9525 §6.3: a wildcard is the whole left-most label and stands for exactly one. */
  private static boolean matchesHost(@Nullable String presented, String wanted) {
    if (presented == null) {
      return false;
    }
    String lower = presented.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("*.")) {
      return lower.equals(wanted);
    }
    int point = wanted.indexOf('.');
    return point > 0
        && wanted.indexOf('.', point + 1) > 0
        && lower.substring(1).equals(wanted.substring(point));
  }

  private static boolean hasMailbox(GeneralName[] names, ExpectedName.Mail wanted) {
    return Arrays.stream(names)
        .map(NameCheck::mailbox)
        .anyMatch(presented -> matchesMailbox(presented, wanted));
  }

  /** The mailbox that a name is, of either kind; null if it is none. */
  static @Nullable String mailbox(GeneralName name) {
    if (name.getTagNo() == GeneralName.rfc822Name) {
      return text(name.getName());
    }
    if (name.getTagNo() == GeneralName.otherName) {
      OtherName other = OtherName.getInstance(name.getName());
      if (other.getTypeID().equals(SMTP_UTF8_MAILBOX)
          && other.getValue() instanceof ASN1UTF8String mailbox) {
        return mailbox.getString();
      }
    }
    return null;
  }

  private static boolean matchesMailbox(@Nullable String presented, ExpectedName.Mail wanted) {
    if (presented == null) {
      return false;
    }
    int at = presented.lastIndexOf('@');
    return at > 0
        && presented.substring(0, at).equals(wanted.local())
        && presented.substring(at + 1).equalsIgnoreCase(wanted.domain());
  }

  /** RFC 8550 §3 still lets agents take emailAddress of the subject; the BSI's sets don't. */
  private static boolean hasMailboxInSubject(ReadCertificate holder, ExpectedName.Mail wanted) {
    return Arrays.stream(holder.structure().getSubject().getRDNs(BCStyle.EmailAddress))
        .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
        .filter(attribute -> attribute.getType().equals(BCStyle.EmailAddress))
        .anyMatch(attribute -> matchesMailbox(text(attribute.getValue()), wanted));
  }

  private static boolean hasAddress(GeneralName[] names, ExpectedName.Address wanted) {
    return Arrays.stream(names)
        .filter(name -> name.getTagNo() == GeneralName.iPAddress)
        .map(name -> ASN1OctetString.getInstance(name.getName()).getOctets())
        .anyMatch(presented -> Arrays.equals(presented, wanted.octets().toArray()));
  }

  private static @Nullable String text(ASN1Encodable value) {
    return value instanceof ASN1String string ? string.getString() : null;
  }
}
