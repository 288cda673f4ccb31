package de.kreissiegel.ca.superior;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.SuperiorLists;
import de.kreissiegel.ca.path.ListWord;
import de.kreissiegel.ca.path.UnreadableMaterial;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.x509.CertificateList;

/**
 * Fetches CRLs of external superiors, and tells of what they revoke. Each node looks after its own
 * folder: what another has put there, or the command, is seen and not fetched again.
 */
public final class SuperiorWatch {
  private static final Actor SYSTEM = new Actor.Component("superior-crls");

  private final AuthorityCatalog authorities;
  private final Path folder;
  private final FetchSettings settings;
  private final Records records;
  private final Clock clock;
  private final ListClient client;
  private final List<Watched> all;
  private final Map<AuthorityName, String> told = new HashMap<>();
  private final System.Logger log;
  private volatile List<SuperiorState> states;
  private boolean changed;

  /**
   * Where it writes.
   *
   * @param transactions for the audit trail
   * @param audit who is told
   */
  public record Records(Transactions transactions, AuditTrail audit) {}

  /**
   * @param authorities the hierarchy
   * @param folder where it lies, and superiors' CRLs with it
   * @param settings how they are fetched
   * @param random scatters the times of different nodes
   * @throws IllegalArgumentException with a sentence, if the settings name a superior that isn't
   *     there
   */
  public SuperiorWatch(
      AuthorityCatalog authorities,
      Path folder,
      FetchSettings settings,
      Records records,
      Clock clock,
      RandomGenerator random) {
    this(
        authorities,
        folder,
        settings,
        records,
        clock,
        random,
        System.getLogger(SuperiorWatch.class.getName()));
  }

  SuperiorWatch(
      AuthorityCatalog authorities,
      Path folder,
      FetchSettings settings,
      Records records,
      Clock clock,
      RandomGenerator random,
      System.Logger log) {
    this.log = log;
    this.authorities = authorities;
    this.folder = folder;
    this.settings = settings;
    this.records = records;
    this.clock = clock;
    this.client = new ListClient(settings);
    this.all =
        ListSource.of(authorities, settings.addresses()).stream()
            .map(source -> new Watched(source, random))
            .toList();
    this.states = all.stream().map(one -> one.state(settings.on())).toList();
  }

  /**
   * Says whether the settings fit on the hierarchy, without starting anything.
   *
   * @throws IllegalArgumentException with a sentence, if they name a superior that isn't there
   */
  public static void require(AuthorityCatalog authorities, FetchSettings settings) {
    ListSource.of(authorities, settings.addresses());
  }

  /** How it goes, as of the last look; empty where no authority has an external superior. */
  public List<SuperiorState> states() {
    return states;
  }

  /**
   * Looks at the lists that are here, fetches what is due, and tells of what was revoked. Meant to
   * be called every minute.
   *
   * @throws IOException if the folder can't be read
   */
  public synchronized void look() throws IOException {
    if (all.isEmpty()) {
      return;
    }
    see();
    for (Watched one : all) {
      if (settings.on() && one.isDue(clock.instant())) {
        fetch(one);
        states = all.stream().map(each -> each.state(true)).toList();
      }
    }
    states = all.stream().map(each -> each.state(settings.on())).toList();
    if (changed) {
      authorities.superiors().keySet().forEach(this::tellOfRevoked);
      changed = false;
    }
  }

  private void see() throws IOException {
    Map<AuthorityName, Optional<Bytes>> lists = new HashMap<>();
    AuthorityFiles.withSuperiorsLists(authorities, folder).superiors().values().stream()
        .flatMap(List::stream)
        .forEach(superior -> lists.put(superior.name(), superior.list()));
    for (Watched one : all) {
      changed |=
          one.see(lists.getOrDefault(one.source().name(), Optional.empty()), clock.instant());
    }
  }

  /** Its addresses in order, until one gives what is good. */
  private void fetch(Watched one) throws IOException {
    one.begin(clock.instant());
    List<String> causes = new ArrayList<>();
    for (URI address : one.source().addresses()) {
      try {
        ask(one, address);
        see();
        if (!one.hasEnded(clock.instant())) {
          works(one);
          return;
        }
        causes.add(address + " has only a list that has ended");
      } catch (FetchFailed failed) {
        causes.add(address + " " + failed.cause());
      }
    }
    fails(one, String.join("; ", causes));
  }

  private void ask(Watched one, URI address) throws FetchFailed {
    switch (client.get(address, one.validators(address))) {
      case ListClient.Answer.Unchanged _ -> {}
      case ListClient.Answer.Content content -> {
        ListFrame frame = ListFrame.read(content.octets());
        Bytes list = frame.list();
        if (!one.here().equals(Optional.of(list))) {
          if (!frame.isSignedBy(one.source().superior().certificate())) {
            throw new FetchFailed("answers with a CRL that this superior has not signed");
          }
          take(list, address);
        }
        one.know(address, list, content.validators());
      }
    }
  }

  /** The rules are those by which a person hands one in. */
  private void take(Bytes list, URI address) throws FetchFailed {
    List<AuthorityName> taken =
        records
            .transactions()
            .<List<AuthorityName>, FetchFailed>inTransaction(
                transaction -> {
                  List<AuthorityName> names = put(list);
                  for (AuthorityName name : names) {
                    records
                        .audit()
                        .append(
                            transaction,
                            SYSTEM,
                            "superior-crl.taken",
                            Optional.empty(),
                            "superior:" + name,
                            told(list, address));
                  }
                  return names;
                });
    log.log(INFO, "a newer CRL of {0} is here, from {1}", taken, address);
  }

  private static String told(Bytes list, URI address) {
    CertificateList read = CertificateList.getInstance(list.toArray());
    return "from %s: thisUpdate %s, nextUpdate %s"
        .formatted(
            address,
            read.getThisUpdate().getDate().toInstant(),
            read.getNextUpdate() == null ? "none" : read.getNextUpdate().getDate().toInstant());
  }

  private List<AuthorityName> put(Bytes list) throws FetchFailed {
    try {
      return SuperiorLists.take(folder, list.toArray(), clock.instant());
    } catch (SuperiorLists.Refused refused) {
      throw new FetchFailed("has nothing to take in: " + refused.getMessage());
    } catch (IOException unwritable) {
      throw new FetchFailed(
          "answers, but its list can't be kept (%s)"
              .formatted(unwritable.getClass().getSimpleName()));
    }
  }

  private void works(Watched one) {
    boolean again = one.failure().isPresent();
    one.succeeded(clock.instant());
    if (again) {
      log.log(INFO, "the CRL of {0} can be fetched again", one.source().name());
    }
  }

  private void fails(Watched one, String cause) {
    boolean before = one.failure().isPresent();
    one.failed(cause, clock.instant());
    if (!before) {
      log.log(
          WARNING,
          "the CRL of {0} could not be fetched, and will be tried again: {1}",
          one.source().name(),
          cause);
    }
  }

  /** Whatever stands between an authority and its anchor. */
  private void tellOfRevoked(AuthorityName authority) {
    Optional<String> sentence = revoked(authority);
    if (sentence.isEmpty()) {
      told.remove(authority);
    } else if (!sentence.get().equals(told.get(authority))) {
      log.log(ERROR, "{0}: {1}", authority, sentence.get());
      records
          .transactions()
          .inTransaction(
              transaction -> {
                records
                    .audit()
                    .append(
                        transaction,
                        SYSTEM,
                        "authority.revoked-above",
                        Optional.empty(),
                        "authority:" + authority,
                        sentence.get());
                return authority;
              });
      told.put(authority, sentence.get());
    }
  }

  private Optional<String> revoked(AuthorityName authority) {
    for (Watched one : all) {
      ListSource source = one.source();
      if (source.authority().name().equals(authority) && one.here().isPresent()) {
        try {
          if (ListWord.of(one.here().get(), source.superior().certificate(), source.below())
              instanceof ListWord.Revoked revoked) {
            return Optional.of(
                "%s has revoked the certificate under it (%s); what %s issued is not to be believed any more."
                    .formatted(source.superior().subject(), revoked.entry(), authority));
          }
        } catch (UnreadableMaterial unreadable) {
          // The health component says that the chain doesn't hold as it is.
        }
      }
    }
    return Optional.empty();
  }
}
