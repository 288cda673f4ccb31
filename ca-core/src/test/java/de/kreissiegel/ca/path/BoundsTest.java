package de.kreissiegel.ca.path;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.policyset.TestCertificate;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was made to take forever is refused, and nothing is cut off quietly. */
@Timeout(60)
class BoundsTest {
  private static final String ARC = "1.3.6.1.4.1.55555.";
  private static final KeyPair KEYS = TestCertificate.keys("P-256");
  private static final TestCertificate ROOT =
      TestCertificate.root("Root")
          .with(Extension.basicConstraints, true, new BasicConstraints(true))
          .make();

  @Test
  void sixteenCertificatesAreAPathAndSeventeenAreNot() {
    assertThat(chain(16).valid().path()).hasSize(17);
    assertThat(chain(17).faults()).containsExactly("path.limit");
  }

  /** Mappings that double the valid_policy_tree with each certificate (RFC 9618 §3). */
  @Test
  void aPolicyTreeThatDoublesEndlesslyIsNotBuilt() {
    var chain = new ArrayList<TestCertificate>();
    TestCertificate above = ROOT;
    for (int i = 0; i < 14; i++) {
      above =
          above
              .authority("A" + i)
              .with(Extension.basicConstraints, true, new BasicConstraints(true))
              .with(Extension.certificatePolicies, false, policies(1, 2))
              .with(
                  Extension.policyMappings,
                  true,
                  mappings(new int[][] {{1, 1}, {1, 2}, {2, 1}, {2, 2}}))
              .make();
      chain.add(above);
    }
    TestCertificate holder =
        above.holder("H").with(Extension.certificatePolicies, false, policies(1, 2)).make();
    Asked asked = Asked.about(holder).believing(ROOT).with(chain.toArray(TestCertificate[]::new));
    assertThat(asked.faults()).containsExactly("path.limit");
  }

  @Test
  void ordinaryMappingsAreNoGrowth() {
    TestCertificate authority =
        ROOT.authority("A")
            .with(Extension.certificatePolicies, false, policies(1, 2))
            .with(Extension.policyMappings, true, mappings(new int[][] {{1, 3}, {2, 4}}))
            .make();
    TestCertificate holder =
        authority.holder("H").with(Extension.certificatePolicies, false, policies(3)).make();
    assertThat(Asked.about(holder).believing(ROOT).with(authority).valid().policies())
        .containsExactly(ARC + 1);
  }

  @Test
  void namesTimesConstraintsAreBounded() {
    GeneralSubtree[] subtrees =
        IntStream.range(0, 1200)
            .mapToObj(
                i -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, "k" + i + ".de")))
            .toArray(GeneralSubtree[]::new);
    TestCertificate authority =
        ROOT.authority("A")
            .with(Extension.nameConstraints, true, new NameConstraints(subtrees, null))
            .make();
    GeneralName[] names =
        Collections.nCopies(1200, new GeneralName(GeneralName.dNSName, "k1.de"))
            .toArray(GeneralName[]::new);
    Asked asked =
        Asked.about(authority.holder("H").names(names).make()).believing(ROOT).with(authority);
    assertThat(asked.faults()).containsExactly("path.limit");
  }

  /** All sign all: without bounds there are more ways than anybody can walk. */
  @Test
  void aThicketOfCrossCertificatesEnds() {
    TestCertificate lost = TestCertificate.root("Lost").make();
    var thicket = new ArrayList<TestCertificate>();
    for (int i = 0; i < 40; i++) {
      thicket.add(
          lost.authority("Cross")
              .named("CN=Cross")
              .issuedBy("CN=Cross")
              .of(KEYS)
              .signedBy(KEYS)
              .make());
    }
    TestCertificate holder = thicket.getFirst().holder("H").make();
    Asked asked = Asked.about(holder).believing(ROOT).with(thicket.toArray(TestCertificate[]::new));
    assertThat(asked.faults()).containsExactly("path.limit");
  }

  @Test
  void moreThanFiveHundredCertificatesAreTooMany() {
    TestCertificate holder = ROOT.holder("H").make();
    List<Bytes> many = Collections.nCopies(513, ROOT.encoded());
    PathVerdict verdict =
        PathValidation.verify(
            new PathQuestion(
                List.of(ROOT.encoded()),
                holder.encoded(),
                many,
                List.of(),
                TestCertificate.TIME,
                PathOptions.under(PolicySet.RFC5280)));
    assertThat(((PathVerdict.Invalid) verdict).fault().id()).isEqualTo("path.limit");
  }

  /** The holder and so many less one authorities above it. */
  private static Asked chain(int length) {
    var chain = new ArrayList<TestCertificate>();
    TestCertificate above = ROOT;
    for (int i = 1; i < length; i++) {
      above =
          above
              .authority("A" + i)
              .with(Extension.basicConstraints, true, new BasicConstraints(true))
              .make();
      chain.add(above);
    }
    return Asked.about(above.holder("H").make())
        .believing(ROOT)
        .with(chain.toArray(TestCertificate[]::new));
  }

  private static CertificatePolicies policies(int... numbers) {
    return new CertificatePolicies(
        IntStream.of(numbers)
            .mapToObj(number -> new PolicyInformation(new ASN1ObjectIdentifier(ARC + number)))
            .toArray(PolicyInformation[]::new));
  }

  private static DERSequence mappings(int[][] pairs) {
    var all = new ASN1EncodableVector();
    for (int[] pair : pairs) {
      var one = new ASN1EncodableVector();
      one.add(new ASN1ObjectIdentifier(ARC + pair[0]));
      one.add(new ASN1ObjectIdentifier(ARC + pair[1]));
      all.add(new DERSequence(one));
    }
    return new DERSequence(all);
  }
}
