package de.kreissiegel.ra.mail;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * The district's mail server.
 *
 * @param host its name, as its certificate has it
 * @param port 587 for submission, 465 for TLS from the start, 25 between servers
 * @param encryption how the way there is protected
 * @param anchors whose certificates it may have; the platform's if there are none
 * @param login by which it is asked, if it wants one
 * @param timeout how long it may take to connect, and to answer
 */
public record SmtpServer(
    String host,
    int port,
    Encryption encryption,
    List<X509Certificate> anchors,
    Optional<Login> login,
    Duration timeout) {
  /**
   * @throws IllegalArgumentException if mail would go over a network in the open
   */
  public SmtpServer {
    anchors = List.copyOf(anchors);
    if (encryption == Encryption.NONE && !List.of("localhost", "127.0.0.1", "::1").contains(host)) {
      throw new IllegalArgumentException(
          "kreissiegel.mail: without encryption only to this host itself, not to " + host);
    }
  }

  /** How the way to the server is protected. */
  public enum Encryption {
    /** TLS begins by STARTTLS, without which nothing is sent (RFC 3207). */
    STARTTLS,
    /** TLS from the first octet (RFC 8314 §3.3). */
    TLS,
    /** Not at all; for a server on the same host. */
    NONE
  }

  /** A name and its password. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  JavaMailSenderImpl sender() throws GeneralSecurityException {
    var sender = new JavaMailSenderImpl();
    sender.setHost(host);
    sender.setPort(port);
    login.ifPresent(
        it -> {
          sender.setUsername(it.user());
          sender.setPassword(it.password());
        });
    sender.setJavaMailProperties(properties());
    return sender;
  }

  private Properties properties() throws GeneralSecurityException {
    var properties = new Properties();
    String millis = String.valueOf(timeout.toMillis());
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.auth", String.valueOf(login.isPresent()));
    // A bounce shall tell what didn't arrive, not hold it once more (RFC 3461).
    properties.put("mail.smtp.dsn.notify", "FAILURE");
    properties.put("mail.smtp.dsn.ret", "HDRS");
    properties.put("mail.smtp.starttls.enable", String.valueOf(encryption == Encryption.STARTTLS));
    properties.put(
        "mail.smtp.starttls.required", String.valueOf(encryption == Encryption.STARTTLS));
    properties.put("mail.smtp.ssl.enable", String.valueOf(encryption == Encryption.TLS));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    if (!anchors.isEmpty()) {
      properties.put("mail.smtp.ssl.socketFactory", trusting(anchors));
    }
    return properties;
  }

  static SSLSocketFactory trusting(List<X509Certificate> anchors) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < anchors.size(); i++) {
        store.setCertificateEntry("anchor-" + i, anchors.get(i));
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (java.io.IOException impossible) {
      throw new GeneralSecurityException(impossible);
    }
  }
}
