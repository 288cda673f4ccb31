package de.kreissiegel.ra.database;

import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The address of a PostgreSQL of the installation's own, as it is used: to another host by TLS with
 * a server whose certificate and name are verified ({@code sslmode=verify-full}), or not at all.
 * This host itself and a Unix socket need none.
 */
public final class DatabaseAddress {
  private static final System.Logger LOG = System.getLogger(DatabaseAddress.class.getName());
  private static final String VERIFIED = "verify-full";

  /** Takes the platform's anchors; the driver's own default is a file in the user's home. */
  private static final String PLATFORM = "org.postgresql.ssl.DefaultJavaSSLFactory";

  /** The one library by which the driver reaches a Unix socket. */
  private static final String UNIX = "org.newsclub.net.unix.";

  private static final List<String> NO_GSS_ENCRYPTION = List.of("disable", "allow");

  private DatabaseAddress() {}

  /**
   * The address with what it doesn't say about TLS.
   *
   * @param url JDBC
   * @param trust PEM with the anchors; without it those that {@code sslrootcert} in the address
   *     names, or the platform's
   * @param withoutTls why another host is reached as the address says and not otherwise; null: no
   *     exception is made
   * @throws IllegalArgumentException with a sentence for the administrator
   */
  public static String of(String url, @Nullable Path trust, @Nullable String withoutTls) {
    Properties said = parsed(url);
    List<String> elsewhere = elsewhere(said);
    if (elsewhere.isEmpty()) {
      return url;
    }
    String hosts = String.join(", ", elsewhere);
    if (withoutTls != null) {
      if (withoutTls.isBlank()) {
        throw new IllegalArgumentException(
            "kreissiegel.database.without-tls says why the database at %s is reached without; it is empty"
                .formatted(hosts));
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "The database at {0} is reached without verified TLS, by"
              + " kreissiegel.database.without-tls: {1}",
          hosts,
          withoutTls);
      return url;
    }
    String whole = verified(url, trust);
    fault(parsed(whole))
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(
                  """
                  the database at %s would be reached without verified TLS (%s): let \
                  kreissiegel.database.url say sslmode=verify-full or nothing about it, and \
                  kreissiegel.database.trust name the anchors; an exception needs its reason in \
                  kreissiegel.database.without-tls\
                  """
                      .formatted(hosts, fault));
            });
    return whole;
  }

  /** The address with TLS, a verified name and these anchors, where it doesn't say otherwise. */
  static String verified(String url, @Nullable Path trust) {
    Properties said = parsed(url);
    var whole = new StringBuilder(url);
    add(whole, said, PGProperty.SSL_MODE, VERIFIED);
    add(whole, said, PGProperty.GSS_ENC_MODE, "disable");
    if (trust != null) {
      if (isSaid(said, PGProperty.SSL_FACTORY) || isSaid(said, PGProperty.SSL_ROOT_CERT)) {
        throw new IllegalArgumentException(
            "kreissiegel.database.trust and the address both say whom to trust; leave one out");
      }
      add(whole, said, PGProperty.SSL_ROOT_CERT, trust.toString());
    } else if (PGProperty.SSL_ROOT_CERT.getOrNull(said) == null) {
      add(whole, said, PGProperty.SSL_FACTORY, PLATFORM);
    }
    return whole.toString();
  }

  private static void add(StringBuilder url, Properties said, PGProperty property, String value) {
    if (!isSaid(said, property)) {
      url.append(url.indexOf("?") < 0 ? '?' : '&')
          .append(property.getName())
          .append('=')
          .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  private static boolean isSaid(Properties said, PGProperty property) {
    return said.getProperty(property.getName()) != null;
  }

  /** What would let somebody else answer in the server's place; empty if nothing does. */
  private static Optional<String> fault(Properties whole) {
    String mode = String.valueOf(PGProperty.SSL_MODE.getOrDefault(whole));
    if (!mode.equals(VERIFIED)) {
      return Optional.of("sslmode=" + mode);
    }
    // These two replace the verification by whatever class they name.
    var factory = PGProperty.SSL_FACTORY.getOrNull(whole);
    if (factory != null && !factory.equals(PLATFORM)) {
      return Optional.of("sslfactory=" + factory);
    }
    var verifier = PGProperty.SSL_HOSTNAME_VERIFIER.getOrNull(whole);
    if (verifier != null) {
      return Optional.of("sslhostnameverifier=" + verifier);
    }
    String gss = String.valueOf(PGProperty.GSS_ENC_MODE.getOrDefault(whole));
    return NO_GSS_ENCRYPTION.contains(gss) ? Optional.empty() : Optional.of("gssEncMode=" + gss);
  }

  private static List<String> elsewhere(Properties said) {
    var sockets = PGProperty.SOCKET_FACTORY.getOrNull(said);
    if (sockets != null && sockets.startsWith(UNIX)) {
      return List.of();
    }
    String hosts = PGProperty.PG_HOST.getOrNull(said);
    return hosts == null
        ? List.of() // the driver's default is localhost
        : Arrays.stream(hosts.split(",")).filter(host -> !isHere(host)).toList();
  }

  /** No name is looked up: who answers could lie. */
  private static boolean isHere(String host) {
    String bare = host.replaceAll("^\\[(.*)]$", "$1");
    if (bare.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(bare).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  private static Properties parsed(String url) {
    Properties said = Driver.parseURL(url, null);
    if (said == null) {
      // Not the address: a password may stand in it.
      throw new IllegalArgumentException(
          "kreissiegel.database.url is no address of PostgreSQL, as jdbc:postgresql://host/name");
    }
    return said;
  }
}
