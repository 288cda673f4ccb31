package de.kreissiegel.hsm.token.pkcs11;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which token, and how to reach it.
 *
 * @param name what the vault calls it: lower-case letters, digits and hyphens, 1 to 32 of them; not
 *     {@code software}
 * @param library the vendor's PKCS#11 library: an absolute path
 * @param token which of the library's tokens
 * @param pinFile a file whose first line is the user's PIN, for a token that is activated at start;
 *     none if somebody types the PIN
 * @param maxSessions how many signatures at once, 1 to 1024; each takes a session
 * @throws IllegalArgumentException with a sentence, if something isn't so
 */
public record Pkcs11Config(
    String name, Path library, TokenChoice token, Optional<Path> pinFile, int maxSessions) {
  /** What suits a network HSM as well as a smart card with a few sessions. */
  public static final int USUAL_SESSIONS = 16;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  public Pkcs11Config {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a token's name has 1 to 32 lower-case letters, digits and hyphens, not '" + name + "'");
    }
    if (name.equals("software")) {
      throw new IllegalArgumentException("the name software is the software token's own");
    }
    if (!library.isAbsolute()) {
      throw new IllegalArgumentException(
          "the library of the token " + name + " must be an absolute path, not " + library);
    }
    if (pinFile.isPresent() && !pinFile.get().isAbsolute()) {
      throw new IllegalArgumentException(
          "the PIN file of the token " + name + " must be an absolute path, not " + pinFile.get());
    }
    if (maxSessions < 1 || maxSessions > 1024) {
      throw new IllegalArgumentException(
          "the token " + name + " may have 1 to 1024 sessions, not " + maxSessions);
    }
  }
}
