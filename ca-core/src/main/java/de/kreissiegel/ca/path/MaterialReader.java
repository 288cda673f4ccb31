package de.kreissiegel.ca.path;

import de.kreissiegel.ca.x509.DerShape;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;

/** Takes certificates and CRLs out of a file's octets. */
final class MaterialReader {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");
  private static final Set<String> CERTIFICATE = Set.of("CERTIFICATE", "X509 CERTIFICATE");
  private static final String LIST = "X509 CRL";
  private static final Set<String> BUNDLE = Set.of("PKCS7", "CMS");

  private final List<Bytes> certificates = new ArrayList<>();
  private final List<Bytes> lists = new ArrayList<>();

  private MaterialReader() {}

  static PathMaterial read(byte[] octets) throws UnreadableMaterial {
    if (octets.length > PathLimits.FILE) {
      throw new UnreadableMaterial(
          "Die Datei ist größer als 64 MiB.", "The file is larger than 64 MiB.");
    }
    var reader = new MaterialReader();
    if (octets.length > 0 && octets[0] == 0x30) {
      reader.der(octets);
    } else {
      reader.pem(new String(octets, StandardCharsets.ISO_8859_1));
    }
    if (reader.certificates.isEmpty() && reader.lists.isEmpty()) {
      throw new UnreadableMaterial(
          "Die Datei enthält weder Zertifikat noch Sperrliste in PEM, DER oder PKCS#7.",
          "The file holds neither certificate nor CRL in PEM, DER or PKCS#7.");
    }
    return new PathMaterial(reader.certificates, reader.lists);
  }

  private void pem(String text) throws UnreadableMaterial {
    Matcher begin = BEGIN.matcher(text);
    int from = 0;
    while (begin.find(from)) {
      String label = begin.group(1);
      String end = "-----END " + label + "-----";
      int close = text.indexOf(end, begin.end());
      if (close < 0) {
        throw new UnreadableMaterial(
            "Einem PEM-Block fehlt die Zeile " + end + ".",
            "A PEM block lacks the line " + end + ".");
      }
      if (CERTIFICATE.contains(label) || LIST.equals(label) || BUNDLE.contains(label)) {
        block(label, decoded(text.substring(begin.end(), close)));
      }
      from = close + end.length();
    }
  }

  private static byte[] decoded(String body) throws UnreadableMaterial {
    try {
      return Base64.getDecoder().decode(body.replaceAll("[ \t\r\n]", ""));
    } catch (IllegalArgumentException wrong) {
      throw new UnreadableMaterial("Ein PEM-Block ist kein Base64.", "A PEM block is not base64.");
    }
  }

  private void block(String label, byte[] octets) throws UnreadableMaterial {
    ASN1Sequence outer = sequence(octets);
    if (BUNDLE.contains(label)) {
      bundle(outer);
    } else if (LIST.equals(label)) {
      list(octets);
    } else {
      certificate(octets);
    }
  }

  /** Tells by their form what DER octets are. */
  private void der(byte[] octets) throws UnreadableMaterial {
    ASN1Sequence outer = sequence(octets);
    if (outer.size() == 2 && outer.getObjectAt(0) instanceof ASN1ObjectIdentifier) {
      bundle(outer);
    } else if (looksLikeList(outer)) {
      list(octets);
    } else {
      certificate(octets);
    }
  }

  /** Behind its version, a TBSCertList has signature, issuer and then a time (RFC 5280 §5.1). */
  private static boolean looksLikeList(ASN1Sequence outer) {
    if (outer.size() == 0 || !(outer.getObjectAt(0) instanceof ASN1Sequence tbs)) {
      return false;
    }
    for (ASN1Encodable each : tbs) {
      if (each instanceof org.bouncycastle.asn1.ASN1UTCTime
          || each instanceof org.bouncycastle.asn1.ASN1GeneralizedTime) {
        return true;
      }
    }
    return false;
  }

  private static ASN1Sequence sequence(byte[] octets) throws UnreadableMaterial {
    if (!DerShape.holds(octets)) {
      throw malformed("DER");
    }
    try {
      return ASN1Sequence.getInstance(octets);
    } catch (RuntimeException wrong) {
      throw malformed("DER");
    }
  }

  private void bundle(ASN1Sequence outer) throws UnreadableMaterial {
    try {
      ContentInfo content = ContentInfo.getInstance(outer);
      if (!content.getContentType().equals(CMSObjectIdentifiers.signedData)) {
        throw malformed("PKCS#7 SignedData");
      }
      SignedData data = SignedData.getInstance(content.getContent());
      for (byte[] one : members(data.getCertificates())) {
        certificate(one);
      }
      for (byte[] one : members(data.getCRLs())) {
        list(one);
      }
    } catch (IOException | RuntimeException wrong) {
      throw malformed("PKCS#7 SignedData");
    }
  }

  /** Certificates and CRLs are untagged; other choices (RFC 5652 §10.2) are passed over. */
  private static List<byte[]> members(@org.jspecify.annotations.Nullable ASN1Set set)
      throws IOException {
    var members = new ArrayList<byte[]>();
    if (set != null) {
      for (ASN1Encodable each : set) {
        if (each instanceof ASN1Sequence sequence) {
          members.add(sequence.getEncoded("DER"));
        }
      }
    }
    return members;
  }

  private void certificate(byte[] octets) throws UnreadableMaterial {
    if (certificates.size() >= PathLimits.ITEMS || octets.length > PathLimits.CERTIFICATE) {
      throw tooMuch();
    }
    Bytes encoded = Bytes.of(octets);
    Library.certificate(encoded);
    certificates.add(encoded);
  }

  private void list(byte[] octets) throws UnreadableMaterial {
    if (lists.size() >= PathLimits.ITEMS) {
      throw tooMuch();
    }
    Bytes encoded = Bytes.of(octets);
    Library.list(encoded);
    lists.add(encoded);
  }

  private static UnreadableMaterial tooMuch() {
    return new UnreadableMaterial(
        "Die Datei enthält mehr als 512 Zertifikate oder Sperrlisten, oder ein Zertifikat ist"
            + " größer als 64 KiB.",
        "The file holds more than 512 certificates or CRLs, or a certificate is larger than 64"
            + " KiB.");
  }

  private static UnreadableMaterial malformed(String form) {
    return new UnreadableMaterial(
        "Das ist kein gültiges " + form + ".", "This is no valid " + form + ".");
  }
}
