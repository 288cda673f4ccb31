package de.kreissiegel.ca.letter;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A letter to one person.
 *
 * @param key what it tells to whom; there is one letter of a key
 * @param kind what it tells
 * @param tenant whose affair it is; empty for the house's own
 * @param about of what, as the audit trail names it; {@code pseudonym} where that would tell who
 *     bears one
 * @param recipient who; empty for whoever runs the house
 * @param address where to, a mail address
 * @param said the values that its text needs, by name
 * @param token 128 random bits in hexadecimal: the left side of its Message-ID, and how a bounce is
 *     known to be of this letter
 * @param createdAt when it was written
 */
public record Letter(
    String key,
    LetterKind kind,
    Optional<TenantId> tenant,
    String about,
    Optional<SubjectId> recipient,
    String address,
    Map<String, String> said,
    String token,
    Instant createdAt) {
  /** What stands for the object of letters to who bears a pseudonym. */
  public static final String VEILED = "pseudonym";

  private static final int TOKEN = 16;

  public Letter {
    said = Map.copyOf(said);
  }

  static String token(SecureRandom random) {
    byte[] token = new byte[TOKEN];
    random.nextBytes(token);
    return HexFormat.of().formatHex(token);
  }
}
