package de.kreissiegel.ca.ceremony;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** What a ceremony has signed: certificates of authorities and a root's first CRL (RFC 5280). */
final class AuthorityTbs {
  private final SecureRandom random;

  AuthorityTbs(SecureRandom random) {
    this.random = random;
  }

  TBSCertificate root(X500Name name, VaultKey key, Instant notBefore, Instant notAfter)
      throws IOException {
    ExtensionsGenerator extensions = authorityExtensions(1, key);
    return certificate(name, key, name, key, notBefore, notAfter, extensions);
  }

  TBSCertificate issuing(
      StatusAddresses addresses,
      AuthorityName rootAddress,
      X500Name rootName,
      VaultKey rootKey,
      X500Name name,
      VaultKey key,
      NameSpace names,
      Instant notBefore,
      Instant notAfter)
      throws IOException {
    ExtensionsGenerator extensions = authorityExtensions(0, key);
    if (names.constrains()) {
      extensions.addExtension(Extension.nameConstraints, true, constraints(names));
    }
    issuedBy(extensions, addresses, rootAddress, rootKey);
    return certificate(rootName, rootKey, name, key, notBefore, notAfter, extensions);
  }

  /**
   * A root's key, certified by another generation of that root: self-issued, so it doesn't count
   * against path lengths (RFC 5280 §6.1.4 (l)).
   *
   * @param by the generation whose key signs, as it stands in addresses
   */
  TBSCertificate link(
      StatusAddresses addresses,
      AuthorityName by,
      X500Name name,
      VaultKey byKey,
      VaultKey key,
      Instant notBefore,
      Instant notAfter)
      throws IOException {
    ExtensionsGenerator extensions = authorityExtensions(1, key);
    issuedBy(extensions, addresses, by, byKey);
    return certificate(name, byKey, name, key, notBefore, notAfter, extensions);
  }

  private static NameConstraints constraints(NameSpace names) {
    List<GeneralSubtree> permitted = new ArrayList<>();
    names.dns().forEach(one -> permitted.add(subtree(new GeneralName(GeneralName.dNSName, one))));
    names
        .mail()
        .forEach(one -> permitted.add(subtree(new GeneralName(GeneralName.rfc822Name, one))));
    return new NameConstraints(permitted.toArray(GeneralSubtree[]::new), null);
  }

  private static GeneralSubtree subtree(GeneralName base) {
    return new GeneralSubtree(base);
  }

  private static void issuedBy(
      ExtensionsGenerator extensions,
      StatusAddresses addresses,
      AuthorityName rootAddress,
      VaultKey rootKey)
      throws IOException {
    extensions.addExtension(Extension.authorityKeyIdentifier, false, issuedBy(rootKey));
    extensions.addExtension(
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(
            new DistributionPoint[] {
              new DistributionPoint(
                  new DistributionPointName(new GeneralNames(uri(addresses.crl(rootAddress)))),
                  null,
                  null)
            }));
    extensions.addExtension(
        Extension.authorityInfoAccess,
        false,
        new AuthorityInformationAccess(
            AccessDescription.id_ad_caIssuers, uri(addresses.caCertificate(rootAddress))));
  }

  ASN1Object emptyCrl(X500Name issuer, VaultKey key, Instant thisUpdate, Instant nextUpdate)
      throws IOException {
    return crl(issuer, key, BigInteger.ONE, thisUpdate, nextUpdate, List.of());
  }

  ASN1Object crl(
      X500Name issuer,
      VaultKey key,
      BigInteger number,
      Instant thisUpdate,
      Instant nextUpdate,
      List<RevokedAuthority> revoked)
      throws IOException {
    return crl(issuer, key, issuedBy(key), number, thisUpdate, nextUpdate, revoked);
  }

  /** The same for a key that bears another identifier. */
  ASN1Object crl(
      X500Name issuer,
      VaultKey key,
      AuthorityKeyIdentifier identifier,
      BigInteger number,
      Instant thisUpdate,
      Instant nextUpdate,
      List<RevokedAuthority> revoked)
      throws IOException {
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.authorityKeyIdentifier, false, identifier);
    extensions.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
    var list = new V2TBSCertListGenerator();
    for (RevokedAuthority one : revoked) {
      list.addCRLEntry(
          new ASN1Integer(one.serial()), new Time(Date.from(one.time())), one.reason());
    }
    list.setIssuer(issuer);
    list.setSignature(algorithm(key));
    list.setThisUpdate(new Time(Date.from(thisUpdate)));
    list.setNextUpdate(new Time(Date.from(nextUpdate)));
    list.setExtensions(extensions.generate());
    return list.generateTBSCertList();
  }

  /** The signed structure: what was signed, the algorithm, the signature. */
  static Bytes assemble(ASN1Object toBeSigned, VaultKey key, Bytes signature) throws IOException {
    var parts = new ASN1EncodableVector();
    parts.add(toBeSigned);
    parts.add(algorithm(key));
    parts.add(new DERBitString(signature.toArray()));
    return Bytes.of(new DERSequence(parts).getEncoded("DER"));
  }

  private TBSCertificate certificate(
      X500Name issuer,
      VaultKey issuerKey,
      X500Name subject,
      VaultKey subjectKey,
      Instant notBefore,
      Instant notAfter,
      ExtensionsGenerator extensions) {
    var certificate = new V3TBSCertificateGenerator();
    certificate.setSerialNumber(new ASN1Integer(serial()));
    certificate.setSignature(algorithm(issuerKey));
    certificate.setIssuer(issuer);
    certificate.setSubject(subject);
    certificate.setStartDate(new Time(Date.from(notBefore)));
    certificate.setEndDate(new Time(Date.from(notAfter)));
    certificate.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(subjectKey.publicKey().toArray()));
    certificate.setExtensions(extensions.generate());
    return certificate.generateTBSCertificate();
  }

  /** 128 random bits, the topmost set so that the number is positive and of full length. */
  private BigInteger serial() {
    return new BigInteger(127, random).setBit(127);
  }

  private static ExtensionsGenerator authorityExtensions(int pathLength, VaultKey key)
      throws IOException {
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
    extensions.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    extensions.addExtension(
        Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(key)));
    return extensions;
  }

  static AuthorityKeyIdentifier issuedBy(VaultKey key) {
    return new AuthorityKeyIdentifier(identifier(key));
  }

  /** Method 1 of RFC 7093: the leftmost 160 bits of the SHA-256 of the key's BIT STRING. */
  private static byte[] identifier(VaultKey key) {
    return identifier(
        SubjectPublicKeyInfo.getInstance(key.publicKey().toArray()).getPublicKeyData().getOctets());
  }

  /** The same of the BIT STRING's content. */
  static byte[] identifier(byte[] bits) {
    return java.util.Arrays.copyOf(Bytes.of(bits).sha256().toArray(), 20);
  }

  private static GeneralName uri(URI address) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, address.toString());
  }

  private static AlgorithmIdentifier algorithm(VaultKey key) {
    return AlgorithmIdentifier.getInstance(key.signatureAlgorithm().toArray());
  }
}
