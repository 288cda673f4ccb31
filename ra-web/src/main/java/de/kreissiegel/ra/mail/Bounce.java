package de.kreissiegel.ra.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A delivery status notification (RFC 3464) that says that a letter of ours failed for good.
 *
 * @param token the letter's, from the address that the notification came to
 * @param said what the other server said: its status and diagnostic, one line
 */
record Bounce(String token, String said) {
  private static final int LONGEST_STATUS = 16 * 1024;
  private static final int MOST_PARTS = 10;

  private static final Pattern TOKEN = Pattern.compile("\\+([0-9a-f]{32})@");
  private static final String[] ADDRESSES = {"X-Original-To", "Delivered-To", "To"};

  /**
   * Reads one.
   *
   * @param octets a mail; whoever sends it may write what they like
   * @return empty if it is anything else: a letter, an answer, a warning that it takes longer
   */
  static Optional<Bounce> read(byte[] octets) {
    try {
      var mail =
          new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
      Optional<String> token = token(mail);
      return token.isEmpty() || !mail.isMimeType("multipart/report")
          ? Optional.empty()
          : status(new MimeMultipart(mail.getDataHandler().getDataSource()))
              .map(said -> new Bounce(token.get(), said));
    } catch (MessagingException | IOException | RuntimeException unreadable) {
      return Optional.empty(); // the library throws what it likes at what isn't a mail
    }
  }

  private static Optional<String> token(MimeMessage mail) throws MessagingException {
    for (String name : ADDRESSES) {
      String[] values = mail.getHeader(name);
      if (values != null) {
        for (String value : values) {
          Matcher found = TOKEN.matcher(value.toLowerCase(Locale.ROOT));
          if (found.find()) {
            return Optional.of(found.group(1));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> status(Multipart report) throws MessagingException, IOException {
    for (int i = 0; i < Math.min(report.getCount(), MOST_PARTS); i++) {
      BodyPart part = report.getBodyPart(i);
      if (part.isMimeType("message/delivery-status")) {
        try (InputStream in = part.getInputStream()) {
          return failure(new String(in.readNBytes(LONGEST_STATUS), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return Optional.empty();
  }

  /** Groups of fields with empty lines between them; the first is of the message itself. */
  private static Optional<String> failure(String fields) {
    for (String group : fields.replaceAll("\\r\\n?", "\n").split("\n\\s*\n")) {
      String unfolded = group.replaceAll("\n[ \t]+", " ");
      String status = field(unfolded, "status");
      if (field(unfolded, "action").equalsIgnoreCase("failed") && !status.startsWith("4")) {
        String said = (status + " " + field(unfolded, "diagnostic-code")).strip();
        return Optional.of(MailMessage.oneLine(said.isEmpty() ? "failed" : said));
      }
    }
    return Optional.empty();
  }

  private static String field(String group, String name) {
    return group
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
