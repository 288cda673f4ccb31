package de.kreissiegel.ca.lint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;

/** For each lint what it passes, and what it catches. */
final class LintCases {
  private final Map<String, List<LintCase>> cases = new LinkedHashMap<>();

  /**
   * @param passes clean
   * @param caught the same, but for one change
   */
  record LintCase(String lint, Trial passes, List<Trial> caught) {
    @Override
    public String toString() {
      return lint;
    }
  }

  LintCases() {
    FieldCases.add(this);
    NameCases.add(this);
    ExtensionCases.add(this);
    AlternativeNameCases.add(this);
    UsageCases.add(this);
    StatusCases.add(this);
    BsiCases.add(this);
    AdministrationCases.add(this);
    PrivacyCases.add(this);
    HouseCases.add(this);
    KeyCases.add(this);
  }

  Map<String, List<LintCase>> all() {
    return cases;
  }

  /** One lint, one certificate that is clean, and changes to it that are each caught. */
  @SafeVarargs
  final LintCases trips(String lint, Trial passes, UnaryOperator<Trial>... changes) {
    List<Trial> caught = new ArrayList<>();
    for (UnaryOperator<Trial> change : changes) {
      caught.add(change.apply(passes));
    }
    cases.computeIfAbsent(lint, _ -> new ArrayList<>()).add(new LintCase(lint, passes, caught));
    return this;
  }

  /** The same, of a change to the octets. */
  @SafeVarargs
  final LintCases edited(String lint, Trial passes, UnaryOperator<Tbs>... changes) {
    List<Trial> caught = new ArrayList<>();
    for (UnaryOperator<Tbs> change : changes) {
      caught.add(passes.edit(change));
    }
    cases.computeIfAbsent(lint, _ -> new ArrayList<>()).add(new LintCase(lint, passes, caught));
    return this;
  }

  static ASN1Encodable utf8(String text) {
    return new DERUTF8String(text);
  }

  static ASN1Encodable printable(String text) {
    return new DERPrintableString(text);
  }

  static ASN1Encodable ia5(String text) {
    return new DERIA5String(text);
  }

  static ASN1Encodable oids(Collection<String> oids) {
    return Tbs.sequence(
        oids.stream().sorted().map(oid -> (ASN1Encodable) new ASN1ObjectIdentifier(oid)).toList());
  }

  static UnaryOperator<Tbs> commonName(String name) {
    return tbs -> tbs.withAttribute(Oids.CN, utf8(name));
  }

  static UnaryOperator<Tbs> names(GeneralName... names) {
    return tbs -> tbs.withExtension(Oids.SUBJECT_ALT_NAME, false, new GeneralNames(names));
  }

  static GeneralName mail(String mail) {
    return new GeneralName(GeneralName.rfc822Name, mail);
  }

  static GeneralName dns(String name) {
    return new GeneralName(GeneralName.dNSName, name);
  }

  static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
  }

  /** Bit n of the argument is bit n of keyUsage. */
  static ASN1Encodable keyUsage(int bits) {
    int flags = 0;
    for (int bit = 0; bit < 9; bit++) {
      if ((bits >> bit & 1) != 0) {
        flags |= bit == 8 ? KeyUsage.decipherOnly : 0x80 >> bit;
      }
    }
    return new KeyUsage(flags);
  }
}
