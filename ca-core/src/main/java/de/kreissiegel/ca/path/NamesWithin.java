package de.kreissiegel.ca.path;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.jce.provider.PKIXNameConstraintValidator;
import org.bouncycastle.jce.provider.PKIXNameConstraintValidatorException;

/**
 * Which names certificates below some authorities may bear (nameConstraints, RFC 5280 §4.2.1.10),
 * for who is about to make one: a relying party would refuse it later.
 */
public final class NamesWithin {
  private final List<NameConstraints> constraints;

  private NamesWithin(List<NameConstraints> constraints) {
    this.constraints = List.copyOf(constraints);
  }

  /**
   * Below these authorities.
   *
   * @param authorities their certificates, DER, the anchor's included, whose constraints hold, too
   *     (RFC 5937)
   */
  public static NamesWithin of(List<Bytes> authorities) {
    var found = new ArrayList<NameConstraints>();
    for (Bytes one : authorities) {
      NameConstraints its =
          NameConstraints.getInstance(
              Extensions.getExtensionParsedValue(
                  Certificate.getInstance(one.toArray()).getTBSCertificate().getExtensions(),
                  Extension.nameConstraints));
      if (its != null) {
        found.add(its);
      }
    }
    return new NamesWithin(found);
  }

  /**
   * What is wrong with the names of a certificate.
   *
   * @param subject DER of the Name
   * @param alternativeNames DER of the GeneralNames, if there are some
   * @return a sentence; empty if they are within all constraints
   */
  public Optional<String> fault(Bytes subject, Optional<Bytes> alternativeNames) {
    if (constraints.isEmpty()) {
      return Optional.empty();
    }
    var validator = new PKIXNameConstraintValidator();
    for (NameConstraints one : constraints) {
      if (one.getPermittedSubtrees() != null) {
        validator.intersectPermittedSubtree(one.getPermittedSubtrees());
      }
      if (one.getExcludedSubtrees() != null) {
        for (GeneralSubtree subtree : one.getExcludedSubtrees()) {
          validator.addExcludedSubtree(subtree);
        }
      }
    }
    try {
      ASN1Sequence name = ASN1Sequence.getInstance(subject.toArray());
      validator.checkPermittedDN(name);
      validator.checkExcludedDN(name);
      if (alternativeNames.isPresent()) {
        for (GeneralName one :
            GeneralNames.getInstance(alternativeNames.get().toArray()).getNames()) {
          validator.checkPermitted(one);
          validator.checkExcluded(one);
        }
      }
      return Optional.empty();
    } catch (PKIXNameConstraintValidatorException outside) {
      return Optional.of(
          "a name is outside of what the authorities above allow (nameConstraints): "
              + Words.safe(String.valueOf(outside.getMessage())));
    }
  }
}
