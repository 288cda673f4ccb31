package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The officer's side: signs statements in the one form that the vault takes (RFC 5652 §5, DER
 * throughout, one signer, contentType and messageDigest as signed attributes). For programs; a
 * browser does the same with the key that it keeps.
 */
public final class OfficerKey {
  private static final AlgorithmIdentifier SHA256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);

  private final PrivateKey key;
  private final Certificate certificate;

  /**
   * Takes an officer's key.
   *
   * @param key of ECDSA, on P-256, P-384 or P-521
   * @param certificate the officer's, DER
   * @throws IllegalArgumentException if the key is of another kind, or that is no certificate
   */
  public OfficerKey(PrivateKey key, Bytes certificate) {
    if (!(key instanceof ECKey)) {
      throw new IllegalArgumentException(
          "officers sign by ECDSA here, not by " + key.getAlgorithm());
    }
    this.key = key;
    this.certificate = Certificate.getInstance(certificate.toArray());
  }

  /**
   * Signs a statement.
   *
   * @return the CMS SignedData, DER, for {@link
   *     de.kreissiegel.hsm.signing.Evidence.OfficerSignature}
   */
  public Bytes sign(Statement statement) {
    ASN1ObjectIdentifier type =
        switch (statement) {
          case ApprovalStatement _ -> Identifiers.APPROVAL_STATEMENT;
          case ReleaseStatement _ -> Identifiers.RELEASE_STATEMENT;
        };
    return message(type, statement.encoded());
  }

  /**
   * Says that a security key is this officer's.
   *
   * @return the CMS SignedData, DER, that goes with each {@link
   *     de.kreissiegel.hsm.signing.Evidence.SecurityKeyAssertion}
   */
  public Bytes sign(SecurityKeyRegistration registration) {
    return message(Identifiers.SECURITY_KEY_REGISTRATION, registration.encoded());
  }

  private Bytes message(ASN1ObjectIdentifier type, Bytes encoded) {
    byte[] content = encoded.toArray();
    try {
      DERSet attributes = attributes(type, content);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(Der.encoded(attributes).toArray());
      return Der.encoded(
          sequence(
              CMSObjectIdentifiers.signedData,
              new DERTaggedObject(
                  true, 0, signedData(type, content, attributes, signature.sign()))));
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("the officer's key can't sign", unusable);
    }
  }

  private static DERSet attributes(ASN1ObjectIdentifier type, byte[] content)
      throws GeneralSecurityException {
    ASN1EncodableVector all = new ASN1EncodableVector();
    all.add(new Attribute(CMSAttributes.contentType, new DERSet(type)));
    all.add(
        new Attribute(
            CMSAttributes.messageDigest,
            new DERSet(new DEROctetString(MessageDigest.getInstance("SHA-256").digest(content)))));
    return new DERSet(all);
  }

  private DERSequence signedData(
      ASN1ObjectIdentifier type, byte[] content, DERSet attributes, byte[] signature) {
    return sequence(
        new ASN1Integer(3), // as its content is no id-data (§5.1)
        new DERSet(SHA256),
        sequence(type, new DERTaggedObject(true, 0, new DEROctetString(content))),
        new DERTaggedObject(false, 0, new DERSet(certificate)),
        new DERSet(
            sequence(
                new ASN1Integer(1),
                new IssuerAndSerialNumber(
                    certificate.getIssuer(), certificate.getSerialNumber().getValue()),
                SHA256,
                new DERTaggedObject(false, 0, attributes),
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                new DEROctetString(signature))));
  }

  private static DERSequence sequence(org.bouncycastle.asn1.ASN1Encodable... parts) {
    return new DERSequence(parts);
  }
}
