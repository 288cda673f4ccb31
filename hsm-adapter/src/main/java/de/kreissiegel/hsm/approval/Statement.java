package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What an officer signs. Its octets begin with its own type, so that none is taken for another. */
public sealed interface Statement permits ApprovalStatement, ReleaseStatement {
  /** The request that it is for, and no other. */
  UUID request();

  /** The vault's key that is to be used. */
  KeyId key();

  /** The tenant whom it concerns; empty if none. */
  String tenant();

  /** Who applied, by their id in the directory; empty for a machine. */
  String applicant();

  /** When the officer decided. */
  Instant decided();

  /** The DER that is signed. */
  Bytes encoded();

  /**
   * All that it says, for the officer to read before they sign. Nothing else goes in than the
   * statement, so whoever shows these lines shows what is signed. Characters that can't be seen or
   * that turn the writing's direction stand as their number. The last line is the time of the
   * decision; the others stay as they are from one reading to the next.
   *
   * @param locale German, or English for all others
   */
  List<Line> lines(Locale locale);

  /** A label and what it stands before. */
  record Line(String label, String text) {}
}
