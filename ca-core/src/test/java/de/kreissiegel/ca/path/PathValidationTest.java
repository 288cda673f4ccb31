package de.kreissiegel.ca.path;

import static de.kreissiegel.ca.policyset.PolicySet.BSI_KOMMUNAL;
import static de.kreissiegel.ca.policyset.PolicySet.BSI_STRICT;
import static de.kreissiegel.ca.policyset.PolicySet.COMPATIBILITY;
import static de.kreissiegel.ca.policyset.PolicySet.RFC5280;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.policyset.TestCertificate;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.KeyPair;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;

class PathValidationTest {
  private static final TestCertificate ROOT = TestCertificate.root("Root").make();
  private static final TestCertificate AUTHORITY = ROOT.authority("Authority").make();
  private static final TestCertificate HOLDER = AUTHORITY.holder("Holder").make();
  private static final Bytes ROOT_LIST = TestList.empty(ROOT);
  private static final Bytes AUTHORITY_LIST = TestList.empty(AUTHORITY);

  @Test
  void aGoodPathIsValidUnderEachSet() {
    for (PolicySet set : PolicySet.values()) {
      PathVerdict.Valid valid = ask().lists(ROOT_LIST, AUTHORITY_LIST).under(set).valid();
      assertThat(valid.path().stream().map(PathCertificate::subject))
          .containsExactly("CN=Holder", "CN=Authority", "CN=Root");
      assertThat(valid.statusChecked()).isTrue();
      assertThat(valid.policies()).isEmpty();
    }
  }

  @Test
  void thePathIsFoundInAHeapOfOthers() {
    TestCertificate stranger = TestCertificate.root("Stranger").make();
    TestCertificate namesake = stranger.authority("Authority").make();
    TestCertificate loop = AUTHORITY.authority("Root").of(ROOT.keys()).make();
    Asked.about(HOLDER).believing(stranger, ROOT).with(namesake, loop, HOLDER, AUTHORITY).valid();
  }

  @Test
  void ofTwoWaysTheGoodOneIsTaken() {
    TestCertificate expired =
        ROOT.authority("Authority")
            .of(AUTHORITY.keys())
            .valid("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z")
            .make();
    Asked.about(HOLDER).believing(ROOT).with(expired, AUTHORITY).valid();
    assertThat(Asked.about(HOLDER).believing(ROOT).with(expired).faults())
        .containsExactly("path.expired 1");
  }

  @Test
  void acrossARolloverOldAndNewKeyLeadToEachOther() {
    KeyPair fresh = TestCertificate.keys("P-256");
    TestCertificate newWithOld = ROOT.authority("Root").of(fresh).make();
    TestCertificate below = newWithOld.authority("Below").make();
    Asked.about(below.holder("Holder").make()).believing(ROOT).with(newWithOld, below).valid();
  }

  @Test
  void whatLeadsNowhereIsToldWithThePlaceWhereItEnds() {
    assertThat(Asked.about(HOLDER).believing(ROOT).faults()).containsExactly("path.no-path 0");
    TestCertificate stranger = TestCertificate.root("Stranger").make();
    assertThat(Asked.about(HOLDER).believing(stranger).with(AUTHORITY).faults())
        .containsExactly("path.no-path 1");
  }

  @Test
  void aSignatureOfAnotherKeyIsNone() {
    TestCertificate forged =
        AUTHORITY.holder("Holder").signedBy(TestCertificate.keys("P-256")).make();
    assertThat(Asked.about(forged).believing(ROOT).with(AUTHORITY).faults())
        .containsExactly("path.signature 0");
  }

  @Test
  void validityIsThatOfTheTimeThatWasAskedFor() {
    assertThat(
            ask(AUTHORITY.holder("H").valid("2026-12-02T00:00:00Z", "2027-01-01T00:00:00Z"))
                .faults())
        .containsExactly("path.not-yet-valid 0");
    assertThat(
            ask(AUTHORITY.holder("H").valid("2026-01-02T00:00:00Z", "2026-12-01T11:59:59Z"))
                .faults())
        .containsExactly("path.expired 0");
    ask(AUTHORITY.holder("H").valid("2026-12-01T12:00:00Z", "2026-12-01T12:00:00Z")).valid();
  }

  @Test
  void onlyAnAuthorityIssues() {
    TestCertificate below = HOLDER.holder("Below").make();
    assertThat(Asked.about(below).believing(ROOT).with(AUTHORITY, HOLDER).faults())
        .containsExactly("path.no-authority 1");
    TestCertificate powerless =
        ROOT.authority("Powerless").usage(KeyUsage.cRLSign | KeyUsage.digitalSignature).make();
    assertThat(Asked.about(powerless.holder("H").make()).believing(ROOT).with(powerless).faults())
        .containsExactly("path.key-cert-sign 1");
  }

  @Test
  void pathLengthsHold() {
    TestCertificate narrow =
        ROOT.authority("Narrow")
            .with(Extension.basicConstraints, true, new BasicConstraints(0))
            .make();
    TestCertificate below = narrow.authority("Below").make();
    assertThat(Asked.about(below.holder("H").make()).believing(ROOT).with(narrow, below).faults())
        .containsExactly("path.length 1");
  }

  @Test
  void anUnknownCriticalExtensionIsRefused() {
    var unknown = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1");
    assertThat(ask(AUTHORITY.holder("H").with(unknown, true, DERNull.INSTANCE)).faults())
        .containsExactly("path.critical-extension 0");
    ask(AUTHORITY.holder("H").with(unknown, false, DERNull.INSTANCE)).valid();
  }

  @Test
  void nameConstraintsHoldForNamesOfAllKinds() {
    TestCertificate kreis = constrained(GeneralName.dNSName, "kreis.example");
    assertThat(named(kreis, new GeneralName(GeneralName.dNSName, "www.kreis.example"))).isEmpty();
    assertThat(named(kreis, new GeneralName(GeneralName.dNSName, "stadt.example")))
        .containsExactly("path.name-constraints 0");
    TestCertificate mail = constrained(GeneralName.rfc822Name, "kreis.example");
    assertThat(named(mail, new GeneralName(GeneralName.rfc822Name, "a@kreis.example"))).isEmpty();
    assertThat(named(mail, new GeneralName(GeneralName.rfc822Name, "a@stadt.example")))
        .containsExactly("path.name-constraints 0");
    assertThat(named(mail, TestNames.smtpUtf8("müller@kreis.example"))).isEmpty();
    assertThat(named(mail, TestNames.smtpUtf8("müller@stadt.example")))
        .containsExactly("path.name-constraints 0");
  }

  @Test
  void anyAlgorithmThatWeKnowIsGoodForRfc5280() {
    for (String kind : List.of("brainpoolP384r1", "Ed25519", "ML-DSA-65", "2048")) {
      KeyPair keys = TestCertificate.keys(kind);
      String algorithm =
          switch (kind) {
            case "brainpoolP384r1" -> "SHA384withECDSA";
            case "2048" -> "SHA256withRSAandMGF1";
            default -> kind;
          };
      TestCertificate root = TestCertificate.root(kind).of(keys).signed(algorithm).make();
      TestCertificate holder = root.holder("H").signed(algorithm).make();
      Asked.about(holder).believing(root).valid();
    }
  }

  @Test
  void underStricterSetsTheAnchorsOwnCertificateCounts() {
    TestCertificate old =
        TestCertificate.root("Old").valid("2021-01-01T00:00:00Z", "2026-11-30T00:00:00Z").make();
    Asked below = Asked.about(old.holder("H").make()).believing(old);
    below.under(RFC5280).valid();
    assertThat(below.under(COMPATIBILITY).faults()).containsExactly("path.expired 1");

    TestCertificate narrow =
        TestCertificate.root("Narrow")
            .with(Extension.basicConstraints, true, new BasicConstraints(0))
            .make();
    TestCertificate authority = narrow.authority("A").make();
    Asked longer = Asked.about(authority.holder("H").make()).believing(narrow).with(authority);
    longer.under(RFC5280).valid();
    assertThat(longer.under(COMPATIBILITY).faults()).containsExactly("path.length 1");

    TestCertificate bounded =
        TestCertificate.root("Bounded")
            .with(Extension.nameConstraints, true, permitted(GeneralName.dNSName, "kreis.example"))
            .make();
    Asked outside =
        Asked.about(
                bounded
                    .holder("H")
                    .names(new GeneralName(GeneralName.dNSName, "stadt.example"))
                    .make())
            .believing(bounded);
    outside.under(RFC5280).valid();
    assertThat(outside.under(COMPATIBILITY).faults()).containsExactly("path.name-constraints 0");
  }

  @Test
  void rulesOfTheSetAreToldWithTheirPlaceAndAllTogether() {
    TestCertificate weak =
        AUTHORITY
            .holder("*.kreis.example")
            .valid("2026-11-01T00:00:00Z", "2029-12-01T00:00:00Z")
            .make();
    Asked asked =
        Asked.about(weak).believing(ROOT).with(AUTHORITY).lists(ROOT_LIST, AUTHORITY_LIST);
    assertThat(asked.under(BSI_KOMMUNAL).faults())
        .containsExactly("name.wildcard 0", "validity.length 0");
    asked.under(RFC5280).valid();
  }

  @Test
  void whatIsOnlyAdvisedDoesNotMakeAPathInvalid() {
    PathVerdict.Valid valid = ask().lists(ROOT_LIST, AUTHORITY_LIST).under(BSI_STRICT).valid();
    assertThat(valid.advice().stream().map(PathFault::id)).containsOnly("key.brainpool");
  }

  @Test
  void theAnchorItselfIsAPathOfOne() {
    Asked.about(ROOT).believing(ROOT).valid();
  }

  @Test
  void withoutAnAnchorThereIsNoQuestion() {
    assertThatThrownBy(() -> Asked.about(HOLDER).verdict())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNoCertificateIsTold() {
    assertThat(Asked.about(Bytes.fromHex("3003020101")).believing(ROOT).faults())
        .containsExactly("path.unreadable");
  }

  @Test
  void noFlippedBitIsOverlooked() {
    long seed = 20261129L;
    Random random = new Random(seed);
    for (int round = 0; round < 150; round++) {
      boolean holder = round % 2 == 0;
      byte[] octets = (holder ? HOLDER : AUTHORITY).encoded().toArray();
      int bit = random.nextInt(octets.length * 8);
      octets[bit / 8] ^= (byte) (1 << (bit % 8));
      Bytes changed = Bytes.of(octets);
      PathVerdict verdict =
          PathValidation.verify(
              new PathQuestion(
                  List.of(ROOT.encoded()),
                  holder ? changed : HOLDER.encoded(),
                  List.of(holder ? AUTHORITY.encoded() : changed),
                  List.of(),
                  TestCertificate.TIME,
                  PathOptions.under(RFC5280)));
      assertThat(verdict)
          .as("seed %d, round %d, bit %d", seed, round, bit)
          .isInstanceOf(PathVerdict.Invalid.class);
    }
  }

  private static Asked ask() {
    return Asked.about(HOLDER).believing(ROOT).with(AUTHORITY);
  }

  private static Asked ask(TestCertificate.Draft holder) {
    return Asked.about(holder.make()).believing(ROOT).with(AUTHORITY);
  }

  private static TestCertificate constrained(int kind, String base) {
    return ROOT.authority("Constrained")
        .with(Extension.nameConstraints, true, permitted(kind, base))
        .make();
  }

  private static NameConstraints permitted(int kind, String base) {
    return new NameConstraints(
        new GeneralSubtree[] {new GeneralSubtree(new GeneralName(kind, base))}, null);
  }

  /** The faults of a holder with that name. */
  private static List<String> named(TestCertificate authority, GeneralName name) {
    PathVerdict verdict =
        Asked.about(authority.holder("H").names(name).make())
            .believing(ROOT)
            .with(authority)
            .verdict();
    return Stream.of(verdict)
        .filter(PathVerdict.Invalid.class::isInstance)
        .flatMap(bad -> ((PathVerdict.Invalid) bad).faults().stream())
        .map(fault -> fault.id() + " " + fault.position().orElseThrow())
        .collect(Collectors.toList());
  }
}
