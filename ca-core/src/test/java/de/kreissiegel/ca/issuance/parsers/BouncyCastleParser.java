package de.kreissiegel.ca.issuance.parsers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/** Bouncy Castle, by its ASN.1 types. */
public final class BouncyCastleParser implements CertificateParser {
  private static final int BITS = 9;

  @Override
  public ReadCertificate read(byte[] octets) throws Exception {
    var certificate = new X509CertificateHolder(octets);
    Extensions extensions = certificate.getExtensions();
    return new ReadCertificate(
        certificate.getSerialNumber(),
        name(certificate.getSubject()),
        name(certificate.getIssuer()),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        HexFormat.of().formatHex(certificate.getSubjectPublicKeyInfo().getEncoded("DER")),
        certificate.getSignatureAlgorithm().getAlgorithm().getId(),
        keyUsage(KeyUsage.fromExtensions(extensions)),
        ids(ExtendedKeyUsage.fromExtensions(extensions).getUsages()),
        names(extensions),
        BasicConstraints.fromExtensions(extensions).isCA(),
        lists(CRLDistPoint.getInstance(value(extensions, Extension.cRLDistributionPoints))),
        access(AuthorityInformationAccess.fromExtensions(extensions)),
        HexFormat.of()
            .formatHex(SubjectKeyIdentifier.fromExtensions(extensions).getKeyIdentifier()),
        HexFormat.of()
            .formatHex(AuthorityKeyIdentifier.fromExtensions(extensions).getKeyIdentifierOctets()),
        policies(CertificatePolicies.fromExtensions(extensions)),
        ids(extensions.getCriticalExtensionOIDs()));
  }

  private static Object value(Extensions extensions, ASN1ObjectIdentifier id) {
    return extensions.getExtensionParsedValue(id);
  }

  private static List<String> name(X500Name name) {
    return Arrays.stream(name.getRDNs())
        .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
        .map(one -> one.getType().getId() + "=" + ((ASN1String) one.getValue()).getString())
        .toList();
  }

  private static SortedSet<Integer> keyUsage(KeyUsage usage) {
    byte[] octets = usage.getBytes();
    var bits = new TreeSet<Integer>();
    for (int bit = 0; bit < BITS; bit++) {
      if (bit / 8 < octets.length && (octets[bit / 8] & (0x80 >> bit % 8)) != 0) {
        bits.add(bit);
      }
    }
    return bits;
  }

  private static SortedSet<String> ids(Object[] all) {
    var ids = new TreeSet<String>();
    for (Object one : all) {
      ids.add(one.toString());
    }
    return ids;
  }

  private static SortedSet<String> policies(CertificatePolicies policies) {
    var ids = new TreeSet<String>();
    if (policies != null) {
      Arrays.stream(policies.getPolicyInformation())
          .forEach(one -> ids.add(one.getPolicyIdentifier().getId()));
    }
    return ids;
  }

  private static List<String> names(Extensions extensions) {
    GeneralNames names = GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
    return names == null
        ? List.of()
        : Arrays.stream(names.getNames()).map(BouncyCastleParser::name).toList();
  }

  private static String name(GeneralName name) {
    return switch (name.getTagNo()) {
      case GeneralName.rfc822Name -> "mail:" + ASN1IA5String.getInstance(name.getName());
      case GeneralName.dNSName -> "dns:" + ASN1IA5String.getInstance(name.getName());
      case GeneralName.uniformResourceIdentifier -> uri(name);
      default -> {
        OtherName other = OtherName.getInstance(name.getName());
        yield other.getTypeID().getId() + ":" + ((ASN1String) other.getValue()).getString();
      }
    };
  }

  private static String uri(GeneralName name) {
    return "uri:" + ASN1IA5String.getInstance(name.getName());
  }

  private static List<String> lists(CRLDistPoint points) {
    var addresses = new ArrayList<String>();
    for (DistributionPoint point : points.getDistributionPoints()) {
      GeneralNames names = GeneralNames.getInstance(point.getDistributionPoint().getName());
      Arrays.stream(names.getNames()).map(BouncyCastleParser::uri).forEach(addresses::add);
    }
    return addresses;
  }

  private static List<String> access(AuthorityInformationAccess access) {
    return Arrays.stream(access.getAccessDescriptions())
        .map(AccessDescription::getAccessLocation)
        .map(BouncyCastleParser::uri)
        .toList();
  }
}
