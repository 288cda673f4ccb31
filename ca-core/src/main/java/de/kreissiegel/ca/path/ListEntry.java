package de.kreissiegel.ca.path;

import java.time.Instant;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.TBSCertList;

/**
 * What a CRL says of a certificate (RFC 5280 §5.3).
 *
 * @param reason CRLReason, 0 if none is given
 */
record ListEntry(Instant revoked, int reason) {
  private static final Set<ASN1ObjectIdentifier> PROCESSED =
      Set.of(
          Extension.reasonCode,
          Extension.invalidityDate,
          Extension.instructionCode,
          Extension.certificateIssuer);

  /** Such a key may have been misused before anybody knew. */
  private static final Set<Integer> FROM_THE_BEGINNING =
      Set.of(
          CRLReason.unspecified,
          CRLReason.keyCompromise,
          CRLReason.cACompromise,
          CRLReason.aACompromise);

  /** An entry has a critical extension that nobody here knows, so the list isn't used (§5.3). */
  static final class Unknown extends Exception {
    private static final long serialVersionUID = 1L;

    Unknown() {
      super("critical entry extension", null, false, false);
    }
  }

  /** The entry of a certificate; in an indirect CRL entries say whose they are (§5.3.3). */
  static Optional<ListEntry> find(ReadList list, ReadCertificate certificate) throws Unknown {
    Optional<ListEntry> found = Optional.empty();
    X500Principal owner = list.issuer();
    Enumeration<?> entries = list.structure().getRevokedCertificateEnumeration();
    while (entries.hasMoreElements()) {
      var entry = (TBSCertList.CRLEntry) entries.nextElement();
      Extensions extensions = entry.getExtensions();
      if (extensions != null) {
        if (!PROCESSED.containsAll(Arrays.asList(extensions.getCriticalExtensionOIDs()))) {
          throw new Unknown();
        }
        owner = owner(extensions, owner);
      }
      if (entry.getUserCertificate().hasValue(certificate.structure().getSerialNumber().getValue())
          && owner.equals(certificate.issuer())) {
        found =
            Optional.of(
                new ListEntry(entry.getRevocationDate().getDate().toInstant(), reason(extensions)));
      }
    }
    return found;
  }

  boolean isRelease() {
    return reason == CRLReason.removeFromCRL;
  }

  boolean holdsAt(Instant time) {
    return FROM_THE_BEGINNING.contains(reason) || !revoked.isAfter(time);
  }

  String told() {
    return revoked + ", " + (reason <= 10 ? name(reason) : Integer.toString(reason));
  }

  private static String name(int reason) {
    return CRLReason.lookup(reason).toString().replace("CRLReason: ", "");
  }

  private static X500Principal owner(Extensions extensions, X500Principal before) {
    Extension extension = extensions.getExtension(Extension.certificateIssuer);
    if (extension == null) {
      return before;
    }
    for (GeneralName name : GeneralNames.getInstance(extension.getParsedValue()).getNames()) {
      if (name.getTagNo() == GeneralName.directoryName) {
        return ListScope.principal(name);
      }
    }
    return before;
  }

  private static int reason(@org.jspecify.annotations.Nullable Extensions extensions) {
    Extension extension = Extensions.getExtension(extensions, Extension.reasonCode);
    return extension == null
        ? CRLReason.unspecified
        : ASN1Enumerated.getInstance(extension.getParsedValue()).intValueExact();
  }
}
