package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.TestKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A journal whose surroundings can be changed, and what to write into it. */
final class TestJournal {
  private static final Logger LOG = Logger.getLogger("de.kreissiegel.hsm.journal");

  final Path directory;
  final KeyPair pair;
  final Bytes publicKey;
  CheckpointSigner signer;
  Clock clock = Clock.systemUTC();
  long segmentOctets = 64 << 20;
  int checkpointEntries = 1024;
  Duration checkpointAge = Duration.ofMinutes(1);
  volatile long room = Long.MAX_VALUE;
  Surroundings.Steps steps = _ -> {};

  /** The journal's own key stands for the ceremony's. */
  OrderSignatures orders;

  private TestJournal(Path directory, KeyPair pair) {
    this.directory = directory;
    this.pair = pair;
    this.publicKey = Bytes.of(pair.getPublic().getEncoded());
    this.signer = octets -> TestKeys.sign(pair, octets);
    this.orders = OrderSignatures.by(publicKey);
    LOG.setLevel(Level.OFF);
  }

  static TestJournal create(Path directory) throws Exception {
    TestJournal made = new TestJournal(directory, TestKeys.p256());
    Journal.create(directory, made.publicKey, made.surroundings());
    return made;
  }

  /** Leaves the keys beside the journal, for another process. */
  TestJournal store() throws IOException {
    Files.write(
        directory.resolveSibling(directory.getFileName() + ".key"), pair.getPrivate().getEncoded());
    Files.write(directory.resolveSibling(directory.getFileName() + ".pub"), publicKey.toArray());
    return this;
  }

  /** The journal whose keys lie beside it. */
  static TestJournal stored(Path directory) throws Exception {
    KeyFactory factory = KeyFactory.getInstance("EC");
    byte[] key = Files.readAllBytes(directory.resolveSibling(directory.getFileName() + ".key"));
    byte[] pub = Files.readAllBytes(directory.resolveSibling(directory.getFileName() + ".pub"));
    return new TestJournal(
        directory,
        new KeyPair(
            factory.generatePublic(new X509EncodedKeySpec(pub)),
            factory.generatePrivate(new PKCS8EncodedKeySpec(key))));
  }

  /** The same journal in another directory. */
  TestJournal in(Path other) {
    TestJournal copy = new TestJournal(other, pair);
    copy.segmentOctets = segmentOctets;
    return copy;
  }

  /** As it lies on the disk now, that of a killed process. */
  TestJournal copied(Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return in(to);
  }

  Surroundings surroundings() {
    return new Surroundings(
        signer, clock, segmentOctets, checkpointEntries, checkpointAge, () -> room, steps, orders);
  }

  Journal open() throws IOException, JournalDamaged {
    return Journal.open(directory, publicKey, surroundings());
  }

  VerificationReport verify(Witness... witnesses) throws IOException {
    return JournalVerifier.verify(directory, publicKey, List.of(witnesses));
  }

  /** The same, and who ordered erasures. */
  VerificationReport verified() throws IOException {
    return JournalVerifier.verify(
        directory, publicKey, List.of(), List.of(), Optional.of(OrderSignatures.by(publicKey)));
  }

  /** What may go if nothing has to stay. */
  static final ErasureRules ALL_GO = (_, _) -> ErasureRules.Fate.GOES;

  ErasurePlan plan(Journal journal, Set<RetentionClass> classes, Instant before)
      throws IOException {
    return journal.planErasure(classes, before, Long.MAX_VALUE, ALL_GO);
  }

  ErasureOrder order(ErasurePlan plan) {
    return plan.order(List.of("Otto", "Olga"), "20261128T120000Z-erase", "their time is over");
  }

  Bytes signed(Bytes octets) {
    return Bytes.of(TestKeys.sign(pair, octets.toArray()));
  }

  /** The order's own entry, as the ceremony's key has it written. */
  Draft draft(ErasureOrder order) {
    Bytes octets = order.encoded();
    return new Draft(
        Happening.SIGNED,
        new UUID(8, 8),
        new KeyId("ceremony"),
        SignedStructure.ERASURE_ORDER,
        Digests.sha256(octets.toArray()),
        Optional.of(octets),
        List.of(),
        Digests.sha256(),
        Optional.empty(),
        signed(octets),
        "erasure_order");
  }

  long erase(Journal journal, ErasureOrder order, Bytes signature) throws Exception {
    return journal.erase(order, signature, Long.MAX_VALUE, ALL_GO, Digests.sha256());
  }

  /** All of it: planned, ordered, signed, done. */
  long erase(Journal journal, Set<RetentionClass> classes, Instant before) throws Exception {
    ErasureOrder order = order(plan(journal, classes, before));
    journal.append(draft(order));
    return erase(journal, order, signed(order.encoded()));
  }

  static Draft draft(int number) {
    return draft(
        number, number % 2 == 0 ? SignedStructure.AUDIT_HEAD : SignedStructure.KEY_POLICY, 4);
  }

  static Draft draft(int number, SignedStructure structure, int length) {
    Bytes octets = Bytes.of(Arrays.copyOf(ByteBuffer.allocate(4).putInt(number).array(), length));
    return new Draft(
        Happening.SIGNED,
        new UUID(7, number),
        new KeyId("audit"),
        structure,
        Digests.sha256(octets.toArray()),
        Optional.of(octets).filter(_ -> structure.keptWhole()),
        List.of(),
        Digests.sha256(),
        Optional.of(Digests.sha256(octets.toArray()))
            .filter(_ -> structure == SignedStructure.CERTIFICATE),
        Bytes.of(new byte[70]),
        "kind");
  }

  /** The octets of a file's entries. */
  static List<byte[]> frames(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    List<byte[]> frames = new ArrayList<>();
    int from = Segments.mark().length;
    while (from < whole.length && whole[from + 2] + whole[from + 3] != 0) {
      ByteBuffer buffer = ByteBuffer.wrap(whole, from, 8);
      int length = Frames.length(buffer.getInt(), buffer.getInt());
      frames.add(Arrays.copyOfRange(whole, from, from + length));
      from += length;
    }
    return frames;
  }
}
