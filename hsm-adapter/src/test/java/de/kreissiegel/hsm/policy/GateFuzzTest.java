package de.kreissiegel.hsm.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.TBSCertList;

/**
 * Whatever octets come: the gate lets them through or refuses them, and nothing else comes out;
 * what it lets through has one reading. CONTRIBUTING.md says how to search for more octets than
 * those that are kept in the resources.
 */
class GateFuzzTest {
  private static final PolicyGate GATE = new PolicyGate(Clock.fixed(FuzzSeeds.NOW, ZoneOffset.UTC));

  @FuzzTest(maxDuration = "10m")
  void letsOnlyDistinguishedCertificatesThrough(byte[] octets) throws IOException {
    for (KeyPolicy policy : FuzzSeeds.certificatePolicies()) {
      der(policy, SignedStructure.CERTIFICATE, octets);
    }
  }

  @FuzzTest(maxDuration = "10m")
  void readsListsInAnyPiecesAlike(byte[] octets) throws IOException {
    Read atOnce = read(octets, Integer.MAX_VALUE);
    // Which pieces is the octets' own choice, so that an input always does the same.
    assertThat(read(octets, 1 + (Arrays.hashCode(octets) & 0x3f))).isEqualTo(atOnce);
    assertThat(read(octets, 1)).isEqualTo(atOnce);
    if (atOnce.passed().isPresent()) {
      assertThat(encoded(octets)).isEqualTo(octets);
      PassedList passed = atOnce.passed().get();
      assertThat(TBSCertList.getInstance(octets).getNextUpdate().getDate().toInstant())
          .isEqualTo(passed.nextUpdate());
      assertThat(ListHeader.read(passed.header()).number()).isEqualTo(passed.number());
      assertThat(encoded(passed.header().toArray())).isEqualTo(passed.header().toArray());
    }
  }

  /** What came of a list: one of the two. */
  private record Read(Optional<PassedList> passed, Optional<String> refused) {}

  private static Read read(byte[] octets, int longest) {
    Random random = new Random(longest);
    ListReading reading =
        new ListGate()
            .begin(FuzzSeeds.ALL.lists().orElseThrow(), FuzzSeeds.FACTS, FuzzSeeds.NOW, _ -> true);
    try {
      for (int at = 0; at < octets.length; ) {
        int length = Math.min(octets.length - at, 1 + random.nextInt(longest));
        reading.update(octets, at, length);
        at += length;
      }
      return new Read(
          Optional.of(reading.finish(_ -> Optional.of(BigInteger.ONE))), Optional.empty());
    } catch (SigningRefused refused) {
      return new Read(Optional.empty(), Optional.of(String.valueOf(refused.getMessage())));
    }
  }

  @FuzzTest(maxDuration = "10m")
  void letsOnlyDistinguishedOcspAnswersThrough(byte[] octets) throws IOException {
    der(FuzzSeeds.ALL, SignedStructure.OCSP_RESPONSE, octets);
  }

  @FuzzTest(maxDuration = "10m")
  void letsOnlyDistinguishedRequestsThrough(byte[] octets) throws IOException {
    der(FuzzSeeds.ALL, SignedStructure.CERTIFICATION_REQUEST, octets);
  }

  @FuzzTest(maxDuration = "10m")
  void letsOnlyDistinguishedTimeStampsThrough(byte[] octets) throws IOException {
    set(SignedStructure.TIME_STAMP, octets);
  }

  @FuzzTest(maxDuration = "10m")
  void letsOnlyDistinguishedMessagesThrough(byte[] octets) throws IOException {
    set(SignedStructure.CMS_ATTRIBUTES, octets);
  }

  @FuzzTest(maxDuration = "10m")
  void letsOnlyDistinguishedAuditHeadsThrough(byte[] octets) throws IOException {
    der(FuzzSeeds.ALL, SignedStructure.AUDIT_HEAD, octets);
  }

  @FuzzTest(maxDuration = "10m")
  void readsPoliciesOrNamesTheFault(byte[] octets) {
    if (passes(FuzzSeeds.ALL, SignedStructure.KEY_POLICY, octets)) {
      KeyPolicy policy = policy(new String(octets, StandardCharsets.UTF_8));
      String written = PolicyFile.write(FuzzSeeds.KEY, FuzzSeeds.PUBLIC_KEY, policy);
      assertThat(policy(written)).isEqualTo(policy);
    }
  }

  private static KeyPolicy policy(String text) {
    try {
      return PolicyFile.readAny("policy", text);
    } catch (PolicyFault fault) {
      throw new AssertionError(text, fault);
    }
  }

  @FuzzTest(maxDuration = "10m")
  void letsOnlyCanonicalRecordsThrough(byte[] octets) {
    if (passes(FuzzSeeds.ALL, SignedStructure.CEREMONY_RECORD, octets)) {
      assertThat(octets[0]).isEqualTo((byte) '{');
    }
  }

  private static boolean passes(KeyPolicy policy, SignedStructure structure, byte[] octets) {
    try {
      GATE.pass(request(structure, octets), policy, FuzzSeeds.FACTS);
      return true;
    } catch (SigningRefused expected) {
      return false;
    }
  }

  private static SignRequest request(SignedStructure structure, byte[] octets) {
    return new SignRequest(new UUID(1, 2), FuzzSeeds.KEY, structure, Bytes.of(octets));
  }

  private static void der(KeyPolicy policy, SignedStructure structure, byte[] octets)
      throws IOException {
    if (passes(policy, structure, octets)) {
      assertThat(encoded(octets)).isEqualTo(octets);
    }
  }

  private static void set(SignedStructure structure, byte[] octets) throws IOException {
    if (passes(FuzzSeeds.ALL, structure, octets)) {
      assertThat(encoded(octets)).isEqualTo(octets);
      try {
        byte[] set = PolicyGate.signedOctets(request(structure, octets)).toArray();
        assertThat(set[0]).isEqualTo((byte) 0x31);
        assertThat(encoded(set)).isEqualTo(set);
      } catch (SigningRefused impossible) {
        throw new AssertionError("it passed, and has nothing to be signed", impossible);
      }
    }
  }

  private static byte[] encoded(byte[] octets) throws IOException {
    return ASN1Primitive.fromByteArray(octets).getEncoded("DER");
  }
}
