package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Refusal.require;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * A CMS SignedData (RFC 5652 §5) of one signer, whose certificate is in it and who signed the
 * content that is in it. All of it is DER. Signed attributes are contentType, messageDigest and, if
 * anybody likes, signingTime, which says nothing here; there are no unsigned ones.
 *
 * @param content the encapsulated octets
 */
record OfficerMessage(Bytes content, OfficerCertificate certificate) {
  private static final Set<ASN1ObjectIdentifier> ATTRIBUTES =
      Set.of(CMSAttributes.contentType, CMSAttributes.messageDigest, CMSAttributes.signingTime);

  /**
   * Reads one and verifies its signature by the certificate in it. Whether that certificate makes
   * an officer is another question.
   *
   * @param type what the content must be
   */
  static OfficerMessage verified(Bytes encoded, ASN1ObjectIdentifier type)
      throws MalformedEvidence, SigningRefused {
    ContentInfo outer = Der.read("CMS message", encoded, ContentInfo::getInstance);
    if (!outer.getContentType().equals(CMSObjectIdentifiers.signedData)) {
      throw new MalformedEvidence("CMS message: it is no SignedData");
    }
    SignedData data = Der.part("SignedData", outer.getContent(), SignedData::getInstance);
    version(data.getVersion(), 3, "SignedData"); // as its content is no id-data
    Bytes content = content(data, type);
    OfficerCertificate certificate = onlyCertificate(data);
    require(
        data.getSignerInfos().size() == 1 && data.getDigestAlgorithms().size() == 1,
        "approval-one-signer",
        "a message must have exactly one signer");
    SignerInfo signer =
        Der.part("SignerInfo", data.getSignerInfos().getObjectAt(0), SignerInfo::getInstance);
    AlgorithmIdentifier digest = signer.getDigestAlgorithm();
    if (!Signatures.fitDigest(digest)
        || !data.getDigestAlgorithms()
            .getObjectAt(0)
            .toASN1Primitive()
            .equals(digest.toASN1Primitive())) {
      throw new MalformedEvidence("SignerInfo: a digest that isn't SHA-2, or differs");
    }
    version(signer.getVersion(), signer.getSID().isTagged() ? 3 : 1, "SignerInfo");
    signerIs(signer.getSID(), certificate);
    Bytes attributes = attributes(signer, type, digest, content);
    require(
        certificate.verifies(
            signer.getDigestEncryptionAlgorithm(),
            attributes.toArray(),
            signer.getEncryptedDigest().getOctets()),
        "approval-signature",
        "the officer's signature doesn't hold, or its algorithm is not allowed");
    return new OfficerMessage(content, certificate);
  }

  private static void version(ASN1Integer found, int expected, String what)
      throws MalformedEvidence {
    if (!found.hasValue(expected)) {
      throw new MalformedEvidence(what + ": its version must be " + expected);
    }
  }

  private static Bytes content(SignedData data, ASN1ObjectIdentifier type)
      throws MalformedEvidence, SigningRefused {
    ContentInfo inner = data.getEncapContentInfo();
    require(
        inner.getContentType().equals(type),
        "approval-content-type",
        "the officer signed something else than what it is presented for");
    // Null where the content lies elsewhere; nullness of the library isn't annotated.
    if (inner.getContent() instanceof ASN1OctetString octets) {
      return Bytes.of(octets.getOctets());
    }
    throw new MalformedEvidence("SignedData: the content isn't in it");
  }

  private static OfficerCertificate onlyCertificate(SignedData data) throws MalformedEvidence {
    ASN1Set certificates = data.getCertificates();
    if (certificates == null || certificates.size() != 1 || data.getCRLs() != null) {
      throw new MalformedEvidence(
          "SignedData: the officer's certificate must be in it, and nothing more");
    }
    return OfficerCertificate.read(certificates.getObjectAt(0));
  }

  private static void signerIs(SignerIdentifier identifier, OfficerCertificate certificate)
      throws MalformedEvidence {
    ASN1Encodable id = identifier.getId();
    boolean same;
    if (id instanceof ASN1OctetString keyId) {
      same = certificate.keyId().filter(Bytes.of(keyId.getOctets())::equals).isPresent();
    } else {
      IssuerAndSerialNumber named =
          Der.part("SignerIdentifier", id, IssuerAndSerialNumber::getInstance);
      same =
          Der.encoded(named.getName()).equals(certificate.issuer())
              && named.getSerialNumber().getValue().equals(certificate.serial());
    }
    if (!same) {
      throw new MalformedEvidence("SignerInfo: it names another certificate");
    }
  }

  /** Checks the attributes; what is signed is the DER of their SET (RFC 5652 §5.4). */
  private static Bytes attributes(
      SignerInfo signer, ASN1ObjectIdentifier type, AlgorithmIdentifier digest, Bytes content)
      throws MalformedEvidence, SigningRefused {
    require(
        signer.getUnauthenticatedAttributes() == null,
        "approval-unsigned-attributes",
        "a message must carry no unsigned attributes");
    ASN1Set attributes = signer.getAuthenticatedAttributes();
    if (attributes == null) {
      throw new MalformedEvidence("SignerInfo: the signed attributes are missing");
    }
    Set<ASN1ObjectIdentifier> seen = new HashSet<>();
    for (ASN1Encodable one : attributes) {
      Attribute attribute = Der.part("signed attribute", one, Attribute::getInstance);
      if (!ATTRIBUTES.contains(attribute.getAttrType())
          || !seen.add(attribute.getAttrType())
          || attribute.getAttrValues().size() != 1) {
        throw new MalformedEvidence("SignerInfo: a signed attribute is unknown or doubled");
      }
      ASN1Encodable value = attribute.getAttrValues().getObjectAt(0);
      if (attribute.getAttrType().equals(CMSAttributes.contentType)) {
        require(
            type.equals(value),
            "approval-content-type",
            "the officer signed something else than what it is presented for");
      } else if (attribute.getAttrType().equals(CMSAttributes.messageDigest)) {
        require(
            value instanceof ASN1OctetString octets
                && MessageDigest.isEqual(octets.getOctets(), digest(digest, content)),
            "approval-signature",
            "the officer's signature is over another content");
      }
    }
    if (!seen.contains(CMSAttributes.contentType) || !seen.contains(CMSAttributes.messageDigest)) {
      throw new MalformedEvidence("SignerInfo: contentType or messageDigest is missing");
    }
    return Der.encoded(attributes);
  }

  private static byte[] digest(AlgorithmIdentifier algorithm, Bytes content) {
    try {
      return MessageDigest.getInstance(algorithm.getAlgorithm().getId()).digest(content.toArray());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
