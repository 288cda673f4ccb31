package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;

/**
 * Who an officer is and for which tenants: what makes a certificate an officer's. As DER:
 *
 * <pre>
 * OfficerScope ::= SEQUENCE { person UTF8String, tenants SEQUENCE SIZE (1..64) OF UTF8String }
 * </pre>
 *
 * <p>It is the value of an attribute {@link #ATTRIBUTE} in the certificate's
 * subjectDirectoryAttributes (RFC 5280 §4.2.1.8, never critical). It isn't an extension of its own,
 * because there are programs (GnuTLS among them) that can't read a certificate whose extension has
 * an identifier with an arc of 128 bits; in an attribute they don't see it.
 *
 * @param person the person's id in the directory, as the certificate's subjectAltName has it behind
 *     {@code urn:uuid:}
 * @param tenants names of tenants as the subjects' organizationName; {@code *} for all
 */
public record OfficerScope(String person, List<String> tenants) {
  /** The extension that carries it: subjectDirectoryAttributes. */
  public static final String EXTENSION = "2.5.29.9";

  /** The attribute's type. */
  public static final String ATTRIBUTE = Identifiers.OFFICER_SCOPE.getId();

  private static final String ALL = "*";
  private static final int MOST_TENANTS = 64;
  private static final int LONGEST = 256;

  public OfficerScope {
    tenants = List.copyOf(tenants);
    if (person.isBlank() || tenants.isEmpty() || tenants.size() > MOST_TENANTS) {
      throw new IllegalArgumentException("a person, and 1 to " + MOST_TENANTS + " tenants");
    }
  }

  /**
   * Whether the officer decides for that tenant.
   *
   * @param tenant empty for what belongs to none: only who decides for all does so
   */
  public boolean covers(String tenant) {
    return tenants.contains(ALL) || !tenant.isEmpty() && tenants.contains(tenant);
  }

  /** Whether the officer may make one of that scope: nobody gives more than they have. */
  boolean covers(OfficerScope other) {
    return other.tenants().stream().allMatch(this::covers);
  }

  /** Whether that is this person, however the id is written. */
  boolean isPerson(String id) {
    return plain(person).equals(plain(id));
  }

  static String plain(String id) {
    String small = id.strip().toLowerCase(Locale.ROOT);
    return small.startsWith("urn:uuid:") ? small.substring("urn:uuid:".length()) : small;
  }

  /** The DER of the whole extension's value: SubjectDirectoryAttributes with this attribute. */
  public Bytes extensionValue() {
    DERSequence scope =
        new DERSequence(
            new org.bouncycastle.asn1.ASN1Encodable[] {
              new DERUTF8String(person),
              new DERSequence(
                  tenants.stream().map(DERUTF8String::new).toArray(DERUTF8String[]::new))
            });
    DERSequence attribute =
        new DERSequence(
            new org.bouncycastle.asn1.ASN1Encodable[] {
              Identifiers.OFFICER_SCOPE, new DERSet(scope)
            });
    return Der.encoded(new DERSequence(attribute));
  }

  /**
   * Reads one.
   *
   * @param value the DER in the extension subjectDirectoryAttributes, with this attribute alone
   * @throws MalformedEvidence if it is anything else
   */
  public static OfficerScope ofExtension(Bytes value) throws MalformedEvidence {
    DerFields attributes = DerFields.read("subjectDirectoryAttributes", value);
    DerFields attribute = DerFields.inside("attribute", attributes.sequence());
    attributes.end();
    ASN1ObjectIdentifier type = attribute.identifier();
    ASN1Sequence held = attribute.onlyInSet();
    attribute.end();
    if (!type.equals(Identifiers.OFFICER_SCOPE)) {
      throw new MalformedEvidence("the attribute is not an officer's scope");
    }
    DerFields scope = DerFields.inside("OfficerScope", held);
    String person = scope.text(LONGEST);
    List<String> tenants = scope.texts(MOST_TENANTS, LONGEST);
    scope.end();
    if (person.isBlank()) {
      throw new MalformedEvidence("OfficerScope: nobody is named");
    }
    return new OfficerScope(person, tenants);
  }
}
