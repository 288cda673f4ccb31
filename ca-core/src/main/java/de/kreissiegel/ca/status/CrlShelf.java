package de.kreissiegel.ca.status;

import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;

/**
 * Hands out the newest lists, each as a file on this node's own disk. Looks into the database once
 * a second at most, and copies what is new; the list before is handed out until the new one is
 * there as a whole. Where the database doesn't answer it goes on with what it has, also after it
 * was started anew. Safe for use by many threads.
 */
public final class CrlShelf {
  private static final System.Logger LOG = System.getLogger(CrlShelf.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Instant LONG_AGO = Instant.EPOCH;
  private static final Duration LOOK_AFTER_FAILURE = Duration.ofSeconds(10);

  private final AuthorityCatalog catalog;
  private final CrlBook book;
  private final CrlFolder folder;
  private final Clock clock;
  private final Map<String, CrlFile> newest = new ConcurrentHashMap<>();
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Instant lookAgain = LONG_AGO;
  private volatile Instant looked = LONG_AGO;

  /**
   * @param folder where this node keeps its copies; no other process writes there
   * @throws IOException if it can't be used
   */
  public CrlShelf(AuthorityCatalog catalog, CrlBook book, Path folder, Clock clock)
      throws IOException {
    this.catalog = catalog;
    this.book = book;
    this.folder = new CrlFolder(folder);
    this.clock = clock;
    this.folder
        .newest()
        .forEach(
            (label, file) -> {
              if (catalog.find(file.name().authority()).isPresent()) {
                newest.put(label, file);
              }
            });
    for (var authority : catalog.all()) {
      var crl = catalog.ceremonyCrl(authority.name());
      if (crl.isPresent()) {
        newest.put(authority.name().value(), ofCeremony(authority.name(), crl.get()));
      }
    }
  }

  /** The newest list of this name; empty if there is none, or none yet. */
  public Optional<CrlFile> current(CrlName name) {
    return current(name.label());
  }

  /** The newest list whose name has this label, {@link CrlName#label}. */
  public Optional<CrlFile> current(String label) {
    look();
    return Optional.ofNullable(newest.get(label));
  }

  /**
   * Looks for new lists. Where somebody does so twice a second, nobody who asks for a list waits
   * until it was copied.
   */
  public void refresh() {
    if (!clock.instant().isBefore(lookAgain.minus(LOOK.dividedBy(2)))) {
      lookAgain = LONG_AGO;
    }
    look();
  }

  /** All lists that are there. */
  public List<CrlFile> all() {
    look();
    return List.copyOf(newest.values());
  }

  /** What this node has on its disk, whatever the database says. */
  public List<CrlFile> kept() {
    return List.copyOf(newest.values());
  }

  /** When the database was last heard; the distant past if it never was. */
  public Instant lastHeard() {
    return looked;
  }

  /** The full lists that should be there, by configuration. */
  public List<CrlName> expected() {
    List<CrlName> names = new ArrayList<>();
    for (var authority : catalog.all()) {
      int partitions = authority.lists().partitions();
      if (isOver(authority)) {
        continue;
      }
      if (partitions == 1 || catalog.ceremonyCrl(authority.name()).isPresent()) {
        names.add(CrlName.of(authority.name()));
      } else {
        for (int i = 1; i <= partitions; i++) {
          names.add(CrlName.of(authority.name(), i));
        }
      }
    }
    return List.copyOf(names);
  }

  /** What has ended signs no list any more, unless a ceremony made its last one. */
  private boolean isOver(Authority authority) {
    return catalog.ceremonyCrl(authority.name()).isEmpty()
        && catalog
            .state(authority.name(), clock.instant())
            .filter(AuthorityState.ENDED::equals)
            .isPresent();
  }

  /** One looks; meanwhile the others take what is there, if there is anything. */
  private void look() {
    if (clock.instant().isBefore(lookAgain)) {
      return;
    }
    if (newest.isEmpty()) {
      looking.lock();
    } else if (!looking.tryLock()) {
      return;
    }
    try {
      Instant now = clock.instant();
      if (!now.isBefore(lookAgain)) {
        lookAgain = now.plus(LOOK_AFTER_FAILURE);
        takeNew();
        looked = now;
        lookAgain = now.plus(LOOK);
      }
    } catch (IOException | RuntimeException broken) {
      LOG.log(WARNING, "the last known CRLs are served: {0}", broken.getMessage());
    } finally {
      looking.unlock();
    }
  }

  private void takeNew() throws IOException {
    for (CrlLine line : book.lines()) {
      boolean ours = catalog.find(line.authority()).isPresent();
      if (ours && catalog.ceremonyCrl(line.authority()).isEmpty()) {
        for (CrlHead list : Stream.concat(line.full().stream(), line.delta().stream()).toList()) {
          CrlFile had = newest.get(list.name().label());
          // Never back: the database may have come from an old backup.
          if (had == null || had.number() < list.number()) {
            newest.put(list.name().label(), folder.take(list, out -> book.copy(list, out)));
          }
        }
      }
    }
  }

  private CrlFile ofCeremony(AuthorityName name, Bytes encoded) throws IOException {
    CertificateList list = CertificateList.getInstance(encoded.toArray());
    Instant thisUpdate = list.getThisUpdate().getDate().toInstant();
    Instant nextUpdate =
        list.getNextUpdate() == null ? thisUpdate : list.getNextUpdate().getDate().toInstant();
    var extensions = list.getTBSCertList().getExtensions();
    Extension number = extensions == null ? null : extensions.getExtension(Extension.cRLNumber);
    long value =
        number == null ? 0 : ASN1Integer.getInstance(number.getParsedValue()).longValueExact();
    var head =
        new CrlHead(
            CrlName.of(name),
            value,
            thisUpdate,
            nextUpdate,
            0,
            list.getRevokedCertificates().length,
            encoded.length(),
            encoded.sha256());
    return folder.take(
        head,
        out -> {
          out.write(encoded.toArray());
          return true;
        });
  }
}
