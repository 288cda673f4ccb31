package de.kreissiegel.ca.takeover;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * Reads certificates one by one from where others left them: folders of files, bundles in PEM,
 * PKCS#7, single files in DER. Nothing is held but the one that is told.
 */
final class ForeignFiles {
  private static final long LARGEST_DER = 64L << 20;
  private static final int SNIFFED = 1 << 16;

  private final Remarks remarks;
  private final Taker taker;

  ForeignFiles(Remarks remarks, Taker taker) {
    this.remarks = remarks;
    this.taker = taker;
  }

  /** Takes certificates. */
  @FunctionalInterface
  interface Taker {
    void take(ForeignCertificate certificate, String source);
  }

  /** Reads a file, or all files below a folder in the order of their names. */
  void read(Path source) throws IOException {
    if (!Files.isDirectory(source)) {
      file(source);
      return;
    }
    List<Path> files;
    try (Stream<Path> below = Files.walk(source)) {
      files =
          below
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .sorted()
              .toList();
    } catch (UncheckedIOException unreadable) {
      throw new IOException(source + " can't be read", unreadable);
    }
    for (Path file : files) {
      file(file);
    }
  }

  private void file(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (isPem(file)) {
      pem(file, name);
    } else if (Files.size(file) > LARGEST_DER) {
      remarks.add(Remark.UNREADABLE, name);
    } else {
      der(Files.readAllBytes(file), name);
    }
  }

  /** openssl writes words before it. */
  private static boolean isPem(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(SNIFFED), StandardCharsets.ISO_8859_1)
          .contains("-----BEGIN ");
    }
  }

  private void pem(Path file, String name) throws IOException {
    try (var reader =
        new PemReader(
            new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1)))) {
      PemObject object = next(reader, name);
      while (object != null) {
        switch (object.getType()) {
          case "CERTIFICATE", "X509 CERTIFICATE" -> certificate(object.getContent(), name);
          case "PKCS7", "CMS" -> der(object.getContent(), name);
          default -> {
            // A key, a request, a list: not what is looked for.
          }
        }
        object = next(reader, name);
      }
    }
  }

  /** After what isn't base64 the reader finds the next block. */
  private @org.jspecify.annotations.Nullable PemObject next(PemReader reader, String name)
      throws IOException {
    while (true) {
      try {
        return reader.readPemObject();
      } catch (RuntimeException malformed) {
        remarks.add(Remark.UNREADABLE, name);
      }
    }
  }

  private void der(byte[] octets, String name) {
    ASN1Set bundled = bundle(octets);
    if (bundled == null) {
      certificate(octets, name);
      return;
    }
    for (ASN1Encodable one : bundled) {
      try {
        certificate(one.toASN1Primitive().getEncoded("DER"), name);
      } catch (IOException malformed) {
        remarks.add(Remark.UNREADABLE, name);
      }
    }
  }

  private static @org.jspecify.annotations.Nullable ASN1Set bundle(byte[] octets) {
    try {
      return SignedData.getInstance(ContentInfo.getInstance(octets).getContent()).getCertificates();
    } catch (RuntimeException notOne) {
      return null;
    }
  }

  private void certificate(byte[] octets, String name) {
    ForeignCertificate.read(octets)
        .ifPresentOrElse(
            read -> taker.take(read, name), () -> remarks.add(Remark.UNREADABLE, name));
  }
}
