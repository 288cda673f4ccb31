package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestKeys;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;

/**
 * Feeds a list of 1 million entries (49 MB) to the gate in pieces of 64 KiB and prints what it
 * costs: CPU time of the whole process, making the list included; it is made piece by piece too, so
 * that the heap is the gate's. Run it with:
 *
 * <pre>
 * mvn -o -q -Dquick -pl hsm-adapter test-compile
 * java -Xmx32m -cp hsm-adapter/target/test-classes:hsm-adapter/target/classes:BOUNCY_CASTLE \
 *     de.kreissiegel.hsm.policy.MillionEntries
 * </pre>
 */
public final class MillionEntries {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final int ENTRIES = 1_000_000;
  private static final int ENTRIES_A_PIECE = 1300;
  private static final int SERIAL_AT = 4;

  private MillionEntries() {}

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    VaultKey key = TestKeys.told("people", TestKeys.p256());
    for (int round = 1; round <= rounds; round++) {
      Cost cost = feed(key, ENTRIES);
      System.out.printf(
          "round %d: %d entries, %.1f MB, CPU %.2f s, wall %.2f s,"
              + " additional heap at most %.1f MiB, garbage included%n",
          round,
          cost.passed().entries(),
          cost.passed().octets() / 1e6,
          cost.cpu().toMillis() / 1e3,
          cost.wallNanos() / 1e9,
          cost.peak() / 1048576.0);
    }
  }

  /** What one list cost. */
  record Cost(PassedList passed, Duration cpu, long wallNanos, long peak) {}

  static Cost feed(VaultKey key, int count) throws Exception {
    byte[] entry = entry(key);
    byte[] outer = new ListDraft(key, NOW).encoded().toArray();
    int extensions = new ListDraft(key, NOW).extensionsLength();
    System.gc();
    long before = used();
    long peak = before;
    Duration cpu = cpu();
    long started = System.nanoTime();
    Set<BigInteger> watched = Set.of(serial(5), serial(count - 1));
    ListReading reading =
        new ListGate()
            .begin(
                new ListRules(
                    Structures.name(TestVault.ISSUER), Duration.ofDays(32), Duration.ofHours(2)),
                new KeyFacts(key.publicKey(), key.signatureAlgorithm(), _ -> false),
                NOW,
                watched::contains);
    byte[] head = head(outer, extensions, (long) count * entry.length);
    reading.update(head, 0, head.length);
    byte[] piece = new byte[ENTRIES_A_PIECE * entry.length];
    for (int made = 0; made < count; ) {
      int now = Math.min(ENTRIES_A_PIECE, count - made);
      for (int i = 0; i < now; i++) {
        System.arraycopy(entry, 0, piece, i * entry.length, entry.length);
        ByteBuffer.wrap(piece).putInt(i * entry.length + SERIAL_AT + 12, made + i);
      }
      reading.update(piece, 0, now * entry.length);
      made += now;
      peak = Math.max(peak, used());
    }
    reading.update(outer, outer.length - extensions, extensions);
    PassedList passed = reading.finish(LastNumbers.NONE);
    if (!passed.listed().keySet().equals(watched)) {
      throw new AssertionError("the watched serials were not all found");
    }
    return new Cost(passed, cpu().minus(cpu), System.nanoTime() - started, peak - before);
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Of the whole process: compiler and collector included. */
  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  /** 49 octets: a serial number of 16, a UTCTime and a reason. */
  private static byte[] entry(VaultKey key) {
    ListDraft draft =
        new ListDraft(key, NOW)
            .entry(
                serial(0),
                NOW,
                ListDraft.one(
                    Extension.reasonCode, false, new org.bouncycastle.asn1.ASN1Enumerated(1)));
    return Structures.octets(draft.entries.getFirst());
  }

  private static BigInteger serial(int number) {
    return BigInteger.ONE.shiftLeft(120).add(BigInteger.valueOf(number));
  }

  /** All before the first entry, its lengths those of the whole. */
  private static byte[] head(byte[] without, int extensions, long entries) throws Exception {
    int from = new DerCursor(without).next(DerCursor.SEQUENCE, "list").from();
    byte[] fields = new byte[without.length - from - extensions];
    System.arraycopy(without, from, fields, 0, fields.length);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    header(inner, entries);
    header(head, fields.length + inner.size() + entries + extensions);
    head.writeBytes(fields);
    head.writeBytes(inner.toByteArray());
    return head.toByteArray();
  }

  private static void header(ByteArrayOutputStream out, long length) {
    out.write(DerCursor.SEQUENCE);
    byte[] octets = BigInteger.valueOf(length).toByteArray();
    int from = octets[0] == 0 ? 1 : 0;
    if (length < 0x80) {
      out.write((int) length);
    } else {
      out.write(0x80 | octets.length - from);
      out.write(octets, from, octets.length - from);
    }
  }
}
