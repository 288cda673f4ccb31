package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Scene.NOW;
import static de.kreissiegel.hsm.approval.Scene.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.Structures;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OfficerMessageTest {
  private Scene scene;
  private Bytes statement;

  @BeforeEach
  void open() throws Exception {
    scene = new Scene();
    statement = ApprovalStatement.of(scene.asked, Scene.APPLICANT, NOW).encoded();
  }

  private TestMessage message() {
    return new TestMessage(scene.max, ApprovalStatement.TYPE, statement);
  }

  private void accepted(Bytes message) throws SigningRefused {
    assertThat(scene.check(ONE, new Evidence.OfficerSignature(message))).hasSize(1);
  }

  private void refused(Consumer<TestMessage> change, String rule) {
    TestMessage message = message();
    change.accept(message);
    refused(message.encoded(), rule);
  }

  private void refused(Bytes message, String rule) {
    ApprovalsTest.refused(() -> scene.check(ONE, new Evidence.OfficerSignature(message)), rule);
  }

  private static OfficerSigner withKey(KeyPair pair) {
    return new OfficerSigner(pair, "eeeeeeee-0000-4000-8000-00000000000e", "E", Scene.TENANT, "*");
  }

  @Test
  void acceptsAMessageOfBouncyCastle() throws Exception {
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    JcaSignerInfoGeneratorBuilder builder =
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build());
    builder.setSignedAttributeGenerator(
        parameters -> {
          AttributeTable usual =
              new DefaultSignedAttributeTableGenerator().getAttributes(parameters);
          return usual.remove(
              new ASN1ObjectIdentifier("1.2.840.113549.1.9.52")); // RFC 6211; not ours
        });
    X509CertificateHolder certificate = new X509CertificateHolder(scene.max.certificate());
    generator.addSignerInfoGenerator(
        builder.build(
            new JcaContentSignerBuilder("SHA256withECDSA").build(scene.max.pair.getPrivate()),
            certificate));
    generator.addCertificate(certificate);
    byte[] encoded =
        generator
            .generate(
                new CMSProcessableByteArray(
                    new ASN1ObjectIdentifier(ApprovalStatement.TYPE), statement.toArray()),
                true)
            .toASN1Structure()
            .getEncoded("DER");

    accepted(Bytes.of(encoded));
  }

  @Test
  void acceptsASigningTime() throws Exception {
    TestMessage message = message();
    message.moreAttributes.add(
        TestMessage.attribute(
            PKCSObjectIdentifiers.pkcs_9_at_signingTime, new Time(Date.from(NOW))));

    accepted(message.encoded());
  }

  @Test
  void acceptsP384P521AndRsaPss() throws Exception {
    accepted(bySigner("secp384r1", "SHA384withECDSA", X9ObjectIdentifiers.ecdsa_with_SHA384));
    accepted(bySigner("secp521r1", "SHA512withECDSA", X9ObjectIdentifiers.ecdsa_with_SHA512));
    accepted(byRsa(TestRsa.bits3072(), true));
  }

  @Test
  void refusesShortRsaKeysAndOldPadding() throws Exception {
    refused(byRsa(TestRsa.bits2048(), true), "approval-signature");
    refused(byRsa(TestRsa.bits3072(), false), "approval-signature");
  }

  @Test
  void refusesEd25519() throws Exception {
    OfficerSigner officer =
        scene.signed(withKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair()));
    TestMessage message = new TestMessage(officer, ApprovalStatement.TYPE, statement);
    message.algorithm = "Ed25519";
    message.algorithmId = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112"));

    refused(message.encoded(), "approval-signature");
  }

  private Bytes bySigner(String curve, String algorithm, ASN1ObjectIdentifier id) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    OfficerSigner officer = scene.signed(withKey(generator.generateKeyPair()));
    TestMessage message = new TestMessage(officer, ApprovalStatement.TYPE, statement);
    message.algorithm = algorithm;
    message.algorithmId = new AlgorithmIdentifier(id);
    return message.encoded();
  }

  private Bytes byRsa(KeyPair pair, boolean pss) throws Exception {
    OfficerSigner officer = scene.signed(withKey(pair));
    TestMessage message = new TestMessage(officer, ApprovalStatement.TYPE, statement);
    String name = pss ? "SHA256withRSAandMGF1" : "SHA256withRSA";
    message.algorithm = name;
    message.provider = Optional.of(new org.bouncycastle.jce.provider.BouncyCastleProvider());
    message.algorithmId =
        new org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder().find(name);
    return message.encoded();
  }

  @Test
  void refusesASignatureByAnotherKey() {
    refused(message -> message.key = scene.erika.pair.getPrivate(), "approval-signature");
  }

  @Test
  void refusesAnotherContentThanSigned() throws Exception {
    Bytes other =
        ApprovalStatement.of(
                scene.asked("dddddddd-0000-4000-8000-00000000000d", "Other", "o@test.example"),
                Scene.APPLICANT,
                NOW)
            .encoded();

    refused(message -> message.attachedContent = Optional.of(other), "approval-signature");
  }

  @Test
  void refusesADigestThatIsWeakOrNotTheSigners() {
    refused(
        message -> {
          message.digest = "SHA-1";
          message.digestId = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.14.3.2.26"));
        },
        "approval-malformed");
    refused(
        message -> message.digestId = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512),
        "approval-signature");
    refused(
        message -> {
          message.algorithm = "SHA1withECDSA";
          message.algorithmId = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA1);
        },
        "approval-signature");
  }

  @Test
  void refusesTwoSigners() {
    refused(
        message ->
            message.moreSigners.add(
                new TestMessage(scene.erika, ApprovalStatement.TYPE, statement).signer()),
        "approval-one-signer");
  }

  @Test
  void refusesASecondCertificate() {
    refused(
        message -> message.certificates.add(ASN1Sequence.getInstance(scene.erika.certificate())),
        "approval-malformed");
    refused(message -> message.certificates.clear(), "approval-malformed");
  }

  @Test
  void refusesACertificateThatIsNotTheSigners() {
    refused(
        message -> {
          message.certificates.clear();
          message.certificates.add(ASN1Sequence.getInstance(scene.erika.certificate()));
        },
        "approval-malformed");
  }

  @Test
  void refusesDetachedContent() {
    refused(message -> message.attachedContent = Optional.empty(), "approval-malformed");
  }

  @Test
  void refusesUnsignedAttributes() {
    refused(
        message ->
            message.unsigned.add(
                TestMessage.attribute(
                    PKCSObjectIdentifiers.pkcs_9_at_messageDigest,
                    new DEROctetString(new byte[32]))),
        "approval-unsigned-attributes");
  }

  @Test
  void refusesUnknownMissingAndDoubledSignedAttributes() {
    refused(
        message ->
            message.moreAttributes.add(
                TestMessage.attribute(new ASN1ObjectIdentifier("1.2.3.4"), new DERUTF8String("x"))),
        "approval-malformed");
    refused(
        message ->
            message.moreAttributes.add(
                TestMessage.attribute(
                    PKCSObjectIdentifiers.pkcs_9_at_contentType, message.attributeType)),
        "approval-malformed");
    refused(message -> message.withDigest = false, "approval-malformed");
    refused(message -> message.withAttributes = false, "approval-malformed");
  }

  /** Signed attributes are themselves octets that somebody might have had signed as a content. */
  @Test
  void refusesAttributesThatWereSignedAsAContent() throws Exception {
    TestMessage honest = message();
    honest.withAttributes = false;
    honest.content = statement;

    refused(honest.encoded(), "approval-malformed");
  }

  @Test
  void refusesAnotherContentType() {
    ASN1ObjectIdentifier mail = CMSObjectIdentifiers.data;
    refused(message -> message.type = mail, "approval-content-type");
    refused(message -> message.attributeType = mail, "approval-content-type");
    refused(
        message -> {
          message.type = new ASN1ObjectIdentifier(ReleaseStatement.TYPE);
          message.attributeType = message.type;
        },
        "approval-content-type");
  }

  @Test
  void refusesAReleaseStatementUnderTheTypeOfAnApproval() {
    Bytes release =
        new ReleaseStatement(
                scene.asked.request(),
                Scene.PEOPLE,
                Bytes.of(new byte[32]),
                "x",
                "y",
                Scene.TENANT,
                Scene.APPLICANT,
                NOW)
            .encoded();

    refused(scene.max.message(ApprovalStatement.TYPE, release), "approval-malformed");
  }

  @Test
  void refusesTrailingOctets() {
    byte[] honest = message().encoded().toArray();

    refused(Bytes.of(Arrays.copyOf(honest, honest.length + 1)), "approval-malformed");
  }

  @Test
  void refusesTrailingOctetsInTheStatement() {
    byte[] longer = Arrays.copyOf(statement.toArray(), statement.length() + 2);
    longer[statement.length()] = 5;

    refused(scene.max.message(ApprovalStatement.TYPE, Bytes.of(longer)), "approval-malformed");
  }

  @Test
  void refusesAFieldMoreInTheStatement() {
    ASN1EncodableVector fields = new ASN1EncodableVector();
    ASN1Sequence.getInstance(statement.toArray()).forEach(fields::add);
    fields.add(new DERUTF8String("and more"));
    Bytes longer = Bytes.of(Structures.octets(new org.bouncycastle.asn1.DERSequence(fields)));

    refused(scene.max.message(ApprovalStatement.TYPE, longer), "approval-malformed");
  }

  @Test
  void refusesBer() throws Exception {
    byte[] ber =
        new BERSequence(
                new org.bouncycastle.asn1.ASN1Encodable[] {
                  CMSObjectIdentifiers.signedData,
                  new org.bouncycastle.asn1.BERTaggedObject(true, 0, message().signedData())
                })
            .getEncoded();

    refused(Bytes.of(ber), "approval-malformed");
  }

  @Test
  void refusesMoreThan64Kibibytes() {
    Bytes huge = ApprovalStatement.of(scene.asked, "a".repeat(70_000), NOW).encoded();

    refused(scene.max.message(ApprovalStatement.TYPE, huge), "approval-malformed");
    refused(Bytes.of(new byte[0]), "approval-malformed");
  }

  @Test
  void refusesWhateverIsFlippedOrCut() {
    byte[] honest = message().encoded().toArray();
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      byte[] changed =
          i % 4 == 0 ? Arrays.copyOf(honest, random.nextInt(honest.length)) : honest.clone();
      if (i % 4 != 0) {
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      }
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> scene.check(ONE, new Evidence.OfficerSignature(Bytes.of(changed))))
          .as("seed %d, round %d", seed, i)
          .isInstanceOf(SigningRefused.class);
    }
  }
}
