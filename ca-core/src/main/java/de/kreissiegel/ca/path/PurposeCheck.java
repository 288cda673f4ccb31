package de.kreissiegel.ca.path;

import de.kreissiegel.ca.policyset.PolicySet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Whether a path is good for a purpose (RFC 5280 §4.2.1.3, §4.2.1.12). */
final class PurposeCheck {
  private final PathPurpose purpose;
  private final PolicySet policySet;
  private final List<PathFault> faults = new ArrayList<>();

  private PurposeCheck(PathPurpose purpose, PolicySet policySet) {
    this.purpose = purpose;
    this.policySet = policySet;
  }

  static List<PathFault> faults(
      List<ReadCertificate> path, PathPurpose purpose, PolicySet policySet) {
    var check = new PurposeCheck(purpose, policySet);
    check.holder(path.getFirst());
    if (policySet != PolicySet.RFC5280) {
      check.authorities(path);
    }
    return check.faults;
  }

  private void holder(ReadCertificate holder) {
    Extension usage = holder.extension(Extension.keyUsage);
    if (usage != null && !purpose.allows(KeyUsage.getInstance(usage.getParsedValue()))) {
      faults.add(PathReason.PURPOSE_KEY_USAGE.at(0, purpose.configName()));
    }
    Extension extended = holder.extension(Extension.extendedKeyUsage);
    if (extended == null
        ? purpose.mustBeNamed()
        : !names(extended, purpose.mustBeNamed() || policySet.isBsi())) {
      faults.add(PathReason.PURPOSE_EXTENDED.at(0, purpose.configName() + told(extended)));
    }
    if (policySet != PolicySet.RFC5280 && holder.isAuthority()) {
      faults.add(PathReason.PURPOSE_AUTHORITY.at(0, purpose.configName()));
    }
  }

  /**
   * An authority's extKeyUsage bounds what is below it: RFC 5280 doesn't say so, the S/MIME and TLS
   * practice does. A responder of its own isn't meant.
   */
  private void authorities(List<ReadCertificate> path) {
    for (int i = 1; i < path.size(); i++) {
      Extension extended = path.get(i).extension(Extension.extendedKeyUsage);
      if (extended != null && purpose != PathPurpose.OCSP && !names(extended, false)) {
        faults.add(PathReason.PURPOSE_EXTENDED.at(i, purpose.configName() + told(extended)));
      }
    }
  }

  private boolean names(Extension extension, boolean byName) {
    ExtendedKeyUsage usage = ExtendedKeyUsage.getInstance(extension.getParsedValue());
    boolean named =
        usage.hasKeyPurposeId(
            KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose.extendedUsage())));
    if (purpose == PathPurpose.TIME_STAMP) {
      return named && (!byName || (extension.isCritical() && usage.size() == 1));
    }
    return named || (!byName && usage.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage));
  }

  private static String told(@org.jspecify.annotations.Nullable Extension extension) {
    if (extension == null) {
      return "";
    }
    return Arrays.stream(ExtendedKeyUsage.getInstance(extension.getParsedValue()).getUsages())
        .map(KeyPurposeId::getId)
        .collect(Collectors.joining(", ", ": ", ""));
  }
}
