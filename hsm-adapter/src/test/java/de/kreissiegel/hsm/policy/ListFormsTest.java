package de.kreissiegel.hsm.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.TestKeys;
import de.kreissiegel.hsm.signing.VaultKey;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions, deltas and what else a policy may allow in lists. */
class ListFormsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final ListRules RULES =
      new ListRules(
              SamplePolicy.policy().lists().orElseThrow().issuer(),
              Duration.ofDays(32),
              Duration.ofHours(2))
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

  @Test
  void holdsListsToTheirOwnAddresses() throws Exception {
    passes(draft().extension(Extension.issuingDistributionPoint, true, at("7-p3.crl")));
    for (String other : List.of("7-p4.crl", "7-p0.crl", "8.crl", "8-p1.crl", "7-p1-delta.crl")) {
      refuses(
          d -> d.extension(Extension.issuingDistributionPoint, true, at(other)),
          "distribution-point:");
    }
    passes(
        draft()
            .extension(Extension.issuingDistributionPoint, true, at("7-p3.crl"))
            .extension(Extension.freshestCRL, false, freshest("7-p3-delta.crl")));
    for (String other : List.of("7-delta.crl", "7-p2-delta.crl", "8-p3-delta.crl", "7-p3.crl")) {
      refuses(
          d ->
              d.extension(Extension.issuingDistributionPoint, true, at("7-p3.crl"))
                  .extension(Extension.freshestCRL, false, freshest(other)),
          "freshest-crl:");
    }
  }

  @Test
  void wantsADeltaToChangeAListThatThisVaultSigned() throws Exception {
    ListRules known =
        RULES.with(
            new ListForms(RULES.forms().address(), 3, ListForms.Deltas.KNOWN_BASE, false, false));
    byte[] octets =
        draft().extension(Extension.deltaCRLIndicator, true, number(9)).encoded().toArray();
    atOnce(known, octets, new Signed(9));
    for (LastNumbers last : List.of(LastNumbers.NONE, new Signed(8))) {
      assertThatThrownBy(() -> atOnce(known, octets, last)).hasMessageContaining("delta-base:");
    }
    byte[] elsewhere =
        draft()
            .extension(Extension.deltaCRLIndicator, true, number(9))
            .extension(Extension.issuingDistributionPoint, true, at("7-p1.crl"))
            .encoded()
            .toArray();
    assertThatThrownBy(() -> atOnce(known, elsewhere, new Signed(9)))
        .hasMessageContaining("delta-base:");
  }

  /** One full list of that number was signed, of what has no partition. */
  private record Signed(int number) implements LastNumbers {
    @Override
    public Optional<BigInteger> of(ListScope scope) {
      return scope.equals(new ListScope(Optional.empty(), false))
          ? Optional.of(BigInteger.valueOf(number))
          : Optional.empty();
    }

    @Override
    public boolean isComplete(ListScope scope, BigInteger asked) {
      return of(scope).equals(Optional.of(asked));
    }
  }

  @Test
  void signsNothingBesidePlainListsUnlessThePolicySaysSo() throws Exception {
    ListRules plain = RULES.with(ListForms.PLAIN);
    atOnce(plain, draft().encoded().toArray(), LastNumbers.NONE);
    Map<String, ListDraft> special =
        Map.of(
            "distribution-point:",
            draft().extension(Extension.issuingDistributionPoint, true, at("7-p1.crl")),
            "delta:",
            draft().extension(Extension.deltaCRLIndicator, true, number(9)),
            "freshest-crl:",
            draft().extension(Extension.freshestCRL, false, freshest("7-delta.crl")),
            "expired-certificates:",
            draft().extension(EXPIRED_TOO, false, new ASN1GeneralizedTime("20200101000000Z")),
            "invalidity-date:",
            draft()
                .entry(
                    BigInteger.TWO,
                    NOW,
                    ListDraft.one(
                        Extension.invalidityDate,
                        false,
                        new ASN1GeneralizedTime("20200101000000Z"))));
    for (var one : special.entrySet()) {
      assertThatThrownBy(() -> atOnce(plain, one.getValue().encoded().toArray(), LastNumbers.NONE))
          .hasMessageContaining(one.getKey());
    }
  }

  private ListDraft draft() {
    return new ListDraft(key, NOW);
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

  private void passes(ListDraft draft) throws SigningRefused {
    atOnce(RULES, draft.encoded().toArray(), LastNumbers.NONE);
  }

  private void refuses(Consumer<ListDraft> change, String rule) throws Exception {
    ListDraft draft = draft();
    passes(draft);
    change.accept(draft);
    assertThatThrownBy(() -> passes(draft))
        .isInstanceOf(SigningRefused.class)
        .hasMessageContaining(rule);
  }

  private static CRLNumber number(int number) {
    return new CRLNumber(BigInteger.valueOf(number));
  }

  private static CRLDistPoint freshest(String file) {
    return new CRLDistPoint(
        new DistributionPoint[] {new DistributionPoint(place(file), null, null)});
  }

  private static IssuingDistributionPoint at(String file) {
    return new IssuingDistributionPoint(place(file), false, false, null, false, false);
  }

  private static DistributionPointName place(String file) {
    return new DistributionPointName(
        new GeneralNames(
            new GeneralName(GeneralName.uniformResourceIdentifier, "http://pki.example/" + file)));
  }
}
