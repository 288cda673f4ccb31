package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.registration.FieldValues;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Distinguished names of subjects: {@code C=DE, O=tenant, CN=name, serialNumber=opaque}. */
final class SubjectNames {
  /** ub-organization-name (RFC 5280 Appendix A.1). */
  private static final int LONGEST_ORGANIZATION = 64;

  private SubjectNames() {}

  /**
   * The name of a subject.
   *
   * @param values what people said of its name, if anything
   */
  static X500Name of(Subject subject, FieldValues values, String organization) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.C, new DERPrintableString("DE"))
        .addRDN(BCStyle.O, new DERUTF8String(organization(organization)))
        .addRDN(BCStyle.CN, new DERUTF8String(commonName(subject, values)))
        .addRDN(BCStyle.SERIALNUMBER, new DERPrintableString(distinction(subject, values)))
        .build();
  }

  private static String commonName(Subject subject, FieldValues values) {
    return values
        .pseudonym()
        .map(pseudonym -> FieldValues.PSEUDONYM_MARK + pseudonym.name())
        .orElseGet(
            () ->
                PersonName.commonName(
                    values.one(Field.COMMON_NAME).map(subject::called).orElse(subject)));
  }

  /** Of a pseudonym: by that of the person it would stand beside their name. */
  private static String distinction(Subject subject, FieldValues values) {
    return values
        .pseudonym()
        .map(pseudonym -> distinction("pseudonym " + pseudonym.folded()))
        .orElseGet(() -> distinction(subject.id()));
  }

  static String organization(String name) {
    return PersonName.cut(PersonName.tidy(name), LONGEST_ORGANIZATION);
  }

  /**
   * Tells namesakes apart (BSI TR-02103 §2.2.6), also one who comes after the other left; says
   * nothing about the person.
   */
  static String distinction(SubjectId id) {
    return distinction("subject " + id);
  }

  private static String distinction(String whose) {
    Bytes hash = Bytes.of(("kreissiegel " + whose).getBytes(StandardCharsets.UTF_8)).sha256();
    return HexFormat.of().withUpperCase().formatHex(hash.toArray(), 0, 10);
  }
}
