package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * The public keys of a file: certificates, certification requests or public keys in PEM, one of
 * them in DER, or lines of hexadecimal SHA-256 of SubjectPublicKeyInfos.
 */
final class KeysOfFile {
  private static final int LONGEST = 16 * 1024 * 1024;
  private static final Pattern HASHES =
      Pattern.compile("(?i)\\s*[0-9a-f]{64}(\\s+[0-9a-f]{64})*\\s*");

  private static final List<Function<byte[], SubjectPublicKeyInfo>> FORMS =
      List.of(KeysOfFile::ofCertificate, KeysOfFile::ofRequest, SubjectPublicKeyInfo::getInstance);

  private KeysOfFile() {}

  /**
   * SHA-256 of each key's SubjectPublicKeyInfo.
   *
   * @throws LaunchFailure if it can't be read, is too long, or holds anything else
   */
  static List<Bytes> hashes(Path file) throws LaunchFailure {
    byte[] octets = read(file);
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    try {
      if (text.contains("-----BEGIN ")) {
        return ofPem(text);
      }
      if (HASHES.matcher(text).matches()) {
        return text.strip()
            .toLowerCase(Locale.ROOT)
            .lines()
            .flatMap(line -> Pattern.compile("\\s+").splitAsStream(line.strip()))
            .map(Bytes::fromHex)
            .toList();
      }
      return List.of(ofDer(octets));
    } catch (IOException
        | DecoderException
        | IllegalArgumentException
        | ClassCastException unreadable) {
      throw new LaunchFailure(
          file + " holds no certificate, certification request, public key or SHA-256 of one.",
          unreadable);
    }
  }

  private static List<Bytes> ofPem(String text) throws IOException {
    List<Bytes> hashes = new ArrayList<>();
    try (var reader = new PemReader(new StringReader(text))) {
      for (PemObject one = reader.readPemObject(); one != null; one = reader.readPemObject()) {
        byte[] content = one.getContent();
        hashes.add(
            switch (one.getType()) {
              case "CERTIFICATE" -> hash(ofCertificate(content));
              case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" -> hash(ofRequest(content));
              case "PUBLIC KEY" -> hash(SubjectPublicKeyInfo.getInstance(content));
              default -> throw new IOException("a block of " + one.getType());
            });
      }
    }
    return hashes;
  }

  private static Bytes ofDer(byte[] octets) throws IOException {
    for (Function<byte[], SubjectPublicKeyInfo> form : FORMS) {
      try {
        return hash(form.apply(octets));
      } catch (IllegalArgumentException | ClassCastException _) {
        // It is of another form, if of any.
      }
    }
    throw new IOException("no DER that names a key");
  }

  private static SubjectPublicKeyInfo ofCertificate(byte[] octets) {
    return Certificate.getInstance(octets).getSubjectPublicKeyInfo();
  }

  private static SubjectPublicKeyInfo ofRequest(byte[] octets) {
    return CertificationRequest.getInstance(octets)
        .getCertificationRequestInfo()
        .getSubjectPublicKeyInfo();
  }

  private static Bytes hash(SubjectPublicKeyInfo key) throws IOException {
    return SubjectKey.hash(Bytes.of(key.getEncoded("DER")));
  }

  private static byte[] read(Path file) throws LaunchFailure {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] octets = stream.readNBytes(LONGEST + 1);
      if (octets.length > LONGEST) {
        throw new LaunchFailure(file + " is longer than " + LONGEST + " octets.");
      }
      return octets;
    } catch (IOException unreadable) {
      throw new LaunchFailure(file + " can't be read.", unreadable);
    }
  }
}
