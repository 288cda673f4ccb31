package de.kreissiegel.ca.policyset;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.policyset.AlgorithmUse.Purpose;
import de.kreissiegel.ca.policyset.AlgorithmUse.Scheme;
import de.kreissiegel.ca.policyset.CalendarFinding.Outcome;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;

/** What ends when, and who is excepted. */
class AlgorithmCalendarTest {
  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
  private static final AlgorithmUse ENCRYPTION =
      new AlgorithmUse(Purpose.ENCRYPTION, Scheme.ELLIPTIC);
  private static final AlgorithmUse AUTHORITY =
      new AlgorithmUse(Purpose.AUTHORITY, Scheme.ELLIPTIC);
  private static final String GOOD =
      """
      exceptions:
        - rule: calendar.classical-encryption
          applies-to: [smime]
          reason: Das Mail-Gateway des Partners kann kein ML-KEM.
          owner: ISB Landkreis
          until: 2028-06-30
      """;

  private final AlgorithmCalendar calendar = new AlgorithmCalendar(PolicyExceptions.NONE);

  @Test
  void encryptionByRsaOrEcdhAloneEndsWith2031() {
    assertThat(outcomes(ENCRYPTION, NOW, "2031-12-31T23:59:59Z")).isEmpty();
    assertThat(outcomes(ENCRYPTION, NOW, "2032-01-01T00:00:00Z")).containsExactly(Outcome.REFUSED);
    assertThat(
            outcomes(
                new AlgorithmUse(Purpose.ENCRYPTION, Scheme.ML_KEM), NOW, "2040-01-01T00:00:00Z"))
        .isEmpty();
  }

  @Test
  void classicalAuthoritiesEndWith2035() {
    assertThat(outcomes(AUTHORITY, NOW, "2035-12-31T23:59:59Z")).isEmpty();
    assertThat(outcomes(AUTHORITY, NOW, "2036-01-01T00:00:00Z")).containsExactly(Outcome.REFUSED);
    assertThat(
            outcomes(
                new AlgorithmUse(Purpose.AUTHORITY, Scheme.COMPOSITE), NOW, "2040-01-01T00:00:00Z"))
        .isEmpty();
  }

  @Test
  void warnsBeforeTheEndAndRefusesAfterIt() {
    Instant near = Instant.parse("2029-02-01T00:00:00Z");
    assertThat(outcomes(ENCRYPTION, near, "2030-02-01T00:00:00Z")).containsExactly(Outcome.WARNED);
    Instant over = Instant.parse("2032-02-01T00:00:00Z");
    assertThat(outcomes(ENCRYPTION, over, "2032-03-01T00:00:00Z")).containsExactly(Outcome.REFUSED);
  }

  @Test
  void mlDsa44IsRefusedUnderEachSetOfOurs() throws Exception {
    Bytes key = publicKey("ML-DSA-44");
    for (PolicySet set :
        List.of(PolicySet.BSI_KOMMUNAL, PolicySet.BSI_STRICT, PolicySet.COMPATIBILITY)) {
      assertThat(
              calendar.judgeKey(
                  Purpose.SIGNATURE, key, List.of(), set, NOW, NOW.plusSeconds(1), Set.of()))
          .extracting(CalendarFinding::rule)
          .containsExactly(CalendarRule.ML_DSA_44);
    }
    assertThat(CalendarRule.ML_DSA_44.allowsExceptions()).isFalse();
  }

  @Test
  void aComponentOfACompositeKeyIsRefusedAlone() throws Exception {
    Bytes postQuantum = publicKey("ML-DSA-65");
    Bytes classical = publicKey("EC");
    Bytes whole = composite(postQuantum, classical);
    for (Bytes component : List.of(postQuantum, classical)) {
      List<CalendarFinding> findings =
          calendar.judgeKey(
              Purpose.SIGNATURE,
              component,
              List.of(whole),
              PolicySet.DEFAULT,
              NOW,
              NOW.plusSeconds(1),
              Set.of());
      assertThat(findings).extracting(CalendarFinding::rule).contains(CalendarRule.COMPONENT_ALONE);
    }
    assertThat(
            calendar.judgeKey(
                Purpose.SIGNATURE,
                publicKey("EC"),
                List.of(whole),
                PolicySet.DEFAULT,
                NOW,
                NOW.plusSeconds(1),
                Set.of()))
        .isEmpty();
  }

  @Test
  void pkcs1IsExceptedUnderCompatibilityAlone() {
    var use = new AlgorithmUse(Purpose.AUTHORITY, Scheme.RSA_PKCS1);
    var excepting =
        new AlgorithmCalendar(
            read(GOOD.replace("classical-encryption", "pkcs1").replace("smime", "devices")));
    Instant end = Instant.parse("2030-01-01T00:00:00Z");
    assertThat(excepting.judge(use, PolicySet.COMPATIBILITY, NOW, end, Set.of("devices")))
        .extracting(CalendarFinding::outcome)
        .containsExactly(Outcome.EXCEPTED);
    assertThat(excepting.judge(use, PolicySet.BSI_KOMMUNAL, NOW, end, Set.of("devices")))
        .extracting(CalendarFinding::outcome)
        .containsExactly(Outcome.REFUSED);
    assertThat(excepting.judge(use, PolicySet.RFC5280, NOW, end, Set.of("devices"))).isEmpty();
  }

  @Test
  void anExceptionIsHeardForWhomItNamesAndUntilItsDay() {
    var excepting = new AlgorithmCalendar(read(GOOD));
    Instant end = Instant.parse("2033-01-01T00:00:00Z");
    assertThat(excepting.judge(ENCRYPTION, PolicySet.DEFAULT, NOW, end, Set.of("smime")))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.outcome()).isEqualTo(Outcome.EXCEPTED);
              assertThat(finding.sentence(Locale.GERMAN)).contains("ISB Landkreis", "2028-06-30");
            });
    assertThat(excepting.judge(ENCRYPTION, PolicySet.DEFAULT, NOW, end, Set.of("other")))
        .extracting(CalendarFinding::outcome)
        .containsExactly(Outcome.REFUSED);
    Instant after = Instant.parse("2028-07-01T00:00:00Z");
    assertThat(excepting.judge(ENCRYPTION, PolicySet.DEFAULT, after, end, Set.of("smime")))
        .extracting(CalendarFinding::outcome)
        .containsExactly(Outcome.REFUSED);
  }

  @Test
  void namesWhatIsWrongWithAnExceptionByLineAndRemedy() {
    assertThat(faults(GOOD)).isEmpty();
    assertThat(faults(GOOD.replace("    owner: ISB Landkreis\n", "")))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.key()).isEqualTo("exceptions.owner");
              assertThat(fault.line()).isEqualTo(2);
              assertThat(fault.remedy()).isNotEmpty();
            });
    assertThat(faults(GOOD.replace("2028-06-30", "bald")))
        .singleElement()
        .satisfies(fault -> assertThat(fault.line()).isEqualTo(6));
    assertThat(faults(GOOD.replace("classical-encryption", "ml-dsa-44"))).hasSize(1);
    assertThat(faults(GOOD.replace("classical-encryption", "nothing"))).hasSize(1);
    assertThat(faults(GOOD.replace("[smime]", "[]"))).hasSize(1);
    assertThat(faults(GOOD.replace("reason: Das Mail", "reason: x\n    raeson: Das Mail")))
        .extracting(ConfigurationFault::key)
        .containsExactlyInAnyOrder("exceptions.reason", "exceptions.raeson");
    assertThat(faults("exceptions: [1, {a: b}]")).isNotEmpty();
    assertThat(faults("exceptions: &a [*a]")).isNotEmpty();
    assertThat(faults("- x")).isNotEmpty();
    assertThat(faults("x: {")).isNotEmpty();
  }

  private List<Outcome> outcomes(AlgorithmUse use, Instant made, String end) {
    return calendar.judge(use, PolicySet.DEFAULT, made, Instant.parse(end), Set.of()).stream()
        .map(CalendarFinding::outcome)
        .toList();
  }

  private static PolicyExceptions read(String yaml) {
    List<ConfigurationFault> faults = new ArrayList<>();
    PolicyExceptions read = PolicyExceptions.read("exceptions.yaml", yaml, faults);
    assertThat(faults).isEmpty();
    return read;
  }

  private static List<ConfigurationFault> faults(String yaml) {
    List<ConfigurationFault> faults = new ArrayList<>();
    Object unused = PolicyExceptions.read("exceptions.yaml", yaml, faults);
    return faults;
  }

  /** id-MLDSA65-ECDSA-P256-SHA512: one key's bits behind the other's. */
  private static Bytes composite(Bytes postQuantum, Bytes classical) throws Exception {
    byte[] bits =
        Arrays.concatenate(
            SubjectPublicKeyInfo.getInstance(postQuantum.toArray()).getPublicKeyData().getOctets(),
            SubjectPublicKeyInfo.getInstance(classical.toArray()).getPublicKeyData().getOctets());
    return Bytes.of(
        new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.6.45")), bits)
            .getEncoded("DER"));
  }

  private static Bytes publicKey(String algorithm) throws Exception {
    return Bytes.of(
        KeyPairGenerator.getInstance(algorithm, new BouncyCastleProvider())
            .generateKeyPair()
            .getPublic()
            .getEncoded());
  }
}
