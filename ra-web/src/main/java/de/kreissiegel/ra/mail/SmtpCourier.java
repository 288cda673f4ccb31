package de.kreissiegel.ra.mail;

import de.kreissiegel.ca.letter.Courier;
import de.kreissiegel.ca.letter.Letter;
import de.kreissiegel.ca.refusal.Refused;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Takes letters to the district's SMTP server. */
public final class SmtpCourier implements Courier {
  private static final int PERMANENT = 500;

  private final JavaMailSenderImpl sender;
  private final MailMessage messages;
  private final Function<Letter, MailText> words;
  private final Clock clock;

  /**
   * @param words what a letter says
   * @param signer signs mails, if they are signed
   */
  public SmtpCourier(
      SmtpServer server,
      MailSettings settings,
      Function<Letter, MailText> words,
      Optional<MailSigner> signer,
      Clock clock)
      throws GeneralSecurityException {
    this.sender = server.sender();
    this.messages = new MailMessage(sender.getSession(), settings, signer);
    this.words = words;
    this.clock = clock;
  }

  @Override
  public void send(Letter letter) throws Away, NotTaken {
    SMTPMessage message = message(letter);
    try {
      sender.send(message);
    } catch (MailSendException failed) {
      throw told(failed);
    } catch (MailException away) { // no log-in
      throw new Away("the mail server doesn't let us in: " + away.getMessage(), away);
    }
  }

  private SMTPMessage message(Letter letter) throws Away, NotTaken {
    try {
      return messages.of(letter.address(), letter.token(), words.apply(letter), clock.instant());
    } catch (MessagingException noAddress) {
      throw new NotTaken("no mail address: " + noAddress.getMessage(), true);
    } catch (Refused | IOException | GeneralSecurityException unsigned) {
      throw new Away("mails can't be signed: " + unsigned.getMessage(), unsigned);
    }
  }

  /** What the server says of this one, or, thrown, that it is away. */
  private static NotTaken told(MailSendException failed) throws Away {
    for (Exception one : failed.getMessageExceptions()) {
      for (Exception cause = one;
          cause instanceof MessagingException next;
          cause = next.getNextException()) {
        if (next instanceof SMTPAddressFailedException address) {
          return notTaken(address.getReturnCode(), address);
        }
        if (next instanceof SMTPSendFailedException content && isOfContent(content)) {
          return notTaken(content.getReturnCode(), content);
        }
      }
    }
    throw new Away("the mail server doesn't take mails: " + failed.getMessage(), failed);
  }

  /** After DATA the server has seen the mail; before, it speaks of itself or of us. */
  private static boolean isOfContent(SMTPSendFailedException refusal) {
    return refusal.getCommand().equals(".") || refusal.getCommand().startsWith("DATA");
  }

  private static NotTaken notTaken(int code, Exception told) {
    return new NotTaken(MailMessage.oneLine(String.valueOf(told.getMessage())), code >= PERMANENT);
  }
}
