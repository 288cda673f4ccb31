package de.kreissiegel.ra.mail;

import de.kreissiegel.ca.refusal.Refused;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/**
 * A letter as a mail (RFC 5322), signed as {@code multipart/signed} (RFC 1847, RFC 8551 §3.5.3).
 * What is signed is sent octet by octet as it was signed.
 */
final class MailMessage {
  private static final String LINE = "\r\n";

  private final Session session;
  private final MailSettings settings;
  private final Optional<MailSigner> signer;

  MailMessage(Session session, MailSettings settings, Optional<MailSigner> signer) {
    this.session = session;
    this.settings = settings;
    this.signer = signer;
  }

  /**
   * The mail.
   *
   * @param to an address, as the directory has it
   * @param token the letter's; its Message-ID stays the same each time that it is sent
   * @throws MessagingException if the address is none
   */
  SMTPMessage of(String to, String token, MailText text, Instant now)
      throws MessagingException, IOException, Refused, GeneralSecurityException {
    var octets = new ByteArrayOutputStream();
    headers(to, token, text.subject(), now).writeTo(octets);
    int end = new String(octets.toByteArray(), StandardCharsets.US_ASCII).indexOf(LINE + LINE);
    var mail = new ByteArrayOutputStream();
    mail.write(octets.toByteArray(), 0, end + LINE.length());
    byte[] content = alternatives(text);
    mail.write(signer.isPresent() ? signed(content, token, signer.get()) : content);
    var message = new AsItIs(session, new ByteArrayInputStream(mail.toByteArray()));
    message.setEnvelopeFrom(settings.envelopeSender(token));
    return message;
  }

  /** Headers alone; the library encodes and folds them, and no line end comes through. */
  private MimeMessage headers(String to, String token, String subject, Instant now)
      throws MessagingException, IOException {
    var message = new MimeMessage(session);
    message.setFrom(new InternetAddress(settings.from(), oneLine(settings.fromName()), "UTF-8"));
    message.setRecipient(RecipientType.TO, address(to));
    message.setSubject(oneLine(subject), "UTF-8");
    message.setSentDate(Date.from(now));
    // RFC 3834 §5, and what Exchange listens to: nobody's absence is answered to a machine.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("X-Auto-Response-Suppress", "OOF, AutoReply");
    message.setText("");
    message.saveChanges();
    message.setHeader("Message-ID", messageId(token));
    message.removeHeader("Content-Type");
    message.removeHeader("Content-Transfer-Encoding");
    return message;
  }

  private String messageId(String token) {
    return "<" + token + settings.from().substring(settings.from().lastIndexOf('@')) + ">";
  }

  /** One mailbox and nothing else, whatever the directory says. */
  private static InternetAddress address(String to) throws MessagingException {
    if (!to.equals(oneLine(to))) {
      throw new MessagingException("an address of more than one line");
    }
    InternetAddress[] all = InternetAddress.parse(to, true);
    if (all.length != 1 || all[0].getPersonal() != null || all[0].isGroup()) {
      throw new MessagingException("not one address");
    }
    all[0].validate();
    return all[0];
  }

  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
  }

  private byte[] alternatives(MailText text) throws MessagingException, IOException {
    var both = new MimeMultipart("alternative");
    both.addBodyPart(part(text.text(), "plain"));
    both.addBodyPart(part(text.html(), "html"));
    var carrier = new MimeMessage(session);
    carrier.setContent((Multipart) both);
    carrier.saveChanges();
    var octets = new ByteArrayOutputStream();
    octets.write(
        ascii("Content-Type: " + both.getContentType().replace(" " + LINE, LINE) + LINE + LINE));
    both.writeTo(octets);
    return octets.toByteArray();
  }

  private static MimeBodyPart part(String text, String kind) throws MessagingException {
    var part = new MimeBodyPart();
    part.setText(text.replaceAll("\\R", LINE), "UTF-8", kind);
    part.setHeader("Content-Transfer-Encoding", "quoted-printable"); // safe in every transport
    return part;
  }

  private static byte[] signed(byte[] content, String token, MailSigner signer)
      throws IOException, Refused, GeneralSecurityException {
    String boundary = "signed-" + token;
    var octets = new ByteArrayOutputStream();
    octets.write(
        ascii(
            "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";"
                + LINE
                + "\tmicalg=sha-256; boundary=\""
                + boundary
                + "\""
                + LINE
                + LINE
                + "This is a signed mail in MIME format."
                + LINE
                + "--"
                + boundary
                + LINE));
    octets.write(content);
    octets.write(
        ascii(
            LINE
                + "--"
                + boundary
                + LINE
                + "Content-Type: application/pkcs7-signature; name=\"smime.p7s\""
                + LINE
                + "Content-Transfer-Encoding: base64"
                + LINE
                + "Content-Disposition: attachment; filename=\"smime.p7s\""
                + LINE
                + LINE));
    octets.write(Base64.getMimeEncoder().encode(signer.sign(content)));
    octets.write(ascii(LINE + "--" + boundary + "--" + LINE));
    return octets.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** What was signed isn't put together anew. */
  private static final class AsItIs extends SMTPMessage {
    AsItIs(Session session, InputStream octets) throws MessagingException {
      super(session, octets);
    }

    @Override
    public void saveChanges() {
      saved = true;
    }
  }
}
