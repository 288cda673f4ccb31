package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.ceremony.CanonicalJson;
import de.kreissiegel.hsm.ceremony.CeremonyRecord;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Holds what ceremonies sign to its form: policies and records, which are text. */
final class TextCheck {
  private static final int DEEPEST = 16;
  private static final String OTHERS = ":,-0123456789truefalse";

  private TextCheck() {}

  /** A policy that this vault could put in force for the key that it names. */
  static void policy(byte[] octets) throws SigningRefused, NotDer {
    try {
      PolicyFile.readAny("policy", text(octets));
    } catch (PolicyFault fault) {
      require(false, "key-policy", String.valueOf(fault.getMessage()));
    }
  }

  /** A record of a ceremony: canonical JSON (RFC 8785). */
  static void record(byte[] octets) throws SigningRefused, NotDer {
    require(
        shallow(text(octets)),
        "ceremony-record",
        "it is not canonical JSON, or nested deeper than " + DEEPEST);
    try {
      require(
          CanonicalJson.read(octets).containsKey(CeremonyRecord.MARK),
          "ceremony-record",
          "it doesn't say that it is one");
    } catch (IllegalArgumentException notOne) {
      throw new NotDer("it is " + notOne.getMessage());
    }
  }

  /** Without control characters but the end of a line. */
  static String text(byte[] octets) throws SigningRefused {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException _) {
      throw new SigningRefused(SigningRefused.Reason.POLICY, "text: it is not UTF-8");
    }
    require(plain(text), "text", "it has control characters");
    return text;
  }

  static boolean plain(String text) {
    return text.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c));
  }

  /**
   * Outside of strings, canonical JSON has few characters and no white space. What has others is
   * not given to the reader, nor what is so deep that a reader that calls itself would run out of
   * stack.
   */
  private static boolean shallow(String text) {
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString) {
        i += c == '\\' ? 1 : 0;
        inString = c != '"';
      } else if (c == '"') {
        inString = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (OTHERS.indexOf(c) < 0) {
        return false;
      }
      if (depth > DEEPEST) {
        return false;
      }
    }
    return true;
  }
}
