package de.kreissiegel.ldap.publish;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import de.kreissiegel.ca.publication.EntryRefused;
import de.kreissiegel.ca.publication.Posting;
import java.util.List;
import java.util.Locale;

/**
 * Where a posting stands.
 *
 * @param dn the entry
 * @param classes of an entry that is made
 * @param attributes that hold the posting's values, each all of them; as they are written
 * @param placeholders attributes that an entry has to have when it is made: one octet 0, as Windows
 *     writes it
 * @param shared whether values of others stand there, too
 */
record Place(
    DN dn,
    List<String> classes,
    List<String> attributes,
    List<String> placeholders,
    boolean shared) {
  private static final List<String> LISTS =
      List.of("authorityRevocationList", "certificateRevocationList");

  /**
   * An entry of its own below the base: {@code cRLDistributionPoint} and {@code pkiCA} (RFC 4523
   * §3.2, §3.3).
   */
  static Place standard(Posting posting, String base) throws LDAPException, EntryRefused {
    if (posting.kind() == Posting.Kind.LOGON_AUTHORITY) {
      throw new EntryRefused("only an Active Directory has NTAuthCertificates");
    }
    return new Place(
        below(posting.entry(), base),
        List.of("top", "cRLDistributionPoint", "pkiCA"),
        attributes(posting.kind()).stream().map(name -> name + ";binary").toList(),
        List.of(),
        false);
  }

  /** In the containers of an Active Directory's {@code CN=Public Key Services}. */
  static Place windows(Posting posting, String services) throws LDAPException {
    List<String> attributes = attributes(posting.kind());
    List<String> authority = List.of("top", "certificationAuthority");
    return switch (posting.kind()) {
      case CERTIFICATES ->
          new Place(
              below(posting.entry(), "CN=AIA," + services), authority, attributes, LISTS, false);
      case LOGON_AUTHORITY ->
          new Place(below("NTAuthCertificates", services), authority, attributes, LISTS, true);
      case LIST, LIST_OF_AUTHORITIES, DELTA ->
          new Place(
              below(posting.entry(), "CN=CDP," + services),
              List.of("top", "cRLDistributionPoint"),
              attributes,
              List.of(),
              false);
    };
  }

  private static DN below(String name, String parent) throws LDAPException {
    return new DN(new RDN("cn", name), new DN(parent));
  }

  private static List<String> attributes(Posting.Kind kind) {
    return switch (kind) {
      case CERTIFICATES, LOGON_AUTHORITY -> List.of("cACertificate");
      case LIST -> List.of("certificateRevocationList");
      case LIST_OF_AUTHORITIES -> List.of("certificateRevocationList", "authorityRevocationList");
      case DELTA -> List.of("deltaRevocationList");
    };
  }

  /** The class that lets an entry hold this which somebody else made. */
  String holdingClass() {
    boolean deltas = attributes.getFirst().toLowerCase(Locale.ROOT).startsWith("delta");
    return deltas ? "deltaCRL" : "pkiCA";
  }
}
