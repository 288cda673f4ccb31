package de.kreissiegel.ca.relay;

import de.kreissiegel.ca.audit.WrittenEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * An event as a message of RFC 5424. It names nobody: actors are ids, and of the words there is the
 * commitment, since what has left the house can't be erased. With chain, number and hash the other
 * host witnesses the trail.
 */
final class SyslogLine {
  /** Facility "log audit" (13), severity "notice" (5). */
  private static final int NOTICE = 13 * 8 + 5;

  /** Severity "warning" (4), for what somebody has to look at. */
  private static final int WARNING = 13 * 8 + 4;

  /** The number that RFC 5612 sets aside for those who have none of their own. */
  private static final String ID = "event@32473";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private SyslogLine() {}

  /**
   * The message, UTF-8, without a frame.
   *
   * @param host as which this host signs (HOSTNAME)
   */
  static byte[] of(WrittenEvent event, String host) {
    var line = new StringBuilder();
    line.append('<').append(isWarning(event) ? WARNING : NOTICE).append(">1 ");
    line.append(time(event.at())).append(' ').append(name(host, 255)).append(" kreissiegel - ");
    line.append(name(event.action(), 32)).append(" [").append(ID);
    parameter(line, "chain", event.chain());
    parameter(line, "sequence", Long.toString(event.sequence()));
    parameter(line, "actor", event.actor());
    event.tenant().ifPresent(tenant -> parameter(line, "tenant", tenant));
    parameter(line, "object", event.object());
    if (event.text() instanceof WrittenEvent.Committed words) {
      parameter(line, "words", words.commitment().toHex());
    }
    parameter(line, "hash", event.hash().toHex());
    line.append(']');
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Refusals of the vault, the brake, journals that don't fit: what names a mishap. */
  private static boolean isWarning(WrittenEvent event) {
    return event.action().startsWith("vault.")
        || event.action().startsWith("journal.")
        || event.action().equals("directory.brake");
  }

  /** Years have four digits (RFC 3339); another time was never ours. */
  private static String time(Instant at) {
    int year = at.atOffset(ZoneOffset.UTC).getYear();
    return year < 0 || year > 9999 ? "-" : TIME.format(at);
  }

  /** PRINTUSASCII without spaces (RFC 5424 §6). */
  private static String name(String text, int most) {
    String printable = text.replaceAll("[^!-~]", "?");
    return printable.isEmpty() ? "-" : printable.substring(0, Math.min(most, printable.length()));
  }

  /** RFC 5424 §6.3.3: quote, backslash and bracket are escaped; no control characters either. */
  private static void parameter(StringBuilder line, String name, String value) {
    line.append(' ').append(name).append("=\"");
    line.append(value.replaceAll("\\p{Cntrl}", "?").replaceAll("([\"\\\\\\]])", "\\\\$1"));
    line.append('"');
  }
}
