package de.kreissiegel.hsm.process;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param socket where to listen for this host's processes
 * @param allowedUsers who may connect there beside the signer's own user and root
 * @param network where to listen for other hosts
 * @param exitWithStdin whether to stop when standard input ends
 */
record Arguments(
    Path vault,
    Optional<Path> socket,
    Path passphraseFile,
    Set<String> allowedUsers,
    Optional<Network> network,
    boolean exitWithStdin) {
  static final String USAGE =
      "usage: --vault DIR --passphrase-file FILE [--socket PATH [--allow-user NAME]...]"
          + " [--listen-tls HOST:PORT --tls-keystore FILE --tls-password-file FILE"
          + " --tls-allow FINGERPRINT...] [--exit-with-stdin]";

  /**
   * A port for other hosts.
   *
   * @param keystore PKCS#12
   * @param allowed SHA-256 fingerprints of the clients' certificates
   */
  record Network(
      InetSocketAddress address, Path keystore, Path passwordFile, Set<String> allowed) {}

  static Arguments parse(List<String> words) throws CannotStart {
    Path vault = null;
    Path socket = null;
    Path passphraseFile = null;
    Set<String> allowed = new HashSet<>();
    String listen = null;
    Path keystore = null;
    Path passwordFile = null;
    Set<String> fingerprints = new HashSet<>();
    boolean exitWithStdin = false;
    Deque<String> rest = new ArrayDeque<>(words);
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--vault" -> vault = Path.of(value(option, rest));
        case "--socket" -> socket = Path.of(value(option, rest));
        case "--passphrase-file" -> passphraseFile = Path.of(value(option, rest));
        case "--allow-user" -> allowed.add(value(option, rest));
        case "--listen-tls" -> listen = value(option, rest);
        case "--tls-keystore" -> keystore = Path.of(value(option, rest));
        case "--tls-password-file" -> passwordFile = Path.of(value(option, rest));
        case "--tls-allow" -> fingerprints.add(value(option, rest));
        case "--exit-with-stdin" -> exitWithStdin = true;
        default -> throw new CannotStart("unknown option " + option + "; " + USAGE);
      }
    }
    Optional<Network> network =
        listen == null
            ? Optional.empty()
            : Optional.of(
                new Network(
                    address(listen),
                    given("--tls-keystore", keystore),
                    given("--tls-password-file", passwordFile),
                    Set.copyOf(fingerprints)));
    if (network.isEmpty()) {
      given("--socket", socket);
    }
    return new Arguments(
        given("--vault", vault),
        Optional.ofNullable(socket),
        given("--passphrase-file", passphraseFile),
        Set.copyOf(allowed),
        network,
        exitWithStdin);
  }

  private static InetSocketAddress address(String hostAndPort) throws CannotStart {
    int colon = hostAndPort.lastIndexOf(':');
    try {
      var address =
          new InetSocketAddress(
              hostAndPort.substring(0, Math.max(0, colon)),
              Integer.parseInt(hostAndPort.substring(colon + 1)));
      if (colon > 0 && !address.isUnresolved()) {
        return address;
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new CannotStart("--listen-tls needs HOST:PORT of this host, not " + hostAndPort);
  }

  private static String value(String option, Deque<String> rest) throws CannotStart {
    String value = rest.poll();
    if (value == null) {
      throw new CannotStart(option + " needs a value; " + USAGE);
    }
    return value;
  }

  private static Path given(String option, @Nullable Path value) throws CannotStart {
    if (value == null) {
      throw new CannotStart(option + " is missing; " + USAGE);
    }
    return value;
  }
}
