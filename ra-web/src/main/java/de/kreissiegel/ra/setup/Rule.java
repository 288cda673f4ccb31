package de.kreissiegel.ra.setup;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** What may stand in an answer; the name is that of the fault, too. */
enum Rule {
  /** Anything but control characters and what Spring would replace in a configuration. */
  ANY(text -> true),
  HTTPS_URL(text -> address(text, "https")),
  HTTP_URL(text -> address(text, "http")),
  HOST(text -> Patterns.HOST.matcher(text).matches()),
  /** An IP address to listen on; nothing is looked up. */
  ADDRESS(text -> text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]{2,45}")),
  PORT(text -> text.matches("[0-9]{1,5}") && within(text, 1, 65_535)),
  NUMBER(text -> text.matches("[0-9]{1,2}") && within(text, 1, 99)),
  MAIL(text -> Patterns.MAIL.matcher(text).matches()),
  JDBC(text -> Patterns.JDBC.matcher(text).matches()),
  LDAP_URLS(text -> text.lines().allMatch(line -> Patterns.LDAP.matcher(line.strip()).matches())),
  DN(Rule::isName),
  PEM(Rule::areCertificates),
  NAME(text -> text.matches("[a-z][a-z0-9-]{0,39}")),
  DOMAINS(
      text ->
          Arrays.stream(text.split("[\\s,;]+"))
              .allMatch(domain -> Patterns.DOMAIN.matcher(domain).matches())),
  PATH(text -> text.startsWith("/") && !text.contains("/../") && !text.endsWith("/..")),
  FINGERPRINT(text -> text.replace(":", "").matches("[0-9a-fA-F]{64}"));

  private final Predicate<String> taken;

  Rule(Predicate<String> taken) {
    this.taken = taken;
  }

  /** What is wrong with an answer that isn't empty; empty if nothing is. */
  Optional<String> fault(String text) {
    boolean control =
        text.chars()
            .anyMatch(
                one ->
                    (Character.isISOControl(one) && one != '\n' && one != '\t')
                        || one == 0x2028
                        || one == 0x2029); // line breaks of YAML 1.1
    if (control || text.contains("${") || text.contains("#{")) {
      return Optional.of("characters");
    }
    return taken.test(text)
        ? Optional.empty()
        : Optional.of(name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static boolean within(String number, int least, int most) {
    int value = Integer.parseInt(number);
    return value >= least && value <= most;
  }

  private static boolean address(String text, String scheme) {
    try {
      var address = new URI(text);
      return scheme.equals(address.getScheme())
          && address.getHost() != null
          && Patterns.HOST.matcher(address.getHost()).matches()
          && address.getUserInfo() == null
          && address.getQuery() == null
          && address.getFragment() == null
          && (address.getPath() == null || address.getPath().isEmpty())
          && !text.endsWith("/");
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static boolean isName(String text) {
    try {
      return !new LdapName(text).isEmpty();
    } catch (InvalidNameException _) {
      return false;
    }
  }

  private static boolean areCertificates(String text) {
    try {
      return !CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
          .isEmpty();
    } catch (CertificateException _) {
      return false;
    }
  }

  /** An enum's constants can't use its own static fields. */
  private static final class Patterns {
    static final Pattern HOST =
        Pattern.compile("(?i)[a-z0-9]([a-z0-9-]{0,62})(\\.[a-z0-9]([a-z0-9-]{0,62}))*");
    static final Pattern DOMAIN =
        Pattern.compile("[a-z0-9]([a-z0-9-]{0,62})(\\.[a-z0-9]([a-z0-9-]{0,62}))+");
    static final Pattern MAIL =
        Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    static final Pattern LDAP = Pattern.compile("(?i)ldaps?://[a-z0-9.\\[\\]:-]{1,260}");
    static final Pattern JDBC =
        Pattern.compile(
            "jdbc:postgresql://[A-Za-z0-9.:\\[\\],-]{1,200}/[A-Za-z0-9_-]{1,63}"
                + "(\\?(sslmode|sslrootcert|targetServerType)=[A-Za-z0-9/_.-]+"
                + "(&(sslmode|sslrootcert|targetServerType)=[A-Za-z0-9/_.-]+)*)?");

    private Patterns() {}
  }
}
