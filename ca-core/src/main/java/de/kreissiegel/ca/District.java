package de.kreissiegel.ca;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** The district's name: the organizationName of its root. */
final class District {
  private District() {}

  static String nameFrom(AuthorityCatalog authorities) {
    // Under an external superior none is a root; all bear the district's name.
    Authority root =
        authorities.all().stream()
            .filter(Authority::isRoot)
            .findFirst()
            .or(() -> authorities.all().stream().findFirst())
            .orElseThrow();
    RDN[] organization = X500Name.getInstance(root.subjectName().toArray()).getRDNs(BCStyle.O);
    if (organization.length == 0) {
      throw new IllegalArgumentException("the root's name has no organizationName");
    }
    return IETFUtils.valueToString(organization[0].getFirst().getValue());
  }
}
