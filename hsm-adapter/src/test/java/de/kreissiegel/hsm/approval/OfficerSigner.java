package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.policy.AskedCertificate;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestKeys;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;

/**
 * An officer for tests: makes a key on P-256, drafts the certificate that somebody else signs, and
 * approves with both. It builds everything by itself, as an attacker would, and every part of it
 * can be changed.
 */
public final class OfficerSigner {
  public final KeyPair pair;
  public String person;
  public X500Name subject;
  public Optional<String> mail = Optional.empty();
  public BigInteger serial = new BigInteger(127, new SecureRandom()).setBit(126);
  public int keyUsage = KeyUsage.digitalSignature;
  public Optional<ASN1Encodable> directoryAttributes;
  private Optional<byte[]> certificate = Optional.empty();

  /** An officer whose certificate is not yet signed. */
  public OfficerSigner(String person, String commonName, String organization, String... tenants)
      throws Exception {
    this(TestKeys.p256(), person, commonName, organization, tenants);
  }

  /** With a key that is there already. */
  public OfficerSigner(
      KeyPair pair, String person, String commonName, String organization, String... tenants) {
    this.pair = pair;
    this.person = person;
    this.subject = new X500Name("CN=" + commonName + ",O=" + organization + ",C=DE");
    this.directoryAttributes = Optional.of(scope(person, tenants));
  }

  /** The extension's value, written by hand. */
  public static ASN1Encodable scope(String person, String... tenants) {
    List<ASN1Encodable> names = new ArrayList<>();
    for (String tenant : tenants) {
      names.add(new DERUTF8String(tenant));
    }
    return Structures.sequence(
        Structures.sequence(
            new ASN1ObjectIdentifier("2.25.242234265623826089425136007026196127821.1"),
            new DERSet(
                Structures.sequence(
                    new DERUTF8String(person),
                    new DERSequence(names.toArray(new ASN1Encodable[0]))))));
  }

  public Bytes publicKey() {
    return Bytes.of(pair.getPublic().getEncoded());
  }

  /**
   * The TBSCertificate that makes the officer.
   *
   * @param algorithm the AlgorithmIdentifier of the issuer's signatures, DER
   */
  public Bytes tbs(X500Name issuer, Bytes algorithm, Instant notBefore, Instant notAfter) {
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(new DERTaggedObject(true, 0, new ASN1Integer(2)));
    parts.add(new ASN1Integer(serial));
    parts.add(AlgorithmIdentifier.getInstance(algorithm.toArray()));
    parts.add(issuer);
    parts.add(
        Structures.sequence(
            new Time(Date.from(notBefore.truncatedTo(ChronoUnit.SECONDS))),
            new Time(Date.from(notAfter.truncatedTo(ChronoUnit.SECONDS)))));
    parts.add(subject);
    parts.add(SubjectPublicKeyInfo.getInstance(publicKey().toArray()));
    List<ASN1Encodable> extensions = new ArrayList<>();
    extensions.add(extension(Extension.keyUsage, true, new KeyUsage(keyUsage)));
    extensions.add(extension(Extension.subjectAlternativeName, false, alternativeNames()));
    directoryAttributes.ifPresent(
        value -> extensions.add(extension(Extension.subjectDirectoryAttributes, false, value)));
    parts.add(
        new DERTaggedObject(true, 3, new DERSequence(extensions.toArray(new ASN1Encodable[0]))));
    return Bytes.of(Structures.octets(new DERSequence(parts)));
  }

  public GeneralNames alternativeNames() {
    List<GeneralName> names = new ArrayList<>();
    names.add(new GeneralName(GeneralName.uniformResourceIdentifier, "urn:uuid:" + person));
    mail.ifPresent(address -> names.add(new GeneralName(GeneralName.rfc822Name, address)));
    return new GeneralNames(names.toArray(new GeneralName[0]));
  }

  /** Takes the certificate in, once its issuer has signed. */
  public OfficerSigner certified(Bytes tbs, Bytes algorithm, byte[] signature) {
    certificate =
        Optional.of(
            Structures.octets(
                Structures.sequence(
                    ASN1Sequence.getInstance(tbs.toArray()),
                    AlgorithmIdentifier.getInstance(algorithm.toArray()),
                    new DERBitString(signature))));
    return this;
  }

  /** Another certificate of the same person, not yet signed. */
  public OfficerSigner again() throws Exception {
    OfficerSigner other = new OfficerSigner(person, "again", "again", "*");
    other.subject = subject;
    other.directoryAttributes = directoryAttributes;
    return other;
  }

  /** DER of the certificate. */
  public byte[] certificate() {
    return certificate.orElseThrow();
  }

  /** Approves exactly what is asked for. */
  public Evidence approve(AskedCertificate asked, String applicant, Instant decided) {
    return sign(ApprovalStatement.of(asked, applicant, decided));
  }

  public Evidence sign(Statement statement) {
    return new Evidence.OfficerSignature(
        message(
            statement instanceof ApprovalStatement ? ApprovalStatement.TYPE : ReleaseStatement.TYPE,
            statement.encoded()));
  }

  /** An honest CMS message over any content. */
  public Bytes message(String type, Bytes content) {
    return new TestMessage(this, type, content).encoded();
  }

  private static DERSequence extension(
      ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    return (DERSequence) new Extension(id, critical, Structures.octets(value)).toASN1Primitive();
  }
}
