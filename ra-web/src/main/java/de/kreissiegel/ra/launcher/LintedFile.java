package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.lint.Linter;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The certificates of a file, in PEM (RFC 7468 §5) or DER. */
final class LintedFile {
  private static final int LONGEST = 4 * 1024 * 1024;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

  private LintedFile() {}

  /**
   * All certificates of the file, in order; DER, as far as the encoding says.
   *
   * @throws LaunchFailure if it can't be read, is too long, or holds none
   */
  static List<Bytes> certificates(Path file) throws LaunchFailure {
    byte[] octets = read(file);
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    if (!text.contains("-----BEGIN ")) {
      return List.of(Bytes.of(octets));
    }
    List<Bytes> certificates = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text);
    try {
      while (blocks.find()) {
        certificates.add(Bytes.of(Base64.getMimeDecoder().decode(blocks.group(1))));
      }
    } catch (IllegalArgumentException broken) {
      throw new LaunchFailure(file + " holds a certificate whose base64 is broken.", broken);
    }
    if (certificates.isEmpty()) {
      throw new LaunchFailure(file + " holds no certificate.");
    }
    return certificates;
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

  /**
   * What was signed of it.
   *
   * @throws LaunchFailure if it is no certificate in DER
   */
  static Bytes toBeSigned(Path file, Bytes certificate) throws LaunchFailure {
    return Linter.toBeSigned(certificate)
        .orElseThrow(() -> new LaunchFailure(file + " holds no certificate in DER."));
  }
}
