package de.kreissiegel.hsm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.AuditHead;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest.Purpose;
import de.kreissiegel.hsm.signing.ReleaseRequest.Scheme;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestKeys;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LesserGateTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

  private final PolicyGate gate = new PolicyGate(Clock.fixed(NOW, ZoneOffset.UTC));
  private VaultKey key;

  @BeforeEach
  void makeKey() throws Exception {
    key = TestKeys.told("lesser", TestKeys.p256());
  }

  private SignRequest request(SignedStructure structure, Bytes octets) {
    return new SignRequest(new UUID(1, 2), key.id(), structure, octets);
  }

  private Passed pass(KeyPolicy policy, SignedStructure structure, Bytes octets)
      throws SigningRefused {
    return gate.pass(
        request(structure, octets),
        policy,
        new KeyFacts(key.publicKey(), key.signatureAlgorithm(), _ -> false));
  }

  private void refuses(SignedStructure structure, Bytes octets, String rule) {
    assertThatThrownBy(() -> pass(LesserStructures.ALL, structure, octets))
        .isInstanceOf(SigningRefused.class)
        .hasMessageContaining(rule);
  }

  private void takes(SignedStructure structure, Bytes octets) throws SigningRefused {
    assertThat(pass(LesserStructures.ALL, structure, octets).claim()).isEmpty();
  }

  @Test
  void signsARequestForItsOwnKeyAndName() throws Exception {
    SignedStructure request = SignedStructure.CERTIFICATION_REQUEST;
    byte[] own = key.publicKey().toArray();
    takes(request, LesserStructures.request(key));
    takes(request, LesserStructures.request(own));
    byte[] other = TestKeys.told("other", TestKeys.p256()).publicKey().toArray();
    refuses(request, LesserStructures.request(other), "public-key:");
    refuses(
        request,
        LesserStructures.request(own, LesserStructures.wants(Extension.nameConstraints)),
        "extension:");
    Attribute password =
        new Attribute(
            PKCSObjectIdentifiers.pkcs_9_at_challengePassword,
            new DERSet(new DERPrintableString("secret")));
    refuses(request, LesserStructures.request(own, password), "attribute:");
    refuses(
        request,
        LesserStructures.request(
            own,
            LesserStructures.wants(Extension.basicConstraints),
            LesserStructures.wants(Extension.basicConstraints)),
        "attribute:");
    KeyPolicy otherName =
        KeyPolicy.of(
            new LesserRules(
                Optional.of(new RequestRules(Structures.name(TestVault.ROOT), Set.of())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThatThrownBy(() -> pass(otherName, request, LesserStructures.request(key)))
        .hasMessageContaining("subject:");
  }

  private void refusesStamp(Consumer<TreeMap<Integer, ASN1Encodable>> change, String rule) {
    TreeMap<Integer, ASN1Encodable> fields = LesserStructures.info(NOW);
    change.accept(fields);
    byte[] info = LesserStructures.encoded(fields);
    refuses(
        SignedStructure.TIME_STAMP,
        LesserStructures.timeStamp(info, LesserStructures.stampAttributes(info, NOW)),
        rule);
  }

  @Test
  void holdsWhatATimeStampSays() throws Exception {
    takes(SignedStructure.TIME_STAMP, LesserStructures.timeStamp(NOW));
    TreeMap<Integer, ASN1Encodable> least = LesserStructures.info(NOW);
    least.tailMap(5).clear();
    byte[] info = LesserStructures.encoded(least);
    takes(
        SignedStructure.TIME_STAMP,
        LesserStructures.timeStamp(info, LesserStructures.stampAttributes(info, NOW)));

    refusesStamp(f -> f.put(0, new ASN1Integer(2)), "version 1");
    refusesStamp(f -> f.put(1, new ASN1ObjectIdentifier("1.2.3")), "time-stamp-policy:");
    refusesStamp(
        f ->
            f.put(
                2,
                Structures.sequence(
                    new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1),
                    new DEROctetString(new byte[20]))),
        "message-imprint:");
    refusesStamp(
        f ->
            f.put(
                2,
                Structures.sequence(LesserStructures.sha256(), new DEROctetString(new byte[31]))),
        "message-imprint:");
    refusesStamp(f -> f.put(3, new ASN1Integer(0)), "serial-number:");
    refusesStamp(f -> f.put(3, new ASN1Integer(LesserStructures.large(160))), "serial-number:");
    refusesStamp(f -> f.put(4, time(NOW.plusSeconds(61))), "gen-time:");
    refusesStamp(f -> f.put(4, time(NOW.minusSeconds(61))), "gen-time:");
    refusesStamp(f -> f.put(6, ASN1Boolean.FALSE), "default");
    refusesStamp(f -> f.put(7, new ASN1Integer(LesserStructures.large(256))), "nonce:");
    refusesStamp(
        f -> f.put(5, Structures.sequence(new DERTaggedObject(false, 0, new ASN1Integer(1000)))),
        "accuracy");
    refusesStamp(
        f -> f.put(9, new DERTaggedObject(false, 1, new DERSequence(new ASN1Integer(1)))),
        "behind the end");
  }

  private static ASN1GeneralizedTime time(Instant time) {
    return new ASN1GeneralizedTime(java.util.Date.from(time));
  }

  private void refusesStampAttributes(
      Consumer<TreeMap<String, ASN1Encodable>> change, String rule) {
    byte[] info = LesserStructures.encoded(LesserStructures.info(NOW));
    TreeMap<String, ASN1Encodable> attributes = LesserStructures.stampAttributes(info, NOW);
    change.accept(attributes);
    refuses(SignedStructure.TIME_STAMP, LesserStructures.timeStamp(info, attributes), rule);
  }

  @Test
  void holdsHowATimeStampIsSigned() {
    refusesStampAttributes(
        a -> a.put(SignedAttributes.CONTENT_TYPE, new ASN1ObjectIdentifier(LesserStructures.DATA)),
        "content-type:");
    refusesStampAttributes(a -> a.remove(SignedAttributes.CONTENT_TYPE), "content-type:");
    refusesStampAttributes(a -> a.remove(SignedAttributes.MESSAGE_DIGEST), "message-digest:");
    refusesStampAttributes(
        a -> a.put(SignedAttributes.MESSAGE_DIGEST, new DEROctetString(new byte[32])),
        "message-digest:");
    refusesStampAttributes(
        a -> a.put(SignedAttributes.MESSAGE_DIGEST, new DEROctetString(new byte[20])),
        "message-digest:");
    refusesStampAttributes(
        a -> a.remove(SignedAttributes.SIGNING_CERTIFICATE_V2), "signing-certificate:");
    refusesStampAttributes(
        a ->
            a.put(
                SignedAttributes.SIGNING_CERTIFICATE_V2,
                Structures.sequence(
                    Structures.sequence(Structures.sequence(new DEROctetString(new byte[31]))))),
        "signing-certificate:");
    refusesStampAttributes(
        a ->
            a.put(
                SignedAttributes.SIGNING_CERTIFICATE_V2,
                Structures.sequence(
                    Structures.sequence(
                        Structures.sequence(
                            LesserStructures.sha256(), new DEROctetString(new byte[32]))))),
        "signing-certificate:");
    refusesStampAttributes(
        a -> a.put(SignedAttributes.SIGNING_TIME, new DERUTCTime("261122090000Z")),
        "signing-time:");
    refusesStampAttributes(a -> a.put("1.2.3", new ASN1Integer(1)), "attribute:");
  }

  private void refusesMessage(Consumer<TreeMap<String, ASN1Encodable>> change, String rule) {
    TreeMap<String, ASN1Encodable> attributes = LesserStructures.messageAttributes(key, NOW);
    change.accept(attributes);
    refuses(
        SignedStructure.CMS_ATTRIBUTES,
        LesserStructures.message(LesserStructures.sha256(), LesserStructures.DATA, attributes),
        rule);
  }

  @Test
  void holdsMessages() throws Exception {
    SignedStructure message = SignedStructure.CMS_ATTRIBUTES;
    takes(message, LesserStructures.message(key, NOW));
    Map<String, ASN1Encodable> right = LesserStructures.messageAttributes(key, NOW);
    refuses(
        message,
        LesserStructures.message(LesserStructures.sha256(), "1.2.3", right),
        "content-type:");
    refuses(
        message,
        LesserStructures.message(
            new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1), LesserStructures.DATA, right),
        "digest-algorithm:");
    refuses(
        message,
        LesserStructures.message(
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384), LesserStructures.DATA, right),
        "message-digest:");
    refusesMessage(a -> a.remove(SignedAttributes.CONTENT_TYPE), "content-type:");
    refusesMessage(a -> a.remove(SignedAttributes.MESSAGE_DIGEST), "message-digest:");
    refusesMessage(
        a -> a.put(SignedAttributes.SIGNING_TIME, new DERUTCTime("261122090000Z")),
        "signing-time:");
    refusesMessage(a -> a.put("1.2.3", new ASN1Integer(1)), "attribute:");
    refusesMessage(
        a -> a.put(LesserStructures.TRANSACTION, new DEROctetString(new byte[2048])), "size:");
    refusesMessage(
        a ->
            a.put(
                SignedAttributes.ALGORITHM_PROTECTION,
                LesserStructures.protection(
                    LesserStructures.sha256(),
                    Bytes.fromHex("300a06082a8648ce3d040303").toArray())),
        "algorithm-protection:");
  }

  @Test
  void makesNoTimeStampAsAMessage() {
    KeyPolicy careless =
        KeyPolicy.of(
            new LesserRules(
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                    new CmsRules(
                        Set.of(TimeStampCheck.TST_INFO),
                        Set.of(),
                        Duration.ofHours(1),
                        2048,
                        SignatureRate.ANY)),
                Optional.empty()));
    byte[] info = LesserStructures.encoded(LesserStructures.info(NOW));
    Bytes octets =
        LesserStructures.message(
            LesserStructures.sha256(),
            TimeStampCheck.TST_INFO,
            LesserStructures.stampAttributes(info, NOW));
    assertThatThrownBy(() -> pass(careless, SignedStructure.CMS_ATTRIBUTES, octets))
        .hasMessageContaining("content-type:");
  }

  /**
   * A SET begins with 0x31; what verifies as a certificate, a list, a request or an OCSP answer
   * begins with 0x30. So no signature over the one is ever one over the other.
   */
  @Test
  void signsASetThatNobodyTakesForAnotherStructure() throws Exception {
    for (SignRequest request :
        new SignRequest[] {
          request(SignedStructure.TIME_STAMP, LesserStructures.timeStamp(NOW)),
          request(SignedStructure.CMS_ATTRIBUTES, LesserStructures.message(key, NOW))
        }) {
      pass(LesserStructures.ALL, request.structure(), request.toBeSigned());
      byte[] signed = PolicyGate.signedOctets(request).toArray();
      assertThat(signed[0]).isEqualTo((byte) 0x31);
      assertThat(new DERSet(DERSet.getInstance(signed).toArray()).getEncoded("DER"))
          .isEqualTo(signed);
      assertThatThrownBy(() -> TbsCertificate.read(signed)).isInstanceOf(NotDer.class);
      assertThatThrownBy(() -> OcspAnswer.read(signed)).isInstanceOf(NotDer.class);
      assertThatThrownBy(
              () ->
                  RequestCheck.check(
                      LesserStructures.ALL.lesser().requests().orElseThrow(),
                      new KeyFacts(key.publicKey(), key.signatureAlgorithm(), _ -> false),
                      signed))
          .isInstanceOf(NotDer.class);
      ListReading list =
          new ListGate()
              .begin(
                  new ListRules(
                      Structures.name(TestVault.ISSUER), Duration.ofDays(1), Duration.ofHours(1)),
                  new KeyFacts(key.publicKey(), key.signatureAlgorithm(), _ -> false),
                  NOW,
                  _ -> false);
      assertThatThrownBy(() -> list.update(signed, 0, signed.length))
          .hasMessageContaining("TBSCertList");
      assertThatThrownBy(() -> pass(LesserStructures.ALL, request.structure(), Bytes.of(signed)))
          .as("nor can the SET itself be asked for")
          .isInstanceOf(SigningRefused.class);
    }
  }

  @Test
  void refusesOtherStructuresInTheFrameOfAMessage() throws Exception {
    Bytes[] others = {
      Structures.certificate(NOW, key).encoded(),
      new ListDraft(key, NOW).encoded(),
      Structures.ocsp(key, NOW, NOW.plusSeconds(60)),
      LesserStructures.request(key),
      Structures.auditHead(1, NOW)
    };
    for (Bytes other : others) {
      refuses(SignedStructure.CMS_ATTRIBUTES, other, "CMS_ATTRIBUTES");
      refuses(SignedStructure.TIME_STAMP, other, "TIME_STAMP");
    }
  }

  @Test
  void signsOtherStructuresAsTheyAre() throws Exception {
    Bytes octets = LesserStructures.request(key);
    assertThat(PolicyGate.signedOctets(request(SignedStructure.CERTIFICATION_REQUEST, octets)))
        .isEqualTo(octets);
    assertThatThrownBy(() -> PolicyGate.signedOctets(request(SignedStructure.TIME_STAMP, octets)))
        .isInstanceOf(SigningRefused.class);
  }

  @Test
  void holdsAuditHeads() throws Exception {
    takes(SignedStructure.AUDIT_HEAD, Structures.auditHead(1, NOW));
    refusesHead(new AuditHead("node-1", 1, Bytes.of(new byte[31]), NOW));
    refusesHead(new AuditHead("node-1", -1, Bytes.of(new byte[32]), NOW));
    refusesHead(new AuditHead("", 1, Bytes.of(new byte[32]), NOW));
    refusesHead(new AuditHead("node\n1", 1, Bytes.of(new byte[32]), NOW));
    refusesHead(new AuditHead("n".repeat(256), 1, Bytes.of(new byte[32]), NOW));
    ASN1Encodable[] five = {
      new org.bouncycastle.asn1.DERUTF8String("node-1"),
      new ASN1Integer(1),
      new DEROctetString(new byte[32]),
      new ASN1Integer(1),
      new ASN1Integer(1)
    };
    refuses(
        SignedStructure.AUDIT_HEAD,
        Bytes.of(Structures.octets(new DERSequence(five))),
        "not a AUDIT_HEAD");
  }

  private void refusesHead(AuditHead head) {
    refuses(SignedStructure.AUDIT_HEAD, head.encoded(), "audit-head:");
  }

  @Test
  void signsOnlyPoliciesThatItCouldRead() throws Exception {
    String text = PolicyFile.write(key.id(), key.publicKey(), LesserStructures.ALL);
    takes(SignedStructure.KEY_POLICY, text(text));
    refuses(SignedStructure.KEY_POLICY, text(text + "anything: true\n"), "key-policy:");
    refuses(SignedStructure.KEY_POLICY, text("version: 2\n"), "key-policy:");
    refuses(SignedStructure.KEY_POLICY, text(text.replace("key: lesser", "key: A B")), "key-pol");
    refuses(SignedStructure.KEY_POLICY, text(text + "# \u0007\n"), "text:");
    refuses(SignedStructure.KEY_POLICY, Bytes.of(new byte[] {'#', (byte) 0xc3}), "text:");
    refuses(SignedStructure.KEY_POLICY, text("a: " + "[".repeat(60_000)), "key-policy:");
    refuses(SignedStructure.KEY_POLICY, text("{a: ".repeat(15_000)), "key-policy:");
    refuses(SignedStructure.KEY_POLICY, text(" ".repeat(70_000)), "size:");
  }

  @Test
  void signsOnlyRecordsInCanonicalJson() throws Exception {
    takes(SignedStructure.CEREMONY_RECORD, LesserStructures.record());
    refusesRecord("{\"kreissiegel-ceremony-record\": 1}", "ceremony-record:");
    refusesRecord("{\"a\":1}", "ceremony-record:");
    refusesRecord("[".repeat(60_000), "ceremony-record:");
    refusesRecord("'" + "[".repeat(60_000), "ceremony-record:");
    refusesRecord("{\"kreissiegel-ceremony-record\":1}\n{}", "ceremony-record:");
    refusesRecord("{\"kreissiegel-ceremony-record\":\"\t\"}", "text:");
    refusesRecord("{\"b\":1,\"a\":1}", "CEREMONY_RECORD");
  }

  private void refusesRecord(String text, String rule) {
    refuses(SignedStructure.CEREMONY_RECORD, text(text), rule);
  }

  private static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void isAskedForNoReceipt() {
    refuses(SignedStructure.RELEASE_RECEIPT, LesserStructures.record(), "structure:");
  }

  @Test
  void givesEachThingToItsOwnKeys() {
    KeyPolicy decrypts =
        KeyPolicy.of(
            new LesserRules(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(release())));
    for (SignedStructure structure : SignedStructure.values()) {
      assertThatThrownBy(() -> pass(decrypts, structure, LesserStructures.record()))
          .hasMessageContaining("structure:");
    }
  }

  private static ReleaseRules release() {
    return new ReleaseRules(
        Purpose.UNWRAP, Set.of(Scheme.RSA_OAEP_SHA256), 512, 2, new SignatureRate(3, 20));
  }

  @Test
  void readsFromItsFileWhatItWrote() throws Exception {
    LesserRules lesser = LesserStructures.ALL.lesser();
    KeyPolicy policy =
        new KeyPolicy(
            Optional.empty(),
            Optional.of(
                new ListRules(
                    Structures.name(TestVault.ISSUER),
                    Duration.ofDays(1),
                    Duration.ofHours(1),
                    Optional.of(Bytes.of(new byte[20])))),
            Optional.empty(),
            false,
            false,
            new LesserRules(
                lesser.requests(), lesser.timeStamps(), lesser.cms(), Optional.of(release())));
    String text = PolicyFile.write(key.id(), key.publicKey(), policy);
    assertThat(PolicyFile.read(key.id(), key.publicKey(), "lesser.yaml", text)).isEqualTo(policy);
    assertThat(policy.lesser().rate(SignedStructure.TIME_STAMP)).isEqualTo(SignatureRate.ANY);
    refusesFile(text.replace("per-minute: 3", "per-minute: 0"), "per-minute");
    refusesFile(text.replace("purpose: unwrap", "purpose: steal"), "steal");
    refusesFile(text.replace("rsa-oaep-sha256", "rsa-raw"), "rsa-raw");
    refusesFile(text.replace("officers: 2", "officers: -1"), "officers");
    refusesFile(text.replace("  officers: 2\n", ""), "officers");
    refusesFile(text.replace("largest-octets: 512", "largest-octets: 0"), "largest-octets");
    refusesFile(text.replace(LesserStructures.POLICY, "one.two"), "one.two");
  }

  private void refusesFile(String text, String word) {
    assertThatThrownBy(() -> PolicyFile.read(new KeyId("lesser"), key.publicKey(), "x.yaml", text))
        .isInstanceOf(PolicyFault.class)
        .hasMessageContaining(word);
  }

  @Test
  void countsSerialNumbersOfStampsByTheirOctets() throws Exception {
    TreeMap<Integer, ASN1Encodable> fields = LesserStructures.info(NOW);
    fields.put(3, new ASN1Integer(BigInteger.ONE.shiftLeft(158)));
    byte[] info = LesserStructures.encoded(fields);
    takes(
        SignedStructure.TIME_STAMP,
        LesserStructures.timeStamp(info, LesserStructures.stampAttributes(info, NOW)));
  }
}
