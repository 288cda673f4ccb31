package de.kreissiegel.ca.profile;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.PolicyQualifierId;
import org.bouncycastle.asn1.x509.PolicyQualifierInfo;

/** From a profile's words to the values of extensions, DER. */
final class ExtensionValues {
  /** S/MIME capabilities (RFC 8551 §2.5.2), by their names in profiles. */
  static final Map<String, String> CAPABILITIES =
      Map.of(
          "aes256-gcm", "2.16.840.1.101.3.4.1.46", // RFC 5084
          "aes128-gcm", "2.16.840.1.101.3.4.1.6",
          "aes256-cbc", "2.16.840.1.101.3.4.1.42", // RFC 3565
          "aes128-cbc", "2.16.840.1.101.3.4.1.2");

  private static final int LONGEST = 4096;

  private ExtensionValues() {}

  /** certificatePolicies (RFC 5280 §4.2.1.4), each with the address of its statement, if any. */
  static Bytes policies(Set<String> oids, Optional<String> statement) {
    var list = new ASN1EncodableVector();
    for (String oid : oids) {
      var policy = new ASN1ObjectIdentifier(oid);
      list.add(
          statement
              .map(uri -> new PolicyInformation(policy, new DERSequence(qualifier(uri))))
              .orElseGet(() -> new PolicyInformation(policy)));
    }
    return der(new DERSequence(list));
  }

  private static ASN1Encodable qualifier(String uri) {
    return new PolicyQualifierInfo(PolicyQualifierId.id_qt_cps, new DERIA5String(uri));
  }

  /** SMIMECapabilities in a certificate (RFC 4262 §2), the best first. */
  static Bytes capabilities(List<String> names) {
    var list = new ASN1EncodableVector();
    for (String name : names) {
      String oid = CAPABILITIES.get(name);
      if (oid == null) {
        throw new IllegalArgumentException(name);
      }
      list.add(new DERSequence(new ASN1ObjectIdentifier(oid)));
    }
    return der(new DERSequence(list));
  }

  /** TLS feature: the server must staple an OCSP answer (RFC 7633 §4.2.3.1: status_request). */
  static Bytes mustStaple() {
    return der(new DERSequence(new ASN1Integer(5)));
  }

  /**
   * An extension of the installation's own, as {@code utf8:Text}, {@code ia5:Text} or {@code
   * der:0c0454657874}, with {@code critical,} before it if it is.
   *
   * @throws IllegalArgumentException if it is none of these, or no DER
   */
  static FixedExtension own(String oid, String words) {
    boolean critical = words.startsWith("critical,");
    String rest = critical ? words.substring("critical,".length()).strip() : words;
    int colon = rest.indexOf(':');
    if (colon < 0 || rest.length() > LONGEST) {
      throw new IllegalArgumentException(words);
    }
    String text = rest.substring(colon + 1);
    Bytes value =
        switch (rest.substring(0, colon)) {
          case "utf8" -> der(new DERUTF8String(text));
          case "ia5" -> der(new DERIA5String(ascii(text)));
          case "der" -> checked(HexFormat.of().parseHex(text));
          default -> throw new IllegalArgumentException(words);
        };
    return new FixedExtension(oid, critical, value);
  }

  private static String ascii(String text) {
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static Bytes checked(byte[] octets) {
    try {
      Bytes value = Bytes.of(octets);
      if (!der(ASN1Primitive.fromByteArray(octets)).equals(value)) {
        throw new IllegalArgumentException("not DER");
      }
      return value;
    } catch (IOException | RuntimeException notOne) {
      throw new IllegalArgumentException("not DER", notOne);
    }
  }

  /** The extensions that the profile's other settings make; nobody writes them by hand. */
  static Set<String> made() {
    return new LinkedHashSet<>(
        List.of(
            "2.5.29.9",
            "2.5.29.14",
            "2.5.29.15",
            "2.5.29.17",
            "2.5.29.19",
            "2.5.29.30",
            "2.5.29.31",
            "2.5.29.32",
            "2.5.29.35",
            "2.5.29.37",
            "2.5.29.46",
            "1.3.6.1.5.5.7.1.1",
            "1.3.6.1.5.5.7.1.3",
            "1.3.6.1.5.5.7.1.24",
            "1.3.6.1.5.5.7.48.1.5",
            "1.2.840.113549.1.9.15",
            "1.3.6.1.4.1.311.25.2"));
  }

  private static Bytes der(ASN1Encodable value) {
    try {
      return Bytes.of(value.toASN1Primitive().getEncoded("DER"));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
