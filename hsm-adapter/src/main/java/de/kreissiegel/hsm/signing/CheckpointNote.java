package de.kreissiegel.hsm.signing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a checkpoint says, in the form of C2SP tlog-checkpoint: the origin, the size, the head of
 * the Merkle tree (RFC 9162 §2.1.1) whose leaves are the entries' hashes, and as an extension line
 * the last entry's hash, so that who keeps a checkpoint can hold it against an entry that they
 * already know. Signed as a C2SP signed-note by ECDSA on P-256 with SHA-256 (signature type 0x02,
 * whose key id is the beginning of SHA-256 of the SubjectPublicKeyInfo).
 *
 * @param origin {@code kreissiegel.vault/} and half of SHA-256 of the journal's public key
 * @param size how many entries
 * @param root the tree's head
 * @param head the last entry's hash; of an empty journal SHA-256 of its public key
 */
public record CheckpointNote(String origin, long size, Bytes root, Bytes head) {
  private static final int KEY_ID_OCTETS = 4;
  private static final int LONGEST = 1 << 16;
  private static final Pattern TEXT =
      Pattern.compile(
          "([!-~]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n([A-Za-z0-9+/]{43}=)\n");

  /** What it says of a journal. */
  public static CheckpointNote of(Bytes publicKey, long size, Bytes root, Bytes head) {
    return new CheckpointNote(origin(publicKey), size, root, head);
  }

  /** How a journal with that key is called. */
  public static String origin(Bytes publicKey) {
    return "kreissiegel.vault/" + HexFormat.of().formatHex(keyHash(publicKey), 0, 16);
  }

  /** The text that is signed. */
  public String text() {
    return "%s\n%d\n%s\n%s\n".formatted(origin, size, base64(root), base64(head));
  }

  /**
   * The signed note.
   *
   * @param signature over the text's octets, DER as in X.509
   */
  public String signedBy(Bytes publicKey, byte[] signature) {
    byte[] line =
        ByteBuffer.allocate(KEY_ID_OCTETS + signature.length)
            .put(keyHash(publicKey), 0, KEY_ID_OCTETS)
            .put(signature)
            .array();
    return text() + "\n— " + origin + " " + Base64.getEncoder().encodeToString(line) + "\n";
  }

  /**
   * Reads a signed note, which may carry signatures of witnesses, too.
   *
   * @param publicKey the journal's, as SubjectPublicKeyInfo
   * @return empty if it isn't a checkpoint of that journal with a valid signature by its key
   */
  public static Optional<CheckpointNote> read(String note, Bytes publicKey) {
    int end = note.lastIndexOf("\n\n");
    if (end < 0 || note.length() > LONGEST || !note.endsWith("\n")) {
      return Optional.empty();
    }
    String text = note.substring(0, end + 1);
    Matcher lines = TEXT.matcher(text);
    String origin = origin(publicKey);
    if (!lines.matches() || !origin.equals(lines.group(1))) {
      return Optional.empty();
    }
    boolean signed = false;
    for (String line : note.substring(end + 2, note.length() - 1).split("\n", -1)) {
      if (line.startsWith("— " + origin + " ") && ofKey(line, publicKey)) {
        if (!verifies(text, signature(line), publicKey)) {
          return Optional.empty();
        }
        signed = true;
      }
    }
    try {
      return signed
          ? Optional.of(
              new CheckpointNote(
                  origin,
                  Long.parseLong(lines.group(2)),
                  Bytes.of(Base64.getDecoder().decode(lines.group(3))),
                  Bytes.of(Base64.getDecoder().decode(lines.group(4)))))
          : Optional.empty();
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  /**
   * The notes of a text in which several may stand one behind the other, each with an empty line
   * behind its signatures. What is no note comes along as one, and can't be read.
   */
  public static List<String> split(String text) {
    List<String> notes = new ArrayList<>();
    StringBuilder note = new StringBuilder();
    boolean signatures = false;
    for (String line : text.lines().toList()) {
      if (line.isEmpty() && (signatures || note.isEmpty())) {
        take(note, notes);
        signatures = false;
      } else {
        note.append(line).append('\n');
        signatures |= line.startsWith("— ");
      }
    }
    take(note, notes);
    return List.copyOf(notes);
  }

  private static void take(StringBuilder note, List<String> notes) {
    if (!note.isEmpty()) {
      notes.add(note.toString());
      note.setLength(0);
    }
  }

  private static boolean ofKey(String line, Bytes publicKey) {
    byte[] hash = keyHash(publicKey);
    byte[] octets = signature(line);
    return octets.length > KEY_ID_OCTETS
        && MessageDigest.isEqual(
            Arrays.copyOf(octets, KEY_ID_OCTETS), Arrays.copyOf(hash, KEY_ID_OCTETS));
  }

  /** Key id and signature; nothing if the line is malformed. */
  private static byte[] signature(String line) {
    String digits = line.substring(line.lastIndexOf(' ') + 1);
    try {
      byte[] octets = Base64.getDecoder().decode(digits);
      // The decoder is more tolerant than RFC 4648 §3.5 wants it.
      return Base64.getEncoder().encodeToString(octets).equals(digits) ? octets : new byte[0];
    } catch (IllegalArgumentException malformed) {
      return new byte[0];
    }
  }

  private static boolean verifies(String text, byte[] keyIdAndSignature, Bytes publicKey) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(
          KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(publicKey.toArray())));
      verifier.update(text.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(
          keyIdAndSignature, KEY_ID_OCTETS, keyIdAndSignature.length - KEY_ID_OCTETS);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private static byte[] keyHash(Bytes publicKey) {
    return publicKey.sha256().toArray();
  }

  private static String base64(Bytes octets) {
    return Base64.getEncoder().encodeToString(octets.toArray());
  }
}
