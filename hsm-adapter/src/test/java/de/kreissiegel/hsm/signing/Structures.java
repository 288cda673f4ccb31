package de.kreissiegel.hsm.signing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;

/** Builds what is to be signed, right or wrong, without the code under test. */
public final class Structures {
  /** What the fields of a certificate are; a test changes the one that it is about. */
  public static final class CertificateDraft {
    public X500Name issuer = new X500Name("CN=Test Issuer,O=Landkreis Test,C=DE");
    public X500Name subject = new X500Name("CN=subject");
    public BigInteger serial = new BigInteger(127, new java.util.Random()).setBit(126);
    public byte[] algorithm;
    public Instant notBefore;
    public Instant notAfter;
    public byte[] publicKey;
    public final List<Extension> extensions = new ArrayList<>();

    CertificateDraft(Instant now, VaultKey key) {
      algorithm = key.signatureAlgorithm().toArray();
      publicKey = key.publicKey().toArray();
      notBefore = now.truncatedTo(ChronoUnit.SECONDS);
      notAfter = notBefore.plus(30, ChronoUnit.DAYS);
    }

    public CertificateDraft extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable v) {
      extensions.add(new Extension(id, critical, octets(v)));
      return this;
    }

    public CertificateDraft authority(int pathLength) {
      return extension(Extension.basicConstraints, true, new BasicConstraints(pathLength))
          .extension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    public Bytes encoded() {
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(new DERTaggedObject(true, 0, new ASN1Integer(2)));
      parts.add(new ASN1Integer(serial));
      parts.add(AlgorithmIdentifier.getInstance(algorithm));
      parts.add(issuer);
      parts.add(sequence(new Time(Date.from(notBefore)), new Time(Date.from(notAfter))));
      parts.add(subject);
      parts.add(SubjectPublicKeyInfo.getInstance(publicKey));
      if (!extensions.isEmpty()) {
        parts.add(
            new DERTaggedObject(
                true, 3, new DERSequence(extensions.toArray(new ASN1Encodable[0]))));
      }
      return Bytes.of(octets(new DERSequence(parts)));
    }
  }

  private Structures() {}

  public static CertificateDraft certificate(Instant now, VaultKey key) {
    return new CertificateDraft(now, key);
  }

  public static Bytes list(X500Name issuer, VaultKey key, Instant thisUpdate, Instant nextUpdate) {
    return list(issuer, key, thisUpdate, nextUpdate, 1, Map.of(BigInteger.valueOf(77), 1));
  }

  /** A list of that number, with these serial numbers and reasons. */
  public static Bytes list(
      X500Name issuer,
      VaultKey key,
      Instant thisUpdate,
      Instant nextUpdate,
      long number,
      Map<BigInteger, Integer> revoked) {
    ASN1EncodableVector entries = new ASN1EncodableVector();
    new TreeMap<>(revoked)
        .forEach(
            (serial, reason) ->
                entries.add(
                    sequence(
                        new ASN1Integer(serial),
                        new Time(Date.from(thisUpdate)),
                        sequence(
                            new Extension(
                                Extension.reasonCode, false, octets(CRLReason.lookup(reason)))))));
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(new ASN1Integer(1));
    parts.add(AlgorithmIdentifier.getInstance(key.signatureAlgorithm().toArray()));
    parts.add(issuer);
    parts.add(new Time(Date.from(thisUpdate)));
    parts.add(new Time(Date.from(nextUpdate)));
    if (entries.size() > 0) {
      parts.add(new DERSequence(entries));
    }
    parts.add(
        new DERTaggedObject(
            true,
            0,
            sequence(
                new Extension(
                    Extension.cRLNumber,
                    false,
                    octets(new CRLNumber(BigInteger.valueOf(number)))))));
    return Bytes.of(octets(new DERSequence(parts)));
  }

  public static Bytes ocsp(VaultKey key, Instant producedAt, Instant nextUpdate) {
    return ocsp(
        new DERTaggedObject(true, 2, new DEROctetString(keyHash(key))), producedAt, nextUpdate);
  }

  public static Bytes ocsp(
      VaultKey key, Instant producedAt, Instant thisUpdate, Instant nextUpdate) {
    return ocsp(
        new DERTaggedObject(true, 2, new DEROctetString(keyHash(key))),
        producedAt,
        thisUpdate,
        nextUpdate);
  }

  public static Bytes ocsp(ASN1Encodable responder, Instant producedAt, Instant nextUpdate) {
    return ocsp(responder, producedAt, producedAt, nextUpdate);
  }

  private static Bytes ocsp(
      ASN1Encodable responder, Instant producedAt, Instant thisUpdate, Instant nextUpdate) {
    DERSequence certId =
        sequence(
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256),
            new DEROctetString(new byte[32]),
            new DEROctetString(new byte[32]),
            new ASN1Integer(77));
    DERSequence single =
        sequence(
            certId,
            new DERTaggedObject(false, 0, DERNull.INSTANCE),
            new ASN1GeneralizedTime(Date.from(thisUpdate)),
            new DERTaggedObject(true, 0, new ASN1GeneralizedTime(Date.from(nextUpdate))));
    return Bytes.of(
        octets(
            sequence(responder, new ASN1GeneralizedTime(Date.from(producedAt)), sequence(single))));
  }

  public static Bytes auditHead(long sequence, Instant time) {
    return new AuditHead("node-1", sequence, Bytes.of(new byte[32]), time).encoded();
  }

  public static SignRequest request(VaultKey key, SignedStructure structure, Bytes octets) {
    return new SignRequest(UUID.randomUUID(), key.id(), structure, octets);
  }

  public static Bytes name(X500Name name) {
    return Bytes.of(octets(name));
  }

  public static DERSequence sequence(ASN1Encodable... parts) {
    return new DERSequence(parts);
  }

  public static byte[] octets(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded("DER");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] keyHash(VaultKey key) {
    try {
      return MessageDigest.getInstance("SHA-1")
          .digest(
              SubjectPublicKeyInfo.getInstance(key.publicKey().toArray())
                  .getPublicKeyData()
                  .getOctets());
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
