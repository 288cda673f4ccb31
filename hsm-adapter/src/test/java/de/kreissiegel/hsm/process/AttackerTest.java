package de.kreissiegel.hsm.process;

import static de.kreissiegel.hsm.process.RawPeer.framed;
import static de.kreissiegel.hsm.process.RawPeer.message;
import static de.kreissiegel.hsm.process.RawPeer.sign;
import static de.kreissiegel.hsm.process.RawPeer.signList;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.policy.CertificateKind;
import de.kreissiegel.hsm.policy.CertificateRules;
import de.kreissiegel.hsm.policy.ContentRules;
import de.kreissiegel.hsm.policy.ExtensionRule;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.KeyUsageFlag;
import de.kreissiegel.hsm.policy.ListRules;
import de.kreissiegel.hsm.policy.Marks;
import de.kreissiegel.hsm.policy.NameForm;
import de.kreissiegel.hsm.policy.NameRules;
import de.kreissiegel.hsm.policy.PublicKeyKind;
import de.kreissiegel.hsm.policy.PublicKeyRule;
import de.kreissiegel.hsm.policy.SubjectRules;
import de.kreissiegel.hsm.policy.TenantRules;
import de.kreissiegel.hsm.policy.ValidityRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.Structures.CertificateDraft;
import de.kreissiegel.hsm.signing.TestKeys;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody who holds the web host's identity and writes to the socket by hand. Whatever they try,
 * nothing is signed, they hear a refusal or a fault, and everybody else is served.
 */
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackerTest {
  private static final KeyId WEB_KEY = new KeyId("web");
  private static final int CERTIFICATE = 1;
  private static final int LIST = 2;
  private static final int KEY_POLICY = 5;

  private Path socket;
  private SignerChild child;
  private RemoteSigner honest;
  private VaultKey web;
  private VaultKey people;
  private long signedBefore;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Path directory = folder.resolve("vault");
    try (Vault vault = TestVault.copy(directory)) {
      vault.activate(Vault.CEREMONY_KEY, TestVault.CEREMONY_PASSPHRASE.toCharArray());
      vault.makeKey(WEB_KEY, KeyAlgorithm.ECDSA_P256, policy(), Optional.empty());
    }
    socket = folder.resolve("run/s");
    child = SignerChild.start(directory, socket);
    honest = new RemoteSigner(socket, Duration.ofSeconds(60));
    web = TestVault.key(honest, WEB_KEY);
    people = TestVault.key(honest, TestVault.PEOPLE_KEY);
  }

  /** Web servers of one town, 90 days. */
  private static KeyPolicy policy() {
    CertificateKind server =
        CertificateKind.endEntity(
                "server",
                Marks.endEntity()
                    .withKeyUsages(Set.of(Set.of(KeyUsageFlag.DIGITAL_SIGNATURE)))
                    .withExtendedKeyUsages(Set.of("1.3.6.1.5.5.7.3.1")),
                new ValidityRules(
                    Duration.ofDays(90), Optional.empty(), Duration.ofHours(2), Optional.empty()))
            .with(
                new ContentRules(
                    List.of(PublicKeyRule.of(PublicKeyKind.P256)),
                    List.of(
                        ExtensionRule.required("2.5.29.15", true),
                        ExtensionRule.required("2.5.29.37", false),
                        ExtensionRule.required("2.5.29.17", false),
                        ExtensionRule.optional("2.5.29.19", true)),
                    new SubjectRules(
                        true,
                        List.of(
                            SubjectRules.AttributeRule.one("2.5.4.10"),
                            SubjectRules.AttributeRule.one("2.5.4.3"))),
                    new NameRules(Map.of(NameForm.DNS, new NameRules.Count(1, 5)), false)));
    return KeyPolicy.of(
        new CertificateRules(
            Structures.name(TestVault.ISSUER),
            Optional.empty(),
            Instant.now().plus(Duration.ofDays(3650)),
            List.of(TenantRules.of("Stadt A", Set.of(), Set.of("stadt-a.example"))),
            List.of(server)),
        new ListRules(Structures.name(TestVault.ISSUER), Duration.ofDays(32), Duration.ofHours(2)));
  }

  @AfterAll
  void stop() throws Exception {
    honest.close();
    child.close();
  }

  @BeforeEach
  void count() throws Exception {
    signedBefore = signed();
  }

  @AfterEach
  void nothingWasSignedAndTheHonestAreServed() throws Exception {
    assertThat(signed()).as("signatures").isEqualTo(signedBefore);
    assertThat(child.process().isAlive()).isTrue();
    try (RawPeer honestOne = RawPeer.greeted(socket)) {
      assertThat(honestOne.ask(sign(UUID.randomUUID(), WEB_KEY, CERTIFICATE, good().encoded())))
          .startsWith("2 ");
    }
    assertThat(child.errors()).doesNotContain("\tat ", "Exception", "Error", TestVault.PASSPHRASE);
  }

  private long signed() throws Exception {
    long count = 0;
    for (long next = 0; ; ) {
      List<JournalRecord> some = honest.journal(next, 1000);
      if (some.isEmpty()) {
        return count;
      }
      count += some.stream().filter(one -> one.happening() == Happening.SIGNED).count();
      next = some.getLast().index() + 1;
    }
  }

  /** What the web host may ask for. */
  private CertificateDraft good() throws Exception {
    CertificateDraft draft = Structures.certificate(Instant.now(), web);
    draft.subject = new X500Name("O=Stadt A,CN=www.stadt-a.example");
    draft.publicKey = TestKeys.p256().getPublic().getEncoded();
    return draft
        .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .extension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .extension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, "www.stadt-a.example")));
  }

  private void refused(CertificateDraft draft, String reason) throws Exception {
    refused(WEB_KEY, CERTIFICATE, draft.encoded(), reason);
  }

  private void refused(KeyId key, int structure, Bytes octets, String reason) throws Exception {
    try (RawPeer peer = RawPeer.greeted(socket)) {
      assertThat(peer.ask(sign(UUID.randomUUID(), key, structure, octets)))
          .matches("(?s)4 " + reason + " .*");
      // A refusal doesn't end the connection.
      assertThat(peer.ask(message(new ASN1Integer(1)))).startsWith("1 ");
    }
  }

  private static CertificateDraft replaced(CertificateDraft draft, Extension by) {
    draft.extensions.removeIf(extension -> extension.getExtnId().equals(by.getExtnId()));
    draft.extensions.add(by);
    return draft;
  }

  @Test
  void getsNoAuthority() throws Exception {
    refused(good().extension(Extension.basicConstraints, true, new BasicConstraints(true)), "1");
    refused(good().extension(Extension.basicConstraints, true, new BasicConstraints(0)), "1");
    refused(
        replaced(
            good(),
            new Extension(
                Extension.keyUsage,
                true,
                Structures.octets(new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)))),
        "1");
    // Also where the policy names no kinds.
    refused(
        TestVault.PEOPLE_KEY,
        CERTIFICATE,
        Structures.certificate(Instant.now(), people).authority(0).encoded(),
        "1");
  }

  @Test
  void getsNoLongerValidityAndNoOtherTime() throws Exception {
    CertificateDraft longer = good();
    longer.notAfter = longer.notBefore.plus(Duration.ofDays(3649));
    refused(longer, "1");
    CertificateDraft earlier = good();
    earlier.notBefore = earlier.notBefore.minus(Duration.ofDays(2));
    refused(earlier, "1");
  }

  @Test
  void getsNoForeignDomain() throws Exception {
    for (String foreign :
        List.of("www.stadt-b.example", "stadt-a.example.evil.example", "xstadt-a.example")) {
      refused(
          replaced(
              good(),
              new Extension(
                  Extension.subjectAlternativeName,
                  false,
                  Structures.octets(
                      new GeneralNames(new GeneralName(GeneralName.dNSName, foreign))))),
          "1");
    }
    CertificateDraft othersName = good();
    othersName.subject = new X500Name("O=Stadt B,CN=www.stadt-a.example");
    refused(othersName, "1");
    CertificateDraft othersIssuer = good();
    othersIssuer.issuer = TestVault.ROOT;
    refused(othersIssuer, "1");
  }

  @Test
  void leavesNoExtensionOutAndAddsNone() throws Exception {
    CertificateDraft without = good();
    without.extensions.removeIf(
        extension -> extension.getExtnId().equals(Extension.subjectAlternativeName));
    refused(without, "1");
    refused(good().extension(Extension.privateKeyUsagePeriod, false, new DERSequence()), "[15]");
    CertificateDraft twice = good();
    twice.extensions.add(twice.extensions.getFirst());
    refused(twice, "[15]");
  }

  @Test
  void doesNotUseAnIdForOtherOctets() throws Exception {
    UUID id = UUID.randomUUID();
    Bytes first = good().encoded();
    try (RawPeer peer = RawPeer.greeted(socket)) {
      String answer = peer.ask(sign(id, WEB_KEY, CERTIFICATE, first));
      assertThat(answer).startsWith("2 ");
      signedBefore++;
      assertThat(peer.ask(sign(id, WEB_KEY, CERTIFICATE, good().encoded()))).startsWith("4 4 ");
      assertThat(peer.ask(sign(id, TestVault.PEOPLE_KEY, CERTIFICATE, first))).startsWith("4 4 ");
      assertThat(peer.ask(sign(id, WEB_KEY, CERTIFICATE, first))).isEqualTo(answer);
    }
  }

  @Test
  void getsNothingFromTheVaultsOwnKeys() throws Exception {
    Bytes text = Bytes.of("kind: anything\n".getBytes());
    for (int structure = 1; structure <= 10; structure++) {
      refused(new KeyId("journal"), structure, text, "[1235]");
      refused(Vault.CEREMONY_KEY, structure, text, "[1235]");
    }
    refused(WEB_KEY, KEY_POLICY, text, "1");
    refused(TestVault.PEOPLE_KEY, KEY_POLICY, text, "1");
    refused(TestVault.ROOT_KEY, CERTIFICATE, good().encoded(), "[13]");
    refused(TestVault.AUDIT_KEY, CERTIFICATE, good().encoded(), "1");
    refused(TestVault.OCSP_KEY, LIST, good().encoded(), "1");
    refused(new KeyId("nobody"), CERTIFICATE, good().encoded(), "2");
  }

  @Test
  void isToldWhatIsNoMessage() throws Exception {
    Random random = new Random(7);
    byte[] deep = new byte[60_000];
    for (int i = 0; i < deep.length; i += 4) {
      ByteBuffer.wrap(deep, i, 4)
          .put((byte) 0x30)
          .put((byte) 0x82)
          .putShort((short) (deep.length - i - 4));
    }
    byte[] noise = new byte[5000];
    random.nextBytes(noise);
    DEROctetString id = RawPeer.id(UUID.randomUUID());
    DERUTF8String key = new DERUTF8String("web");
    for (byte[] bad :
        List.of(
            noise,
            deep,
            new byte[] {0x30, (byte) 0x80, 2, 1, 1, 0, 0},
            message(new ASN1Integer(99)),
            message(new ASN1Integer(-1)),
            message(new DERUTF8String("2")),
            message(new ASN1Integer(1), new ASN1Integer(1)),
            RawPeer.greeting(RawPeer.VERSION),
            message(new ASN1Integer(2), id, key),
            message(new ASN1Integer(2), id, new DERUTF8String("../web"), new ASN1Integer(1)),
            message(new ASN1Integer(3), new ASN1Integer(-1), new ASN1Integer(1)),
            message(new ASN1Integer(3), new ASN1Integer(0), new ASN1Integer(1_000_000)),
            message(new ASN1Integer(4), id, key, new ASN1Integer(-5)),
            message(new ASN1Integer(4), id, key, new ASN1Integer(1L << 40)))) {
      try (RawPeer peer = RawPeer.greeted(socket)) {
        assertThat(peer.ask(bad)).startsWith("6 ");
        assertThat(peer.hear()).isEqualTo("closed");
      }
    }
    // What nests deeply within what is to be signed is refused.
    refused(WEB_KEY, CERTIFICATE, Bytes.of(deep), "5");
    refused(WEB_KEY, LIST, Bytes.of(deep), "[15]");
  }

  @Test
  void mustGreetInTheRightVersion() throws Exception {
    for (byte[] first :
        List.of(
            message(new ASN1Integer(1)),
            RawPeer.greeting(RawPeer.VERSION - 1),
            RawPeer.greeting(RawPeer.VERSION + 1),
            sign(UUID.randomUUID(), WEB_KEY, CERTIFICATE, good().encoded()))) {
      try (RawPeer peer = new RawPeer(socket)) {
        assertThat(peer.ask(first)).startsWith("6 ");
        assertThat(peer.hear()).isEqualTo("closed");
      }
    }
  }

  @Test
  void sendsFramesThatLie() throws Exception {
    for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, (256 << 10) + 1}) {
      try (RawPeer peer = RawPeer.greeted(socket)) {
        peer.send(ByteBuffer.allocate(4).putInt(length).array());
        assertThat(peer.hear()).startsWith("6 ");
      }
    }
    byte[] whole = framed(sign(UUID.randomUUID(), WEB_KEY, CERTIFICATE, good().encoded()));
    for (int length : new int[] {1, 3, 4, 5, 100, whole.length - 1}) {
      try (RawPeer peer = RawPeer.greeted(socket)) {
        peer.send(Arrays.copyOf(whole, length));
        peer.hangUp();
        assertThat(peer.hear()).isEqualTo("closed");
      }
    }
  }

  @Test
  void sendsListsThatLie() throws Exception {
    Instant now = Instant.now();
    byte[] list =
        Structures.list(TestVault.ISSUER, people, now, now.plus(Duration.ofDays(7))).toArray();
    KeyId key = TestVault.PEOPLE_KEY;
    // Ends early.
    try (RawPeer peer = RawPeer.greeted(socket)) {
      peer.send(signList(UUID.randomUUID(), key, list.length, Arrays.copyOf(list, 20)));
      peer.hangUp();
      assertThat(peer.hear()).isEqualTo("closed");
    }
    // Says less than it has: half a list is none, and the rest is no message.
    try (RawPeer peer = RawPeer.greeted(socket)) {
      peer.send(signList(UUID.randomUUID(), key, list.length / 2, list));
      assertThat(peer.hear()).startsWith("4 ");
      assertThat(peer.hear()).startsWith("6 ");
    }
    // Says more, and fills it up.
    try (RawPeer peer = RawPeer.greeted(socket)) {
      peer.send(
          signList(UUID.randomUUID(), key, list.length + 3, Arrays.copyOf(list, list.length + 3)));
      assertThat(peer.hear()).startsWith("4 ");
      assertThat(peer.ask(message(new ASN1Integer(1)))).startsWith("1 ");
    }
    // Millions of octets of nothing.
    try (RawPeer peer = RawPeer.greeted(socket)) {
      peer.send(signList(UUID.randomUUID(), key, 5_000_000, new byte[5_000_000]));
      assertThat(peer.hear()).startsWith("4 ");
    }
  }

  @Test
  void floodsWithWhatIsRefused() throws Exception {
    CertificateDraft bad = good();
    bad.issuer = TestVault.ROOT;
    Bytes octets = bad.encoded();
    long begin = System.nanoTime();
    for (int connection = 0; connection < 5; connection++) {
      try (RawPeer peer = RawPeer.greeted(socket)) {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
          many.write(framed(sign(UUID.randomUUID(), WEB_KEY, CERTIFICATE, octets)));
        }
        peer.send(many.toByteArray());
        for (int i = 0; i < 40; i++) {
          assertThat(peer.hear()).startsWith("4 1 ");
        }
      }
    }
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(60);
    assertThat(child.errors().length()).as("what the log got").isLessThan(64 << 10);
  }

  @Test
  void connectsTenThousandTimes() throws Exception {
    Path descriptors = Path.of("/proc", Long.toString(child.process().pid()), "fd");
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger served = new AtomicInteger();
    AtomicInteger newcomers = new AtomicInteger();
    UUID id = UUID.randomUUID();
    byte[] request = sign(id, WEB_KEY, CERTIFICATE, good().encoded());
    signedBefore++; // the honest ask the same again and again
    Thread others =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (RawPeer known = RawPeer.greeted(socket)) {
                    while (!over.get()) {
                      assertThat(known.ask(request)).startsWith("2 ");
                      newcomers.addAndGet(asNewcomer(request) ? 1 : 0);
                      served.incrementAndGet();
                    }
                  } catch (Exception | AssertionError notServed) {
                    served.set(Integer.MIN_VALUE);
                  }
                });
    Deque<RawPeer> held = new ArrayDeque<>();
    long most = 0;
    try {
      for (int i = 0; i < 10_000; i++) {
        held.addLast(new RawPeer(socket));
        if (held.size() > 400) {
          held.removeFirst().close();
        }
        if (i % 500 == 0) {
          most = Math.max(most, count(descriptors));
        }
      }
    } finally {
      for (RawPeer peer : held) {
        peer.close();
      }
    }
    over.set(true);
    others.join();
    assertThat(most).as("file descriptors of the signer").isLessThan(400);
    assertThat(served.get()).as("answers to who was there before").isPositive();
    assertThat(newcomers.get()).as("answers to who came meanwhile").isPositive();
  }

  private boolean asNewcomer(byte[] request) {
    try (RawPeer peer = RawPeer.greeted(socket)) {
      return peer.ask(request).startsWith("2 ");
    } catch (IOException noRoom) {
      return false;
    }
  }

  private static long count(Path directory) throws Exception {
    if (!Files.isReadable(directory)) {
      return 0; // The signer lets only root look; LimitsTest counts connections as anybody.
    }
    try (var files = Files.list(directory)) {
      return files.count();
    }
  }
}
