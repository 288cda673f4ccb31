package de.kreissiegel.hsm.bench;

import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.process.SignerChild;
import de.kreissiegel.hsm.signing.ContentSource;
import de.kreissiegel.hsm.signing.ListRequest;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Time;

/**
 * A revocation list of 1 million entries through a real signer, over its socket, policy and journal
 * included. The signer has a heap of 64 MiB for everything: with less than that to spare it would
 * not come through.
 */
public final class ListLoad {
  private static final int ENTRIES = 1_000_000;
  private static final int SERIAL_END = 4 + 16;
  private static final String HEAP = "-Xmx64m";

  private ListLoad() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("list-load");
    try {
      TestVault.copy(folder.resolve("vault")).close();
      Path socket = folder.resolve("signer.sock");
      try (SignerChild child =
              SignerChild.startWith(
                  List.of(HEAP, "-XX:+UseSerialGC"), folder.resolve("vault"), socket);
          RemoteSigner signer = new RemoteSigner(socket, Duration.ofSeconds(60))) {
        VaultKey key = TestVault.key(signer, TestVault.PEOPLE_KEY);
        for (int round = 1; round <= 3; round++) {
          Path list = folder.resolve("list-" + round);
          write(list, key, round);
          double before = CpuTime.of(child.pid());
          long began = System.nanoTime();
          signer.signList(new ListRequest(UUID.randomUUID(), key.id(), source(list)));
          System.out.printf(
              "list of %,d entries (%.1f MB), signer with %s: %.2f s, %.2f s of CPU in the signer%n",
              ENTRIES,
              Files.size(list) / 1e6,
              HEAP,
              (System.nanoTime() - began) / 1e9,
              CpuTime.of(child.pid()) - before);
        }
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static ContentSource source(Path list) throws IOException {
    long length = Files.size(list);
    return new ContentSource() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(list);
      }
    };
  }

  /** A TBSCertList, written as a stream; its entries are all of one length. */
  private static void write(Path file, VaultKey key, int number) throws IOException {
    Instant now = Instant.now();
    byte[] entry =
        Structures.octets(
            Structures.sequence(
                new ASN1Integer(BigInteger.ONE.shiftLeft(120)),
                new Time(Date.from(now)),
                Structures.sequence(
                    new Extension(
                        Extension.reasonCode, false, Structures.octets(new ASN1Enumerated(1))))));
    byte[] head = head(key, now);
    byte[] extensions =
        Structures.octets(
            new DERTaggedObject(
                true,
                0,
                Structures.sequence(
                    new Extension(
                        Extension.cRLNumber,
                        false,
                        Structures.octets(new CRLNumber(BigInteger.valueOf(number)))))));
    long entries = (long) ENTRIES * entry.length;
    byte[] inner = header(entries);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(header(head.length + inner.length + entries + extensions.length));
      out.write(head);
      out.write(inner);
      for (int i = 0; i < ENTRIES; i++) {
        ByteBuffer.wrap(entry).putInt(SERIAL_END - Integer.BYTES, i);
        out.write(entry);
      }
      out.write(extensions);
    }
  }

  private static byte[] head(VaultKey key, Instant now) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(Structures.octets(new ASN1Integer(1)));
    head.writeBytes(
        Structures.octets(AlgorithmIdentifier.getInstance(key.signatureAlgorithm().toArray())));
    head.writeBytes(Structures.octets(TestVault.ISSUER));
    head.writeBytes(Structures.octets(new Time(Date.from(now))));
    head.writeBytes(Structures.octets(new Time(Date.from(now.plus(Duration.ofDays(7))))));
    return head.toByteArray();
  }

  /** The tag and the length of a SEQUENCE of more than 65,535 octets. */
  private static byte[] header(long length) {
    byte[] octets = BigInteger.valueOf(length).toByteArray();
    int from = octets[0] == 0 ? 1 : 0;
    byte[] header = new byte[2 + octets.length - from];
    header[0] = 0x30;
    header[1] = (byte) (0x80 | octets.length - from);
    System.arraycopy(octets, from, header, 2, octets.length - from);
    return header;
  }
}
