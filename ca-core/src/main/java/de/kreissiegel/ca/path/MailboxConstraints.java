package de.kreissiegel.ca.path;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jspecify.annotations.Nullable;

/**
 * Name constraints on mailboxes hold for SmtpUTF8Mailbox names, too (RFC 9598 §6); Bouncy Castle
 * applies them to rfc822Name only.
 */
final class MailboxConstraints {
  private MailboxConstraints() {}

  /** The first certificate with a mailbox outside of what an authority above it allows. */
  static Optional<PathFault> fault(List<ReadCertificate> path) {
    for (int below = 0; below < path.size(); below++) {
      for (GeneralName name : NameCheck.alternativeNames(path.get(below))) {
        String mailbox = name.getTagNo() == GeneralName.otherName ? NameCheck.mailbox(name) : null;
        for (int above = below + 1; mailbox != null && above < path.size(); above++) {
          if (!allows(path.get(above), mailbox)) {
            return Optional.of(PathReason.NAME_CONSTRAINTS.at(below, mailbox));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean allows(ReadCertificate authority, String mailbox) {
    Extension extension = authority.extension(Extension.nameConstraints);
    if (extension == null) {
      return true;
    }
    NameConstraints constraints = NameConstraints.getInstance(extension.getParsedValue());
    boolean constrained = false;
    boolean permitted = false;
    for (GeneralSubtree subtree : all(constraints.getPermittedSubtrees())) {
      if (subtree.getBase().getTagNo() == GeneralName.rfc822Name) {
        constrained = true;
        permitted |= covers(subtree, mailbox);
      }
    }
    for (GeneralSubtree subtree : all(constraints.getExcludedSubtrees())) {
      if (subtree.getBase().getTagNo() == GeneralName.rfc822Name && covers(subtree, mailbox)) {
        return false;
      }
    }
    return permitted || !constrained;
  }

  /** RFC 5280 §4.2.1.10: a mailbox, all of a host, or with a point all below a domain. */
  private static boolean covers(GeneralSubtree subtree, String mailbox) {
    String base = ((ASN1String) subtree.getBase().getName()).getString();
    int at = mailbox.lastIndexOf('@');
    String host = mailbox.substring(at + 1).toLowerCase(Locale.ROOT);
    int baseAt = base.lastIndexOf('@');
    if (baseAt >= 0) {
      return mailbox.substring(0, Math.max(at, 0)).equals(base.substring(0, baseAt))
          && host.equalsIgnoreCase(base.substring(baseAt + 1));
    }
    return base.startsWith(".")
        ? host.endsWith(base.toLowerCase(Locale.ROOT))
        : host.equalsIgnoreCase(base);
  }

  private static GeneralSubtree[] all(GeneralSubtree @Nullable [] subtrees) {
    return subtrees == null ? new GeneralSubtree[0] : subtrees;
  }
}
