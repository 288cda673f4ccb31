package de.kreissiegel.ca.delivery;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/** Certificates and keys that {@code services.yaml} names: authorities of ours, or files. */
final class Anchors {
  /** Files named so are part of the sheet that people consent to. */
  private static final Pattern PEM = Pattern.compile("service-[a-z0-9-]{1,40}\\.pem");

  private static final Pattern KEY = Pattern.compile("service-[a-z0-9-]{1,40}\\.key");

  /** 2048 bits as OpenVPN's {@code --genkey secret} writes them. */
  private static final Pattern STATIC_KEY =
      Pattern.compile(
          "-----BEGIN OpenVPN Static key V1-----\\s+([0-9a-f\\s]+)"
              + "-----END OpenVPN Static key V1-----");

  private static final Pattern STATIC_KEY_OCTETS = Pattern.compile("[0-9a-f]{512}");
  private static final int LARGEST = 64 << 10;
  private static final int MOST = 8;

  private final Path folder;
  private final AuthorityCatalog authorities;

  Anchors(Path folder, AuthorityCatalog authorities) {
    this.folder = folder;
    this.authorities = authorities;
  }

  /**
   * The authorities that a word stands for: all generations of a line of ours, or those of a PEM
   * file.
   *
   * @throws IllegalArgumentException if it stands for none
   */
  Trust trust(String word) {
    return PEM.matcher(word).matches() ? new Trust(ofFile(word), List.of()) : ofLine(word);
  }

  private Trust ofLine(String word) {
    AuthorityLine line =
        authorities
            .line(new AuthorityName(word))
            .orElseThrow(() -> new IllegalArgumentException("no authority " + word));
    List<Authority> generations = line.generations().stream().map(Generation::authority).toList();
    return new Trust(
        generations.stream().map(Authority::certificate).toList(),
        generations.stream().flatMap(one -> one.chain().stream()).distinct().toList());
  }

  private List<Bytes> ofFile(String name) {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      SequencedSet<Bytes> found = new LinkedHashSet<>();
      for (Certificate one : factory.generateCertificates(new ByteArrayInputStream(octets(name)))) {
        if (!(one instanceof X509Certificate x509) || x509.getBasicConstraints() < 0) {
          throw new IllegalArgumentException(name + " holds a certificate of no authority");
        }
        found.add(Bytes.of(encoded(x509)));
      }
      if (found.isEmpty() || found.size() > MOST) {
        throw new IllegalArgumentException(name + " holds none, or too many");
      }
      return List.copyOf(found);
    } catch (CertificateException unreadable) {
      throw new IllegalArgumentException(name + " is no PEM of certificates", unreadable);
    }
  }

  private static byte[] encoded(X509Certificate certificate) throws CertificateEncodingException {
    return certificate.getEncoded();
  }

  /**
   * A key that OpenVPN's clients share, in its own form, with single line ends.
   *
   * @throws IllegalArgumentException if it isn't one
   */
  String staticKey(String name) {
    if (!KEY.matcher(name).matches()) {
      throw new IllegalArgumentException("not a file's name: " + name);
    }
    var matcher = STATIC_KEY.matcher(new String(octets(name), StandardCharsets.ISO_8859_1));
    String octets = matcher.find() ? matcher.group(1).replaceAll("\\s", "") : "";
    if (!STATIC_KEY_OCTETS.matcher(octets).matches()) {
      throw new IllegalArgumentException(name + " is no static key of OpenVPN");
    }
    return "-----BEGIN OpenVPN Static key V1-----\n"
        + octets.replaceAll("(.{32})", "$1\n")
        + "-----END OpenVPN Static key V1-----\n";
  }

  private byte[] octets(String name) {
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      byte[] octets = in.readNBytes(LARGEST + 1);
      if (octets.length > LARGEST) {
        throw new IllegalArgumentException(name + " is too large");
      }
      return octets;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
