package de.kreissiegel.ra.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * A letter by which somebody sees that the mail server takes ours. It isn't signed.
 *
 * @param from the address that letters come from
 * @param fromName the name beside it
 * @param to who gets it
 * @param subject its subject
 * @param text its words
 */
public record TrialLetter(String from, String fromName, String to, String subject, String text) {
  /**
   * Hands it to the server.
   *
   * @return what the server, or the way to it, has against it; empty if it took it
   */
  public Optional<String> send(SmtpServer server, Instant at) {
    try {
      JavaMailSenderImpl sender = server.sender();
      MimeMessage message = sender.createMimeMessage();
      message.setFrom(new InternetAddress(from, fromName, StandardCharsets.UTF_8.name()));
      message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(to, true));
      message.setSubject(subject, StandardCharsets.UTF_8.name());
      message.setText(text, StandardCharsets.UTF_8.name());
      message.setSentDate(Date.from(at));
      sender.send(message);
      return Optional.empty();
    } catch (MailException
        | MessagingException
        | UnsupportedEncodingException
        | GeneralSecurityException refused) {
      return Optional.of(MailMessage.oneLine(String.valueOf(refused.getMessage())));
    }
  }
}
