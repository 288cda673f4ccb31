package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.lint.KnownKeys.Listing;
import de.kreissiegel.ca.lint.KnownKeys.Standing;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code list-keys}: keys that are never to be certified, as somebody reported them. */
@Command(
    name = "list-keys",
    description =
        "Lists keys as never to be certified: those of certificates, requests or public keys (PEM or"
            + " DER), or given by the SHA-256 of their SubjectPublicKeyInfo. What is listed stays"
            + " so.",
    mixinStandardHelpOptions = true)
final class ListKeysCommand implements Callable<Integer> {
  private static final Actor SELF = new Actor.Component("list-keys");

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", description = "The data directory.")
  private Path data = DataDirectory.standard();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The installation's configuration, if it lies elsewhere.")
  private @Nullable Path configuration;

  @Option(
      names = "--component",
      description = "They are parts of composite keys; without it, they are compromised.")
  private boolean component;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      required = true,
      description = "Who says so, and why; for the list and the audit log.")
  private String note = "";

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Where the keys are.")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws LaunchFailure {
    List<Bytes> keys = new ArrayList<>();
    for (Path file : files) {
      keys.addAll(KeysOfFile.hashes(file));
    }
    var folder = new DataDirectory(data.toAbsolutePath().normalize());
    Path file = InstallationFile.of(configuration, folder).file();
    try {
      return new InstallationDatabase(file)
          .read(
              source ->
                  list(Books.of(source, "list-keys", Clock.systemUTC(), new SecureRandom()), keys));
    } catch (IOException | JdbiException failure) {
      throw new LaunchFailure("nothing was listed: " + failure.getMessage() + ".", failure);
    }
  }

  private int list(Books books, List<Bytes> keys) {
    Listing listing = component ? Listing.COMPONENT : Listing.COMPROMISED;
    int listed =
        books
            .transactions()
            .<Integer, RuntimeException>inTransaction(
                transaction -> list(books, transaction, keys, listing));
    var out = spec.commandLine().getOut();
    out.println("%d keys listed, %d were so already.".formatted(listed, keys.size() - listed));
    for (Bytes key : keys) {
      Standing standing = books.knownKeys().standing(key, Optional.empty());
      if (standing.certified() && !standing.revoked()) {
        out.println(key.toHex() + " stands in a certificate of ours: revoke that.");
      }
    }
    out.flush();
    return 0;
  }

  private int list(Books books, Transaction transaction, List<Bytes> keys, Listing listing) {
    int listed = 0;
    for (Bytes key : keys) {
      if (books.knownKeys().list(transaction, key, listing, note)) {
        listed++;
        books
            .audit()
            .append(transaction, SELF, "key.listed", Optional.empty(), "key:" + key.toHex(), note);
      }
    }
    return listed;
  }
}
