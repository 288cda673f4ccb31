package de.kreissiegel.hsm.process;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param allowedUsers who may connect beside the signer's own user and root
 * @param exitWithStdin whether to stop when standard input ends
 */
record Arguments(
    Path vault, Path socket, Path passphraseFile, Set<String> allowedUsers, boolean exitWithStdin) {
  private static final String USAGE =
      "usage: --vault DIR --socket PATH --passphrase-file FILE [--allow-user NAME]..."
          + " [--exit-with-stdin]";

  static Arguments parse(List<String> words) throws CannotStart {
    Path vault = null;
    Path socket = null;
    Path passphraseFile = null;
    Set<String> allowed = new HashSet<>();
    boolean exitWithStdin = false;
    Deque<String> rest = new ArrayDeque<>(words);
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--vault" -> vault = Path.of(value(option, rest));
        case "--socket" -> socket = Path.of(value(option, rest));
        case "--passphrase-file" -> passphraseFile = Path.of(value(option, rest));
        case "--allow-user" -> allowed.add(value(option, rest));
        case "--exit-with-stdin" -> exitWithStdin = true;
        default -> throw new CannotStart("unknown option " + option + "; " + USAGE);
      }
    }
    return new Arguments(
        given("--vault", vault),
        given("--socket", socket),
        given("--passphrase-file", passphraseFile),
        Set.copyOf(allowed),
        exitWithStdin);
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
