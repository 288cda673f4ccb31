package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.Structures.CertificateDraft;
import de.kreissiegel.hsm.signing.TestKeys;
import de.kreissiegel.hsm.signing.VaultKey;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Certificates as {@link SamplePolicy} wants them; a test changes what it is about. */
final class SampleCertificates {
  private SampleCertificates() {}

  static CertificateDraft mail(VaultKey issuer) throws Exception {
    return certificate(
            issuer,
            TestKeys.p256(),
            "C=DE,O=Stadt Haßfurt,CN=Anna Amsel",
            KeyUsage.keyAgreement,
            SamplePolicy.EMAIL_PROTECTION)
        .extension(Extension.subjectAlternativeName, false, names(mailbox("anna@hassfurt.example")))
        .extension(Extension.authorityInfoAccess, false, access(SamplePolicy.OCSP));
  }

  static CertificateDraft server(VaultKey issuer) throws Exception {
    return certificate(
            issuer,
            TestKeys.p256(),
            "C=DE,O=Stadt Ebern,CN=www.ebern.example",
            KeyUsage.digitalSignature,
            SamplePolicy.SERVER_AUTH)
        .extension(Extension.subjectAlternativeName, false, names(dns("www.ebern.example")))
        .extension(Extension.authorityInfoAccess, false, access(SamplePolicy.OCSP));
  }

  /** For the issuer's own key, the only one in the vault. */
  static CertificateDraft responder(VaultKey issuer) throws Exception {
    CertificateDraft draft =
        certificate(
                issuer,
                TestKeys.p256(),
                "C=DE,O=Landkreis Test,CN=OCSP",
                KeyUsage.digitalSignature,
                SamplePolicy.OCSP_SIGNING)
            .extension(Extension.authorityInfoAccess, false, access(""))
            .extension(
                new ASN1ObjectIdentifier(ObjectNames.OCSP_NO_CHECK), false, DERNull.INSTANCE);
    setKey(draft, issuer.publicKey().toArray());
    return draft;
  }

  private static CertificateDraft certificate(
      VaultKey issuer, KeyPair subject, String name, int usage, String extendedUsage)
      throws Exception {
    CertificateDraft draft = Structures.certificate(SamplePolicy.NOW, issuer);
    draft.subject = new X500Name(name);
    draft
        .extension(Extension.authorityKeyIdentifier, false, issuedBy(issuer.publicKey().toArray()))
        .extension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(new byte[20]))
        .extension(Extension.keyUsage, true, new KeyUsage(usage))
        .extension(Extension.basicConstraints, true, new BasicConstraints(false))
        .extension(Extension.extendedKeyUsage, false, usages(extendedUsage))
        .extension(Extension.cRLDistributionPoints, false, crl(SamplePolicy.CRL));
    setKey(draft, subject.getPublic().getEncoded());
    return draft;
  }

  /** With the subjectKeyIdentifier that goes with it. */
  static void setKey(CertificateDraft draft, byte[] publicKey) throws Exception {
    draft.publicKey = publicKey;
    replace(
        draft,
        Extension.subjectKeyIdentifier,
        false,
        new SubjectKeyIdentifier(keyIdentifier(publicKey)));
  }

  static void replace(
      CertificateDraft draft, ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    remove(draft, id);
    draft.extension(id, critical, value);
  }

  static void remove(CertificateDraft draft, ASN1ObjectIdentifier id) {
    draft.extensions.removeIf(extension -> extension.getExtnId().equals(id));
  }

  /** RFC 7093 §2, method 1, without the code under test. */
  private static byte[] keyIdentifier(byte[] publicKey) throws Exception {
    return Arrays.copyOf(
        MessageDigest.getInstance("SHA-256")
            .digest(SubjectPublicKeyInfo.getInstance(publicKey).getPublicKeyData().getOctets()),
        20);
  }

  static AuthorityKeyIdentifier issuedBy(byte[] publicKey) throws Exception {
    return new AuthorityKeyIdentifier(keyIdentifier(publicKey));
  }

  static ExtendedKeyUsage usages(String... identifiers) {
    return new ExtendedKeyUsage(
        Arrays.stream(identifiers)
            .map(id -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(id)))
            .toArray(KeyPurposeId[]::new));
  }

  static CRLDistPoint crl(String address) {
    return new CRLDistPoint(
        new DistributionPoint[] {
          new DistributionPoint(
              new DistributionPointName(new GeneralNames(uri(address))), null, null)
        });
  }

  static ASN1Encodable access(String ocsp) {
    AccessDescription issuer =
        new AccessDescription(AccessDescription.id_ad_caIssuers, uri(SamplePolicy.ISSUER));
    return ocsp.isEmpty()
        ? Structures.sequence(issuer)
        : Structures.sequence(
            new AccessDescription(AccessDescription.id_ad_ocsp, uri(ocsp)), issuer);
  }

  static GeneralNames names(GeneralName... names) {
    return new GeneralNames(names);
  }

  static GeneralName mailbox(String mailbox) {
    return new GeneralName(GeneralName.rfc822Name, mailbox);
  }

  static GeneralName dns(String name) {
    return new GeneralName(GeneralName.dNSName, name);
  }

  static GeneralName uri(String address) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, address);
  }

  static GeneralName upn(String name) {
    return other("1.3.6.1.4.1.311.20.2.3", name);
  }

  static GeneralName smtpUtf8(String name) {
    return other("1.3.6.1.5.5.7.8.9", name);
  }

  private static GeneralName other(String type, String text) {
    return new GeneralName(
        GeneralName.otherName,
        Structures.sequence(
            new ASN1ObjectIdentifier(type), new DERTaggedObject(true, 0, new DERUTF8String(text))));
  }

  static byte[] elliptic(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair().getPublic().getEncoded();
  }

  /** Nobody has its private key; a policy sees no difference. */
  static byte[] rsa(int bits, long exponent) throws Exception {
    BigInteger modulus = new BigInteger(bits, new Random(bits)).setBit(bits - 1).setBit(0);
    return new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
            new RSAPublicKey(modulus, BigInteger.valueOf(exponent)))
        .getEncoded("DER");
  }
}
