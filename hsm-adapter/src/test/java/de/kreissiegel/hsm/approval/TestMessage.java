package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Structures;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A CMS SignedData put together piece by piece, right as it comes; a test changes one piece. */
final class TestMessage {
  final OfficerSigner officer;
  ASN1ObjectIdentifier type;
  ASN1ObjectIdentifier attributeType;
  Bytes content;
  Optional<Bytes> attachedContent;
  PrivateKey key;
  Optional<Provider> provider = Optional.empty();
  String algorithm = "SHA256withECDSA";
  AlgorithmIdentifier algorithmId = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  AlgorithmIdentifier digestId = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
  String digest = "SHA-256";
  final List<ASN1Encodable> certificates = new ArrayList<>();
  final List<ASN1Encodable> moreAttributes = new ArrayList<>();
  final List<ASN1Encodable> unsigned = new ArrayList<>();
  final List<ASN1Encodable> moreSigners = new ArrayList<>();
  boolean withAttributes = true;
  boolean withDigest = true;

  TestMessage(OfficerSigner officer, String type, Bytes content) {
    this.officer = officer;
    this.type = new ASN1ObjectIdentifier(type);
    this.attributeType = this.type;
    this.content = content;
    this.attachedContent = Optional.of(content);
    this.key = officer.pair.getPrivate();
    certificates.add(ASN1Sequence.getInstance(officer.certificate()));
  }

  static ASN1Encodable attribute(ASN1ObjectIdentifier id, ASN1Encodable value) {
    return Structures.sequence(id, new DERSet(value));
  }

  ASN1Encodable signer() {
    try {
      List<ASN1Encodable> attributes = new ArrayList<>(moreAttributes);
      attributes.add(attribute(PKCSObjectIdentifiers.pkcs_9_at_contentType, attributeType));
      if (withDigest) {
        attributes.add(
            attribute(
                PKCSObjectIdentifiers.pkcs_9_at_messageDigest,
                new DEROctetString(MessageDigest.getInstance(digest).digest(content.toArray()))));
      }
      DERSet signed = new DERSet(attributes.toArray(new ASN1Encodable[0]));
      Signature signature =
          provider.isPresent()
              ? Signature.getInstance(algorithm, provider.get())
              : Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(withAttributes ? Structures.octets(signed) : content.toArray());
      TBSCertificate tbs =
          org.bouncycastle.asn1.x509.Certificate.getInstance(officer.certificate())
              .getTBSCertificate();
      List<ASN1Encodable> parts = new ArrayList<>();
      parts.add(new ASN1Integer(1));
      parts.add(Structures.sequence(tbs.getIssuer(), tbs.getSerialNumber()));
      parts.add(digestId);
      if (withAttributes) {
        parts.add(new DERTaggedObject(false, 0, signed));
      }
      parts.add(algorithmId);
      parts.add(new DEROctetString(signature.sign()));
      if (!unsigned.isEmpty()) {
        parts.add(
            new DERTaggedObject(false, 1, new DERSet(unsigned.toArray(new ASN1Encodable[0]))));
      }
      return new DERSequence(parts.toArray(new ASN1Encodable[0]));
    } catch (java.security.GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  ASN1Encodable signedData() {
    List<ASN1Encodable> signers = new ArrayList<>(moreSigners);
    signers.add(signer());
    ASN1Encodable inner =
        attachedContent.isPresent()
            ? Structures.sequence(
                type,
                new DERTaggedObject(true, 0, new DEROctetString(attachedContent.get().toArray())))
            : Structures.sequence(type);
    return Structures.sequence(
        new ASN1Integer(3),
        new DERSet(digestId),
        inner,
        new DERTaggedObject(false, 0, new DERSet(certificates.toArray(new ASN1Encodable[0]))),
        new DERSet(signers.toArray(new ASN1Encodable[0])));
  }

  Bytes encoded() {
    return Bytes.of(
        Structures.octets(
            Structures.sequence(
                CMSObjectIdentifiers.signedData, new DERTaggedObject(true, 0, signedData()))));
  }
}
