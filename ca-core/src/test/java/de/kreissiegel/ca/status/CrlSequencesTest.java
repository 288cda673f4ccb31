package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Any sequence of issuing, holding, releasing, revoking, expiring and making lists. */
class CrlSequencesTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final int STEPS = 60;
  private static final Duration VALIDITY = Duration.ofHours(24);

  private final StatusWorld world = new StatusWorld(DATABASE);
  private final Map<SerialNumber, Issued> model = new HashMap<>();
  private final Map<String, List<X509CRL>> full = new TreeMap<>();
  private final Map<String, X509CRL> delta = new TreeMap<>();
  private CrlSettings settings = settings(1, true);

  private record Issued(Instant notAfter, Optional<RevocationReason> reason) {}

  @RepeatedTest(4)
  void fullListsAndDeltasTellTheSame() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("sequences of lists with seed " + seed);
    Random random = new Random(seed);
    DATABASE.clear();
    for (int step = 0; step < STEPS; step++) {
      act(random);
      if (random.nextInt(3) == 0) {
        makeLists();
        checkAll("seed " + seed + " step " + step);
      }
    }
    checkNumbers("seed " + seed);
  }

  private void act(Random random) {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> {
        Instant end = world.clock.instant().plus(Duration.ofHours(1 + random.nextInt(100)));
        int partitions = settings.partitions();
        int partition = partitions == 1 ? 0 : 1 + random.nextInt(partitions);
        model.put(world.issue(partition, end), new Issued(end, Optional.empty()));
      }
      case 3, 4, 5, 6 -> change(random);
      case 7, 8 -> world.clock.pass(Duration.ofMinutes(random.nextInt(600)));
      default -> {
        if (random.nextInt(4) == 0) {
          settings = settings(1 + random.nextInt(3), true);
        }
      }
    }
  }

  private void change(Random random) {
    List<SerialNumber> alive =
        model.entrySet().stream()
            .filter(one -> one.getValue().notAfter().isAfter(world.clock.instant()))
            .map(Map.Entry::getKey)
            .sorted((a, b) -> a.value().compareTo(b.value()))
            .toList();
    if (alive.isEmpty()) {
      return;
    }
    SerialNumber serial = alive.get(random.nextInt(alive.size()));
    Issued now = model.get(serial);
    boolean held = now.reason().filter(RevocationReason.CERTIFICATE_HOLD::equals).isPresent();
    if (now.reason().isPresent() && !held) {
      return; // for good
    }
    Instant at = world.clock.instant();
    if (held && random.nextBoolean()) {
      world.setStatus(serial, new CertificateStatus.Good());
      model.put(serial, new Issued(now.notAfter(), Optional.empty()));
    } else if (!held && random.nextBoolean()) {
      world.setStatus(serial, new CertificateStatus.OnHold(at));
      model.put(serial, new Issued(now.notAfter(), Optional.of(RevocationReason.CERTIFICATE_HOLD)));
    } else {
      world.setStatus(serial, new CertificateStatus.Revoked(at, RevocationReason.SUPERSEDED));
      model.put(serial, new Issued(now.notAfter(), Optional.of(RevocationReason.SUPERSEDED)));
    }
  }

  /** Two nodes, and a second later again: a delta comes after its base. */
  private void makeLists() throws Exception {
    AuthorityCatalog catalog = world.with(settings);
    for (int second = 0; second < 2; second++) {
      world.issuer(catalog, world.crls).refresh(world.clock.instant());
      world.issuer(catalog, world.crls).refresh(world.clock.instant());
      collect(catalog);
      world.clock.pass(Duration.ofSeconds(1));
    }
  }

  private void collect(AuthorityCatalog catalog) throws Exception {
    CrlShelf shelf = new CrlShelf(catalog, world.crls, world.folder.resolve("all"), world.clock);
    for (CrlFile file : shelf.all()) {
      if (!file.name().authority().equals(TestHierarchy.PEOPLE)) {
        continue;
      }
      X509CRL list = world.read(file);
      String label = new CrlName(TestHierarchy.PEOPLE, file.name().partition(), false).label();
      if (file.name().delta()) {
        delta.put(label, list);
      } else {
        List<X509CRL> lists = full.computeIfAbsent(label, _ -> new ArrayList<>());
        if (lists.isEmpty() || number(lists.getLast()) < number(list)) {
          lists.add(list);
        }
      }
    }
    full.values()
        .forEach(
            lists ->
                lists.removeIf(
                    list -> list.getNextUpdate().before(Date.from(world.clock.instant()))));
  }

  private void checkAll(String when) throws Exception {
    Set<BigInteger> wanted = new TreeSet<>();
    model.forEach(
        (serial, issued) -> {
          if (issued.reason().isPresent() && alive(serial.value())) {
            wanted.add(serial.value());
          }
        });
    List<BigInteger> told = new ArrayList<>();
    for (var lists : full.entrySet()) {
      Map<BigInteger, X509CRLEntry> newest = null;
      for (X509CRL base : lists.getValue()) {
        Map<BigInteger, X509CRLEntry> all = combined(base, delta.get(lists.getKey()));
        assertThat(newest == null ? all.keySet() : newest.keySet())
            .as("%s: %s from each full list that holds", when, lists.getKey())
            .isEqualTo(all.keySet());
        newest = all;
      }
      if (newest != null) {
        told.addAll(newest.keySet());
        newest.forEach(
            (serial, entry) ->
                assertThat(reason(entry))
                    .as("%s: %s", when, serial.toString(16))
                    .isEqualTo(model.get(new SerialNumber(serial)).reason().orElseThrow().code()));
      }
    }
    assertThat(told).as(when).containsExactlyInAnyOrderElementsOf(wanted);
  }

  /** A full list brought up to date by a delta (RFC 5280 §5.2.4), without what has expired. */
  private Map<BigInteger, X509CRLEntry> combined(X509CRL base, @Nullable X509CRL changes)
      throws Exception {
    Map<BigInteger, X509CRLEntry> all = new TreeMap<>();
    entries(base).forEach(entry -> all.put(entry.getSerialNumber(), entry));
    if (changes != null && number(changes) > number(base)) {
      assertThat(integer(changes, "2.5.29.27")).isLessThanOrEqualTo(number(base));
      for (X509CRLEntry entry : entries(changes)) {
        all.put(entry.getSerialNumber(), entry);
        if (entry.getRevocationReason() == CRLReason.REMOVE_FROM_CRL) {
          all.remove(entry.getSerialNumber());
        }
      }
    }
    all.keySet().removeIf(serial -> !alive(serial));
    return all;
  }

  private boolean alive(BigInteger serial) {
    return model.get(new SerialNumber(serial)).notAfter().isAfter(world.clock.instant());
  }

  private void checkNumbers(String when) {
    assertThat(
            DATABASE.number(
                """
                select count(*) from (
                  select authority, crl_partition, count(*) as lists, max(number) as last
                  from crl where tail is not null group by 1, 2) line
                where lists <> last
                """))
        .as(when)
        .isZero();
  }

  private static List<X509CRLEntry> entries(X509CRL list) {
    var entries = list.getRevokedCertificates();
    return entries == null ? List.of() : List.copyOf(entries);
  }

  private static int reason(X509CRLEntry entry) {
    CRLReason reason = entry.getRevocationReason();
    return reason == null ? 0 : reason.ordinal();
  }

  private static long number(X509CRL list) throws Exception {
    return integer(list, "2.5.29.20");
  }

  private static long integer(X509CRL list, String extension) throws Exception {
    return ASN1Integer.getInstance(
            ASN1Primitive.fromByteArray(
                ASN1OctetString.getInstance(list.getExtensionValue(extension)).getOctets()))
        .longValueExact();
  }

  private static CrlSettings settings(int partitions, boolean withDelta) {
    return new CrlSettings(
        partitions,
        CrlSettings.Division.SERIAL,
        VALIDITY,
        withDelta ? Optional.of(Duration.ofHours(6)) : Optional.empty(),
        Duration.ZERO,
        false);
  }
}
