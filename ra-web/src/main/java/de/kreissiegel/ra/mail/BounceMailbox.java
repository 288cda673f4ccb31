package de.kreissiegel.ra.mail;

import de.kreissiegel.ca.letter.BounceSource;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.FlagTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BiConsumer;

/**
 * The mailbox that bounces go to, read by IMAP over TLS. What tells of a letter is deleted once it
 * is known; what else lies there is marked as seen and left to people.
 */
public final class BounceMailbox implements BounceSource {
  private static final int AT_ONCE = 200;

  /** A bounce holds a few headers; more of it isn't read. */
  private static final int LONGEST = 256 * 1024;

  private final SmtpServer server;

  /**
   * @param server its address, encryption, anchors and log-in; the port is 993 as a rule
   */
  public BounceMailbox(SmtpServer server) {
    this.server = server;
  }

  @Override
  public void read(BiConsumer<String, String> each) throws IOException {
    try (Store store = Session.getInstance(properties()).getStore("imap")) {
      SmtpServer.Login login = server.login().orElseThrow();
      store.connect(server.host(), server.port(), login.user(), login.password());
      Folder inbox = store.getFolder("INBOX");
      inbox.open(Folder.READ_WRITE);
      try {
        Message[] fresh = inbox.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));
        for (int i = 0; i < Math.min(fresh.length, AT_ONCE); i++) {
          take(fresh[i], each);
        }
      } finally {
        inbox.close(true);
      }
    } catch (MessagingException | GeneralSecurityException unreadable) {
      throw new IOException(
          "the mailbox of bounces can't be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static void take(Message message, BiConsumer<String, String> each)
      throws MessagingException, IOException {
    Optional<Bounce> bounce = Bounce.read(beginning(message));
    bounce.ifPresent(it -> each.accept(it.token(), it.said()));
    message.setFlag(bounce.isPresent() ? Flags.Flag.DELETED : Flags.Flag.SEEN, true);
  }

  private static byte[] beginning(Message message) throws MessagingException, IOException {
    var octets = new ByteArrayOutputStream();
    try {
      message.writeTo(
          new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
              if (octets.size() >= LONGEST) {
                throw new TooLong();
              }
              octets.write(octet);
            }
          });
    } catch (TooLong enough) {
      // The rest is of no interest.
    }
    return octets.toByteArray();
  }

  private static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;
  }

  private Properties properties() throws GeneralSecurityException {
    var properties = new Properties();
    String millis = String.valueOf(server.timeout().toMillis());
    boolean tls = server.encryption() == SmtpServer.Encryption.TLS;
    boolean startTls = server.encryption() == SmtpServer.Encryption.STARTTLS;
    properties.put("mail.imap.connectiontimeout", millis);
    properties.put("mail.imap.timeout", millis);
    properties.put("mail.imap.writetimeout", millis);
    properties.put("mail.imap.ssl.enable", String.valueOf(tls));
    properties.put("mail.imap.starttls.enable", String.valueOf(startTls));
    properties.put("mail.imap.starttls.required", String.valueOf(startTls));
    properties.put("mail.imap.ssl.checkserveridentity", "true");
    properties.put("mail.imap.ssl.protocols", "TLSv1.3 TLSv1.2");
    if (!server.anchors().isEmpty()) {
      properties.put("mail.imap.ssl.socketFactory", SmtpServer.trusting(server.anchors()));
    }
    return properties;
  }
}
