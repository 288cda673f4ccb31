package de.kreissiegel.ca.path;

import de.kreissiegel.hsm.signing.Bytes;
import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/** Whom a certificate has to name. */
public sealed interface ExpectedName {
  /**
   * A host (RFC 9525).
   *
   * @param name A-labels in lower case, without a point at the end
   */
  record Dns(String name) implements ExpectedName {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A mailbox (RFC 8550 §3, RFC 9598).
   *
   * @param local as it is; upper and lower case are two
   * @param domain as {@link Dns#name()}
   */
  record Mail(String local, String domain) implements ExpectedName {
    @Override
    public String toString() {
      return local + "@" + domain;
    }
  }

  /**
   * An IP address (RFC 5280 §4.2.1.6).
   *
   * @param octets 4 or 16
   * @param written as it was given
   */
  record Address(Bytes octets, String written) implements ExpectedName {
    @Override
    public String toString() {
      return written;
    }
  }

  /**
   * Reads a name: with an {@code @} a mailbox, in the form of an address an address, else a host.
   *
   * @throws IllegalArgumentException if it is none of them; the message is a sentence
   */
  static ExpectedName of(String text) {
    int at = text.lastIndexOf('@');
    if (at >= 0) {
      if (at == 0) {
        throw new IllegalArgumentException("a mailbox has something before the @");
      }
      return new Mail(text.substring(0, at), Hosts.normal(text.substring(at + 1)));
    }
    if (Hosts.ADDRESS.matcher(text).matches()) {
      return new Address(Bytes.of(InetAddress.ofLiteral(text).getAddress()), text);
    }
    return new Dns(Hosts.normal(text));
  }

  /** Names of hosts in the one form that is compared. */
  final class Hosts {
    private static final Pattern ADDRESS =
        Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** IDNA 2003, which the JDK has, makes other letters of these than IDNA 2008 (RFC 5894 §7). */
    private static final Pattern DEVIATING = Pattern.compile("[\u00df\u03c2\u200c\u200d]");

    private Hosts() {}

    static String normal(String name) {
      if (DEVIATING.matcher(name).find()) {
        throw new IllegalArgumentException(
            "give " + Words.safe(name) + " in its A-label form (xn--…): its letters have two");
      }
      String ascii;
      try {
        ascii = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(Words.safe(name) + " is no host name", wrong);
      }
      String bare = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
      if (bare.isEmpty() || bare.length() > 253 || bare.contains("*") || bare.contains("..")) {
        throw new IllegalArgumentException(Words.safe(name) + " is no host name");
      }
      return bare;
    }
  }
}
