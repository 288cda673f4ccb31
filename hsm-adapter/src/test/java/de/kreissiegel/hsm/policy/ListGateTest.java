package de.kreissiegel.hsm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestKeys;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListGateTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final Bytes KEY_ID = Bytes.of(new byte[20]);
  private static final ListRules RULES =
      new ListRules(Structures.name(TestVault.ISSUER), Duration.ofDays(32), Duration.ofHours(2))
          .with(
              new ListForms(
                  Optional.of("http://pki.example/7.crl"),
                  3,
                  ListForms.Deltas.ANY_BASE,
                  true,
                  true));
  private static final ASN1ObjectIdentifier EXPIRED_TOO = new ASN1ObjectIdentifier("2.5.29.60");

  private VaultKey key;

  @BeforeEach
  void makeKey() throws Exception {
    key = TestKeys.told("people", TestKeys.p256());
  }

  private ListDraft draft() {
    return new ListDraft(key, NOW)
        .entry(BigInteger.valueOf(77), NOW, ListDraft.one(Extension.reasonCode, false, reason(1)));
  }

  private static ASN1Encodable reason(int code) {
    return new ASN1Enumerated(code);
  }

  private ListReading begin(ListRules rules, Predicate<BigInteger> watched) {
    return new ListGate()
        .begin(
            rules,
            new KeyFacts(key.publicKey(), key.signatureAlgorithm(), _ -> false),
            NOW,
            watched);
  }

  private PassedList atOnce(ListRules rules, byte[] octets, LastNumbers last)
      throws SigningRefused {
    ListReading reading = begin(rules, _ -> true);
    reading.update(octets, 0, octets.length);
    return reading.finish(last);
  }

  private PassedList passes(ListDraft draft) throws SigningRefused {
    return atOnce(RULES, draft.encoded().toArray(), LastNumbers.NONE);
  }

  private void refuses(Consumer<ListDraft> change, String rule) throws Exception {
    ListDraft draft = draft();
    passes(draft);
    change.accept(draft);
    refuses(draft, LastNumbers.NONE, rule);
  }

  private void refuses(ListDraft draft, LastNumbers last, String rule) {
    assertThatThrownBy(() -> atOnce(RULES, draft.encoded().toArray(), last))
        .isInstanceOf(SigningRefused.class)
        .hasMessageContaining(rule);
  }

  @Test
  void tellsWhatAListIs() throws Exception {
    Bytes octets = draft().encoded();
    PassedList passed = passes(draft());
    assertThat(passed.number()).isEqualTo(BigInteger.TEN);
    assertThat(passed.entries()).isEqualTo(1);
    assertThat(passed.listed()).isEqualTo(Map.of(BigInteger.valueOf(77), 1));
    assertThat(passed.octets()).isEqualTo(octets.length());
    assertThat(passed.thisUpdate()).isEqualTo(NOW);
    assertThat(passed.scope()).isEqualTo(new ListScope(Optional.empty(), false));
    assertThat(passed.sha256())
        .isEqualTo(Bytes.of(MessageDigest.getInstance("SHA-256").digest(octets.toArray())));
    assertThat(ListHeader.read(passed.header()))
        .isEqualTo(
            new ListHeader(passed.scope(), BigInteger.TEN, NOW, NOW.plus(Duration.ofDays(7)), 1));
  }

  @Test
  void takesAListWithoutEntries() throws Exception {
    ListDraft draft = draft();
    draft.entries.clear();
    assertThat(passes(draft).entries()).isZero();
  }

  @Test
  void holdsTheFrame() throws Exception {
    refuses(d -> d.version = new ASN1Integer(0), "version 2");
    refuses(d -> d.issuer = new X500Name("CN=Other"), "issuer:");
    refuses(
        d -> d.algorithm = Bytes.fromHex("300a06082a8648ce3d040303").toArray(),
        "signature-algorithm:");
    refuses(d -> d.thisUpdate = NOW.minus(Duration.ofHours(3)), "backdating:");
    refuses(d -> d.thisUpdate = NOW.plus(Duration.ofHours(3)), "postdating:");
    refuses(d -> d.nextUpdate = NOW, "validity:");
    refuses(d -> d.nextUpdate = NOW.plus(Duration.ofDays(33)), "longest-validity:");
    refuses(d -> d.extensions.clear(), "ends too early");
  }

  @Test
  void refusesAListWithoutEnd() {
    DERSequence withoutNext =
        Structures.sequence(
            new ASN1Integer(1),
            org.bouncycastle.asn1.x509.AlgorithmIdentifier.getInstance(
                key.signatureAlgorithm().toArray()),
            TestVault.ISSUER,
            new DERUTCTime("261122080000Z"),
            new DERTaggedObject(true, 0, Structures.sequence(draft().extensions.getFirst())));
    assertThatThrownBy(() -> atOnce(RULES, Structures.octets(withoutNext), LastNumbers.NONE))
        .hasMessageContaining("nextUpdate is missing");
  }

  @Test
  void wantsANumberThatIsOne() throws Exception {
    refuses(
        d -> {
          d.extensions.clear();
          d.extension(
              Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(new byte[20]));
        },
        "crl-number:");
    refuses(d -> d.number(new ASN1Integer(-1)), "crl-number:");
    refuses(d -> d.number(new ASN1Integer(BigInteger.ONE.shiftLeft(159))), "crl-number:");
    refuses(
        d -> {
          d.extensions.clear();
          d.extension(Extension.cRLNumber, false, new DEROctetString(new byte[1]));
        },
        "crl-number:");
    refuses(
        d -> {
          d.extensions.clear();
          d.extension(Extension.cRLNumber, true, new CRLNumber(BigInteger.ONE));
        },
        "list-extension-critical:");
  }

  @Test
  void wantsNumbersToGrow() throws Exception {
    byte[] octets = draft().encoded().toArray();
    atOnce(RULES, octets, _ -> Optional.of(BigInteger.valueOf(9)));
    refuses(draft(), scope -> last(scope, false, 10), "crl-number:");
    refuses(draft(), scope -> last(scope, false, 11), "crl-number:");
    // A delta that was issued with the last complete list bears its number.
    atOnce(RULES, octets, scope -> last(scope, true, 10));
    refuses(draft(), scope -> last(scope, true, 11), "crl-number:");
    LastNumbers elsewhere =
        scope ->
            scope.distributionPoint().isPresent()
                ? Optional.of(BigInteger.valueOf(99))
                : Optional.empty();
    atOnce(RULES, octets, elsewhere);
  }

  private static Optional<BigInteger> last(ListScope scope, boolean delta, int number) {
    return scope.delta() == delta ? Optional.of(BigInteger.valueOf(number)) : Optional.empty();
  }

  @Test
  void wantsTheKeysIdentifier() throws Exception {
    ListRules rules =
        new ListRules(
            RULES.issuer(),
            RULES.longestValidity(),
            RULES.backdating(),
            Optional.of(KEY_ID),
            RULES.forms());
    ListDraft right = draft();
    right.extension(
        Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(new byte[20]));
    atOnce(rules, right.encoded().toArray(), LastNumbers.NONE);
    ListDraft wrong = draft();
    wrong.extension(
        Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(new byte[19]));
    for (ListDraft draft : new ListDraft[] {draft(), wrong}) {
      assertThatThrownBy(() -> atOnce(rules, draft.encoded().toArray(), LastNumbers.NONE))
          .hasMessageContaining("authority-key-id:");
    }
  }

  @Test
  void readsDeltasAndPartitions() throws Exception {
    ListDraft delta = draft().extension(Extension.deltaCRLIndicator, true, number(9));
    assertThat(passes(delta).base()).contains(BigInteger.valueOf(9));
    assertThat(passes(delta).scope().delta()).isTrue();
    IssuingDistributionPoint shard = point(false, false, null);
    PassedList part = passes(draft().extension(Extension.issuingDistributionPoint, true, shard));
    assertThat(part.scope().distributionPoint()).contains(Bytes.of(Structures.octets(shard)));
    passes(
        draft()
            .extension(Extension.freshestCRL, false, freshest())
            .extension(EXPIRED_TOO, false, new ASN1GeneralizedTime("20200101000000Z"))
            .extension(
                Extension.authorityInfoAccess,
                false,
                new AuthorityInformationAccess(
                    AccessDescription.id_ad_caIssuers, uri("http://pki.example/ca.cer"))));
  }

  @Test
  void holdsDeltas() throws Exception {
    refuses(
        d -> d.extension(Extension.deltaCRLIndicator, false, number(9)),
        "list-extension-critical:");
    refuses(d -> d.extension(Extension.deltaCRLIndicator, true, number(10)), "delta-base:");
    refuses(
        d ->
            d.extension(Extension.deltaCRLIndicator, true, number(9))
                .extension(Extension.freshestCRL, false, freshest()),
        "list-extension:");
    refuses(
        d -> d.entry(BigInteger.TWO, NOW, ListDraft.one(Extension.reasonCode, false, reason(8))),
        "reason-code:");
    passes(
        draft()
            .extension(Extension.deltaCRLIndicator, true, number(9))
            .entry(BigInteger.TWO, NOW, ListDraft.one(Extension.reasonCode, false, reason(8))));
  }

  @Test
  void refusesAnIndirectList() throws Exception {
    refuses(
        d -> d.extension(Extension.issuingDistributionPoint, true, point(true, false, null)),
        "indirect-crl:");
    refuses(
        d ->
            d.entry(
                BigInteger.TWO,
                NOW,
                ListDraft.one(
                    Extension.certificateIssuer,
                    true,
                    new GeneralNames(new GeneralName(new X500Name("CN=Other"))))),
        "entry-extension:");
    refuses(
        d ->
            d.entry(
                BigInteger.TWO,
                NOW,
                ListDraft.one(
                    Extension.certificateIssuer,
                    false,
                    new GeneralNames(new GeneralName(new X500Name("CN=Other"))))),
        "indirect-crl:");
  }

  @Test
  void holdsPartitions() throws Exception {
    refuses(
        d -> d.extension(Extension.issuingDistributionPoint, false, point(false, false, null)),
        "list-extension-critical:");
    refuses(
        d -> d.extension(Extension.issuingDistributionPoint, true, new DERSequence()),
        "distribution-point:");
    refuses(
        d -> d.extension(Extension.issuingDistributionPoint, true, flags(1, ASN1Boolean.FALSE)),
        "isn't TRUE");
    refuses(
        d ->
            d.extension(
                Extension.issuingDistributionPoint,
                true,
                Structures.sequence(
                    new DERTaggedObject(false, 2, ASN1Boolean.TRUE),
                    new DERTaggedObject(false, 1, ASN1Boolean.TRUE))),
        "out of their order");
    refuses(
        d ->
            d.extension(
                Extension.issuingDistributionPoint,
                true,
                Structures.sequence(
                    new DERTaggedObject(false, 1, ASN1Boolean.TRUE),
                    new DERTaggedObject(false, 2, ASN1Boolean.TRUE))),
        "distribution-point:");
    refuses(
        d -> d.extension(Extension.issuingDistributionPoint, true, flags(6, ASN1Boolean.TRUE)),
        "no such part");
    refuses(
        d ->
            d.extension(
                Extension.issuingDistributionPoint,
                true,
                point(false, true, new ReasonFlags(ReasonFlags.keyCompromise))),
        "distribution-point:");
  }

  @Test
  void allowsNoOtherExtension() throws Exception {
    refuses(
        d -> d.extension(Extension.issuerAlternativeName, false, uri("http://x.example")),
        "list-extension:");
    refuses(d -> d.extension(Extension.cRLNumber, false, number(3)), "stands twice");
    refuses(
        d -> d.extension(EXPIRED_TOO, false, new DERUTCTime("200101000000Z")), "expiredCertsOnCRL");
  }

  @Test
  void holdsEachEntry() throws Exception {
    refuses(d -> d.entry(BigInteger.ZERO, NOW), "serial-number:");
    refuses(d -> d.entry(BigInteger.TWO.negate(), NOW), "serial-number:");
    refuses(d -> d.entry(BigInteger.ONE.shiftLeft(159), NOW), "serial-number:");
    for (int wrong : new int[] {0, 7, 11, 300}) {
      refusesEntry(ListDraft.one(Extension.reasonCode, false, reason(wrong)), "reason-code:");
    }
    refusesEntry(ListDraft.one(Extension.reasonCode, true, reason(1)), "entry-extension:");
    refusesEntry(ListDraft.one(Extension.reasonCode, false, number(1)), "reasonCode is missing");
    refusesEntry(ListDraft.one(Extension.cRLNumber, false, number(1)), "entry-extension:");
    refusesEntry(
        ListDraft.one(Extension.invalidityDate, false, new DERUTCTime("200101000000Z")),
        "invalidityDate");
    refusesEntry(
        ListDraft.one(Extension.invalidityDate, false, new ASN1GeneralizedTime("20260230000000Z")),
        "invalidityDate");
    refuses(d -> d.entry(BigInteger.valueOf(77), NOW), "entry-twice:");
  }

  private void refusesEntry(Extension extension, String rule) throws Exception {
    refuses(d -> d.entry(BigInteger.TWO, NOW, extension), rule);
  }

  @Test
  void refusesTimesThatAreNone() throws Exception {
    for (String time :
        new String[] {"261301000000Z", "260230000000Z", "260101240000Z", "260101000060Z"}) {
      refuses(
          d -> d.entries.add(Structures.sequence(new ASN1Integer(5), new DERUTCTime(time))),
          "revocationDate is no time");
    }
    refuses(
        d ->
            d.entries.add(
                Structures.sequence(
                    new ASN1Integer(5), new ASN1GeneralizedTime("20260101000000Z"))),
        "must be a UTCTime");
  }

  @Test
  void boundsEachPart() throws Exception {
    refuses(
        d ->
            d.entry(
                BigInteger.TWO,
                NOW,
                ListDraft.one(Extension.reasonCode, false, new DEROctetString(new byte[4 << 10]))),
        "size:");
    refuses(d -> d.extension(EXPIRED_TOO, false, new DEROctetString(new byte[64 << 10])), "size:");
    assertThatThrownBy(
            () -> atOnce(RULES, Bytes.fromHex("30847fffffff").toArray(), LastNumbers.NONE))
        .hasMessageContaining("size:");
  }

  @Test
  void staysRefused() throws Exception {
    ListReading reading = begin(RULES, _ -> false);
    byte[] right = draft().encoded().toArray();
    assertThatThrownBy(() -> reading.update(new byte[] {5, 0}, 0, 2))
        .hasMessageContaining("TBSCertList");
    assertThatThrownBy(() -> reading.update(right, 0, right.length))
        .hasMessageContaining("TBSCertList");
    assertThatThrownBy(() -> reading.finish(LastNumbers.NONE)).hasMessageContaining("TBSCertList");
  }

  @Test
  void refusesEveryBeginningAndEveryContinuation() throws Exception {
    byte[] octets = draft().encoded().toArray();
    for (int length = 0; length < octets.length; length++) {
      byte[] cut = Arrays.copyOf(octets, length);
      assertThatThrownBy(() -> atOnce(RULES, cut, LastNumbers.NONE))
          .isInstanceOf(SigningRefused.class);
    }
    byte[] longer = Arrays.copyOf(octets, octets.length + 1);
    assertThatThrownBy(() -> atOnce(RULES, longer, LastNumbers.NONE))
        .hasMessageContaining("behind the end");
  }

  /** Whatever the pieces, the gate reads what Bouncy Castle reads. */
  @Test
  void readsAsAnotherReaderDoes() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      ListDraft draft = ListDraft.random(key, NOW, random);
      byte[] octets = draft.encoded().toArray();
      PassedList passed = inPieces(octets, random);
      TBSCertList other = TBSCertList.getInstance(octets);
      assertThat(passed.listed()).as("seed %d round %d", seed, round).isEqualTo(listed(other));
      assertThat(passed.entries()).isEqualTo(draft.entries.size());
      assertThat(passed.nextUpdate()).isEqualTo(other.getNextUpdate().getDate().toInstant());
      assertThat(passed).isEqualTo(atOnce(RULES, octets, LastNumbers.NONE));
    }
  }

  @Test
  void holdsNothingOfALongList() throws Exception {
    MillionEntries.Cost cost = MillionEntries.feed(key, 200_000);
    assertThat(cost.passed().entries()).isEqualTo(200_000);
    assertThat(cost.passed().octets()).isGreaterThan(9_000_000);
    assertThat(cost.wallNanos()).isLessThan(Duration.ofSeconds(5).toNanos());
  }

  private static Map<BigInteger, Integer> listed(TBSCertList list) {
    Map<BigInteger, Integer> listed = new HashMap<>();
    for (Enumeration<?> all = list.getRevokedCertificateEnumeration(); all.hasMoreElements(); ) {
      var entry = (TBSCertList.CRLEntry) all.nextElement();
      int reason = 0;
      if (entry.hasExtensions()
          && entry.getExtensions().getExtension(Extension.reasonCode) != null) {
        ASN1OctetString value =
            entry.getExtensions().getExtension(Extension.reasonCode).getExtnValue();
        reason =
            CRLReason.getInstance(ASN1Enumerated.getInstance(value.getOctets()))
                .getValue()
                .intValue();
      }
      listed.put(entry.getUserCertificate().getValue(), reason);
    }
    return listed;
  }

  private PassedList inPieces(byte[] octets, Random random) throws SigningRefused {
    ListReading reading = begin(RULES, _ -> true);
    int at = 0;
    int longest = 1 + random.nextInt(200);
    while (at < octets.length) {
      int length = Math.min(octets.length - at, random.nextInt(longest + 1));
      reading.update(octets, at, length);
      at += length;
    }
    return reading.finish(LastNumbers.NONE);
  }

  private static CRLNumber number(int number) {
    return new CRLNumber(BigInteger.valueOf(number));
  }

  private static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, new DERIA5String(uri));
  }

  private static DistributionPointName name() {
    return new DistributionPointName(new GeneralNames(uri("http://pki.example/7.crl")));
  }

  private static IssuingDistributionPoint point(
      boolean indirect, boolean users, ReasonFlags reasons) {
    return new IssuingDistributionPoint(name(), users, false, reasons, indirect, false);
  }

  private static DERSequence flags(int tag, ASN1Boolean value) {
    return Structures.sequence(new DERTaggedObject(false, tag, value));
  }

  private static CRLDistPoint freshest() {
    DistributionPointName place =
        new DistributionPointName(new GeneralNames(uri("http://pki.example/7-delta.crl")));
    return new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(place, null, null)});
  }
}
