package de.kreissiegel.ra.errors;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Numbers for what went wrong, which a person can read out on the telephone, as {@code 4f2a-91c0}.
 * The log holds number and cause together.
 */
@Component
class Incidents {
  private static final System.Logger LOG = System.getLogger(Incidents.class.getName());

  private final SecureRandom random;

  Incidents(SecureRandom random) {
    this.random = random;
  }

  /** Our own fault: logged with its cause. */
  String fault(String where, @Nullable Throwable cause) {
    var number = next();
    LOG.log(System.Logger.Level.ERROR, "Incident " + number + " at " + printable(where), cause);
    return number;
  }

  /** Something that the other side caused, or a component that is away. */
  String refusal(String where, String what) {
    var number = next();
    LOG.log(
        System.Logger.Level.INFO,
        "Incident " + number + " at " + printable(where) + ": " + printable(what));
    return number;
  }

  private String next() {
    var octets = new byte[4];
    random.nextBytes(octets);
    var digits = HexFormat.of().formatHex(octets);
    return digits.substring(0, 4) + "-" + digits.substring(4);
  }

  /** No line break of a client's gets into the log. */
  private static String printable(String text) {
    var line = text.replaceAll("\\p{Cc}", "?");
    return line.length() > 500 ? line.substring(0, 500) + "…" : line;
  }
}
