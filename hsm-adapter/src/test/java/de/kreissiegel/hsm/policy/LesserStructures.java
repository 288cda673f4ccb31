package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.signing.Structures.octets;
import static de.kreissiegel.hsm.signing.Structures.sequence;

import de.kreissiegel.hsm.ceremony.CanonicalJson;
import de.kreissiegel.hsm.ceremony.CeremonyRecord;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;

/** What else a vault signs, built by the library; a test changes the part that it is about. */
final class LesserStructures {
  static final String POLICY = "1.3.6.1.4.1.99999.1";
  static final String DATA = "1.2.840.113549.1.7.1";
  static final String TRANSACTION = "2.16.840.1.113733.1.9.7";
  static final KeyPolicy ALL =
      new KeyPolicy(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          true,
          true,
          new LesserRules(
              Optional.of(
                  new RequestRules(
                      Structures.name(TestVault.ISSUER),
                      Set.of(Extension.basicConstraints.getId()))),
              Optional.of(
                  new TimeStampRules(Set.of(POLICY), Duration.ofMinutes(1), SignatureRate.ANY)),
              Optional.of(
                  new CmsRules(
                      Set.of(DATA),
                      Set.of(TRANSACTION),
                      Duration.ofMinutes(5),
                      2048,
                      SignatureRate.ANY)),
              Optional.empty()));

  private LesserStructures() {}

  /** The fields of a TSTInfo, by their place. */
  static TreeMap<Integer, ASN1Encodable> info(Instant now) {
    TreeMap<Integer, ASN1Encodable> info = new TreeMap<>();
    info.put(0, new ASN1Integer(1));
    info.put(1, new ASN1ObjectIdentifier(POLICY));
    info.put(2, sequence(sha256(), new DEROctetString(new byte[32])));
    info.put(3, new ASN1Integer(4711));
    info.put(4, new ASN1GeneralizedTime(Date.from(now)));
    info.put(5, sequence(new ASN1Integer(1), new DERTaggedObject(false, 0, new ASN1Integer(500))));
    info.put(6, org.bouncycastle.asn1.ASN1Boolean.TRUE);
    info.put(7, new ASN1Integer(99));
    info.put(8, new DERTaggedObject(true, 0, new DERTaggedObject(true, 4, TestVault.ISSUER)));
    return info;
  }

  static AlgorithmIdentifier sha256() {
    return new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
  }

  static byte[] encoded(TreeMap<Integer, ASN1Encodable> parts) {
    return octets(new DERSequence(parts.values().toArray(new ASN1Encodable[0])));
  }

  /** The attributes of a time-stamp, by type. */
  static TreeMap<String, ASN1Encodable> stampAttributes(byte[] info, Instant now) {
    TreeMap<String, ASN1Encodable> all = new TreeMap<>();
    all.put(SignedAttributes.CONTENT_TYPE, new ASN1ObjectIdentifier(TimeStampCheck.TST_INFO));
    all.put(SignedAttributes.MESSAGE_DIGEST, new DEROctetString(digest(info)));
    all.put(SignedAttributes.SIGNING_TIME, new Time(Date.from(now)));
    all.put(
        SignedAttributes.SIGNING_CERTIFICATE_V2,
        new SigningCertificateV2(new ESSCertIDv2(new byte[32])));
    return all;
  }

  static Bytes timeStamp(byte[] info, Map<String, ASN1Encodable> attributes) {
    return Bytes.of(octets(sequence(new DEROctetString(info), set(attributes))));
  }

  static Bytes timeStamp(Instant now) {
    byte[] info = encoded(info(now));
    return timeStamp(info, stampAttributes(info, now));
  }

  static TreeMap<String, ASN1Encodable> messageAttributes(VaultKey key, Instant now) {
    TreeMap<String, ASN1Encodable> all = new TreeMap<>();
    all.put(SignedAttributes.CONTENT_TYPE, new ASN1ObjectIdentifier(DATA));
    all.put(SignedAttributes.MESSAGE_DIGEST, new DEROctetString(new byte[32]));
    all.put(SignedAttributes.SIGNING_TIME, new Time(Date.from(now)));
    all.put(TRANSACTION, new org.bouncycastle.asn1.DERPrintableString("17"));
    all.put(
        SignedAttributes.ALGORITHM_PROTECTION,
        protection(sha256(), key.signatureAlgorithm().toArray()));
    return all;
  }

  static ASN1Encodable protection(AlgorithmIdentifier digest, byte[] signature) {
    return sequence(
        digest, new DERTaggedObject(false, 1, AlgorithmIdentifier.getInstance(signature)));
  }

  static Bytes message(
      AlgorithmIdentifier digest, String content, Map<String, ASN1Encodable> attributes) {
    return Bytes.of(octets(sequence(digest, new ASN1ObjectIdentifier(content), set(attributes))));
  }

  static Bytes message(VaultKey key, Instant now) {
    return message(sha256(), DATA, messageAttributes(key, now));
  }

  private static DERSet set(Map<String, ASN1Encodable> attributes) {
    ASN1EncodableVector all = new ASN1EncodableVector();
    attributes.forEach(
        (type, value) -> all.add(new Attribute(new ASN1ObjectIdentifier(type), new DERSet(value))));
    return new DERSet(all);
  }

  static Bytes request(byte[] publicKey, ASN1Encodable... attributes) {
    return Bytes.of(
        octets(
            new CertificationRequestInfo(
                TestVault.ISSUER,
                SubjectPublicKeyInfo.getInstance(publicKey),
                new DERSet(attributes))));
  }

  static org.bouncycastle.asn1.pkcs.Attribute wants(ASN1ObjectIdentifier extension) {
    return new org.bouncycastle.asn1.pkcs.Attribute(
        PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
        new DERSet(
            new Extensions(
                new Extension[] {
                  new Extension(extension, true, octets(new BasicConstraints(0)))
                })));
  }

  static Bytes request(VaultKey key) {
    return request(key.publicKey().toArray(), wants(Extension.basicConstraints));
  }

  static Bytes record() {
    return Bytes.of(
        CanonicalJson.write(
            Map.of(CeremonyRecord.MARK, 1, "steps", List.of(Map.of("sentence", "Schlüssel")))));
  }

  static byte[] digest(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static BigInteger large(int bits) {
    return BigInteger.ONE.shiftLeft(bits);
  }
}
