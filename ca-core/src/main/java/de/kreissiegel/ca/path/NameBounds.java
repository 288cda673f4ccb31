package de.kreissiegel.ca.path;

import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jspecify.annotations.Nullable;

/** How many comparisons name constraints (RFC 5280 §4.2.1.10) would take, before they are made. */
final class NameBounds {
  private NameBounds() {}

  /**
   * Whether names times subtrees, or subtrees times subtrees, are more than {@link
   * PathLimits#NAME_COMPARISONS}.
   */
  static boolean isTooMuch(List<ReadCertificate> path) {
    long names = 0;
    long subtrees = 0;
    for (ReadCertificate certificate : path) {
      names += names(certificate);
      subtrees += subtrees(certificate);
    }
    return (names + subtrees) * subtrees > PathLimits.NAME_COMPARISONS;
  }

  private static long names(ReadCertificate certificate) {
    Extension extension = certificate.extension(Extension.subjectAlternativeName);
    long alternative =
        extension == null
            ? 0
            : GeneralNames.getInstance(extension.getParsedValue()).getNames().length;
    return alternative + 1;
  }

  private static long subtrees(ReadCertificate certificate) {
    Extension extension = certificate.extension(Extension.nameConstraints);
    if (extension == null) {
      return 0;
    }
    NameConstraints constraints = NameConstraints.getInstance(extension.getParsedValue());
    return count(constraints.getPermittedSubtrees()) + count(constraints.getExcludedSubtrees());
  }

  private static long count(GeneralSubtree @Nullable [] subtrees) {
    return subtrees == null ? 0 : subtrees.length;
  }
}
