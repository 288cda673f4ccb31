package de.kreissiegel.ca.superior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.hierarchy.CalendarWarning;
import de.kreissiegel.ca.hierarchy.HierarchyCalendar;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ResourceBundle;
import java.util.concurrent.CountDownLatch;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SuperiorWatchTest {
  private static final String OWN_LIST = "/policy.crl";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  @TempDir private Path folder;
  private final MovedClock clock = new MovedClock();
  private final List<String> log = new ArrayList<>();
  private ListServer server;
  private Freistaat freistaat;
  private SuperiorWatch watch;

  @BeforeEach
  void begin() throws Exception {
    DATABASE.clear();
    server = new ListServer();
    freistaat = new Freistaat(clock.now, server.url());
    freistaat.writeTo(folder);
    server.serve("/root.crl", freistaat.rootList(clock.now.minusSeconds(60)).number(1).signed());
    watch = watch(settings(true, Map.of(), 1 << 20, Optional.empty()));
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void takesInWhatTheCertificatesTellOf() throws Exception {
    byte[] list = freistaat.policyList(clock.now.minusSeconds(60)).number(7).signed();
    server.serve(OWN_LIST, list);
    AuthorityCatalog running = AuthorityFiles.read(folder);
    watch.look();
    assertThat(file(Freistaat.POLICY)).hasBinaryContent(list);
    assertThat(file(Freistaat.ROOT)).exists();
    assertThat(folder).as("nothing half done").isDirectoryNotContaining("glob:**.new");
    assertThat(server.asked()).containsExactly(OWN_LIST, "/root.crl");
    assertThat(AuthorityFiles.withSuperiorsLists(running, folder).superiors(Freistaat.PEOPLE))
        .as("a running node sees it at once")
        .allMatch(superior -> superior.list().isPresent());
    assertThat(urgent(clock.now)).isEmpty();
    assertThat(
            DATABASE.texts(
                "select actor || ' ' || object || ' ' || detail from audit_event where action = ?",
                "superior-crl.taken"))
        .hasSize(2)
        .first()
        .asString()
        .contains("superior-crls", "superior:people-superior-1", server.url() + OWN_LIST);
    assertThat(state().failure()).isEmpty();
    assertThat(state().holdsUntil())
        .contains(clock.now.minusSeconds(60).plus(DAY.multipliedBy(30)));
    assertThat(state().sentence()).contains("Passed over: ldap://ldap.example/cn=crl");
  }

  @Test
  void takesPemToo() throws Exception {
    byte[] list = freistaat.policyList(clock.now).signed();
    String pem =
        "-----BEGIN X509 CRL-----\r\n"
            + Base64.getMimeEncoder().encodeToString(list)
            + "\r\n-----END X509 CRL-----\r\n";
    server.serve(OWN_LIST, pem.getBytes(StandardCharsets.US_ASCII));
    watch.look();
    assertThat(file(Freistaat.POLICY)).hasBinaryContent(list);
  }

  @Test
  void asksOnceADayAndIsContentWithNotModified() throws Exception {
    server.serve(OWN_LIST, freistaat.policyList(clock.now).number(7).signed());
    watch.look();
    server.asked();
    hours(19);
    assertThat(server.asked()).isEmpty();
    hours(5);
    assertThat(server.asked()).hasSize(2).allMatch(one -> one.contains(" unless \""));
    assertThat(state().failure()).isEmpty();
    assertThat(state().fetched()).isEqualTo(2);
    assertThat(taken()).isEqualTo(2);
  }

  @Test
  void knowsAListThatWasHandedInMeanwhileFromTheOneItFetched() throws Exception {
    server.serve(OWN_LIST, freistaat.policyList(clock.now).number(7).signed());
    watch.look();
    AuthorityFiles.writeSuperiorsList(
        folder, Freistaat.POLICY, Bytes.of(freistaat.policyList(clock.now).number(8).signed()));
    server.asked();
    hours(24);
    assertThat(server.asked()).contains(OWN_LIST).noneMatch(one -> one.startsWith(OWN_LIST + " u"));
    assertThat(state().failure().orElseThrow().cause()).contains("a newer CRL");
  }

  @Test
  void asksEachHourFromTheHalfOfAListOnUntilThereIsANewerOne() throws Exception {
    Instant begin = clock.now;
    server.serve(
        OWN_LIST, freistaat.policyList(begin).until(begin.plus(Duration.ofHours(20))).signed());
    watch.look();
    server.asked();
    hours(9);
    assertThat(server.asked()).isEmpty();
    hours(6);
    assertThat(server.asked()).hasSizeBetween(4, 5);
    byte[] newer = freistaat.policyList(clock.now).signed();
    server.serve(OWN_LIST, newer);
    hours(2);
    assertThat(file(Freistaat.POLICY)).hasBinaryContent(newer);
  }

  @Test
  void keepsTheNewerOneWhoeverOffersAnOlder() throws Exception {
    byte[] list = freistaat.policyList(clock.now).number(7).signed();
    server.serve(OWN_LIST, list);
    watch.look();
    server.serve(OWN_LIST, freistaat.policyList(clock.now.minusSeconds(60)).number(7).signed());
    refused("a newer CRL", list);
    server.serve(OWN_LIST, freistaat.policyList(clock.now.minusSeconds(60)).number(6).signed());
    refused("a newer CRL", list);
    byte[] lowerNumber = freistaat.policyList(clock.now).number(6).signed();
    server.serve(OWN_LIST, lowerNumber);
    refused("a newer CRL", list);
    assertThat(urgent(clock.now)).as("the one here still holds").isEmpty();
  }

  @Test
  void takesNothingThatTheSuperiorHasNotSigned() throws Exception {
    server.serve(OWN_LIST, new Freistaat(clock.now, server.url()).policyList(clock.now).signed());
    refusedAtOnce("has not signed");
    byte[] bent = freistaat.policyList(clock.now).signed();
    bent[bent.length / 2] ^= 1;
    server.serve(OWN_LIST, bent);
    refusedAtOnce("");
    server.serve(OWN_LIST, freistaat.rootList(clock.now).signed());
    refusedAtOnce("has not signed");
  }

  @Test
  void takesNoListThatDoesNotSpeakOfOurs() throws Exception {
    Instant now = clock.now;
    server.serve(OWN_LIST, freistaat.policyList(now.plus(DAY)).signed());
    refusedAtOnce("begins at");
    server.serve(
        OWN_LIST,
        freistaat
            .policyList(now)
            .number(3)
            .with(Extension.deltaCRLIndicator, true, new ASN1Integer(2))
            .signed());
    refusedAtOnce("delta CRL");
    server.serve(
        OWN_LIST, scoped(new IssuingDistributionPoint(null, true, false, null, false, false)));
    refusedAtOnce("issuingDistributionPoint");
    server.serve(
        OWN_LIST,
        scoped(
            new IssuingDistributionPoint(
                Freistaat.pointName("http://elsewhere.example/p2.crl"), false, false)));
    refusedAtOnce("issuingDistributionPoint");
    server.serve(
        OWN_LIST,
        scoped(
            new IssuingDistributionPoint(
                null, false, false, new ReasonFlags(ReasonFlags.keyCompromise), false, false)));
    refusedAtOnce("issuingDistributionPoint");
    server.serve(
        OWN_LIST, scoped(new IssuingDistributionPoint(null, false, true, null, false, false)));
    watch = watch(settings(true, Map.of(), 1 << 20, Optional.empty()));
    watch.look();
    assertThat(file(Freistaat.POLICY)).as("for authorities only, as ours is one").exists();
  }

  private byte[] scoped(IssuingDistributionPoint scope) throws Exception {
    return freistaat
        .policyList(clock.now)
        .with(Extension.issuingDistributionPoint, true, scope)
        .signed();
  }

  @Test
  void readsNoMoreThanItWasToldTo() throws Exception {
    var list = freistaat.policyList(clock.now);
    for (int i = 1; i < 1000; i++) {
      list.revoked(freistaat.policySerial().add(BigInteger.valueOf(i)), clock.now);
    }
    server.serve(OWN_LIST, list.signed());
    watch = watch(settings(true, Map.of(), 4096, Optional.empty()));
    watch.look();
    assertThat(state().failure().orElseThrow().cause()).contains("more than 4096 octets");
    assertThat(file(Freistaat.POLICY)).doesNotExist();
    server.answer(
        OWN_LIST,
        exchange -> {
          exchange.sendResponseHeaders(200, 0); // endless
          byte[] some = new byte[4096];
          for (int i = 0; i < 10_000; i++) {
            exchange.getResponseBody().write(some);
          }
        });
    refusedAtOnce("octets");
  }

  @Test
  void readsNothingIntoGarbage() throws Exception {
    for (byte[] garbage :
        new byte[][] {
          {},
          {0x30},
          {0x30, (byte) 0x84, 0x7f, -1, -1, -1},
          "<html>Wartung</html>".getBytes(StandardCharsets.UTF_8),
          "-----BEGIN X509 CRL-----\n%%%\n-----END X509 CRL-----".getBytes(StandardCharsets.UTF_8),
          nothingButElements(1 << 20)
        }) {
      server.serve(OWN_LIST, garbage);
      refusedAtOnce("no CRL in DER or PEM");
    }
    server.serve(OWN_LIST, framed(nothingButElements(1 << 19)));
    refusedAtOnce("has not signed");
    assertThat(taken()).as("the root's").isEqualTo(1);
  }

  /** Empty sequences in one: a parser makes an object of each two octets. */
  private static byte[] nothingButElements(int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i += 2) {
      octets[i] = 0x30;
    }
    return sequence(octets);
  }

  private static byte[] framed(byte[] signed) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(signed);
    all.writeBytes(new byte[] {0x30, 0x0a, 6, 8, 0x2a, -122, 0x48, -50, 0x3d, 4, 3, 3});
    all.writeBytes(new byte[] {3, 2, 0, 1});
    return sequence(all.toByteArray());
  }

  private static byte[] sequence(byte[] content) {
    int length = content.length;
    byte[] all = new byte[length + 5];
    all[0] = 0x30;
    all[1] = (byte) 0x83;
    all[2] = (byte) (length >> 16);
    all[3] = (byte) (length >> 8);
    all[4] = (byte) length;
    System.arraycopy(content, 0, all, 5, length);
    return all;
  }

  @Test
  void saysOnceThatAServerIsAwayAndOnceThatItIsBack() throws Exception {
    byte[] list = freistaat.policyList(clock.now).number(7).signed();
    server.serve(OWN_LIST, list);
    watch.look();
    server.answer(OWN_LIST, exchange -> exchange.sendResponseHeaders(503, -1));
    hours(24);
    Instant since = state().failure().orElseThrow().since();
    assertThat(state().failure().orElseThrow().cause()).contains("HTTP status 503");
    server.asked();
    hours(20);
    assertThat(state().failure().orElseThrow().since()).isEqualTo(since);
    assertThat(server.asked().stream().filter(one -> one.startsWith(OWN_LIST)))
        .as("less and less often")
        .hasSizeBetween(3, 4);
    assertThat(state().sentence())
        .contains("since " + since, "holds until", "tried again after", "superior-crl");
    assertThat(urgent(clock.now)).as("the one here still holds").isEmpty();
    assertThat(urgent(clock.now.plus(DAY.multipliedBy(30))))
        .as("as ever, once it has ended")
        .isNotEmpty();
    server.serve(OWN_LIST, list);
    hours(10);
    assertThat(state().failure()).isEmpty();
    assertThat(log.stream().filter(one -> one.contains("people-superior-1 could not be fetched")))
        .hasSize(1);
    assertThat(log.stream().filter(one -> one.contains("can be fetched again"))).hasSize(1);
  }

  @Test
  void goesOnWhereNobodyListens() throws Exception {
    server.close();
    watch.look();
    assertThat(watch.states())
        .hasSize(2)
        .allMatch(one -> one.failure().orElseThrow().cause().contains("can't be connected to"));
    assertThat(log).hasSize(2).allMatch(one -> one.startsWith("WARNING"));
  }

  @Test
  void doesNotWaitForOneThatHangs() throws Exception {
    var release = new CountDownLatch(1);
    server.answer(OWN_LIST, exchange -> hang(release));
    long begin = System.nanoTime();
    watch.look();
    assertThat(state().failure().orElseThrow().cause()).contains("no whole answer within 1 s");
    server.answer(
        OWN_LIST,
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(0x30);
          exchange.getResponseBody().flush();
          hang(release);
        });
    refusedAtOnce("no whole answer within 1 s");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    assertThat(file(Freistaat.ROOT)).as("others aren't kept waiting").exists();
    release.countDown();
  }

  private static void hang(CountDownLatch release) {
    try {
      release.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void followsARedirectToTheSameSchemeOnly() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "x");
    for (String elsewhere :
        new String[] {
          secret.toUri().toString(), "ftp://127.0.0.1/x.crl", "https://127.0.0.1/x", "mailto:x", ""
        }) {
      server.redirect(OWN_LIST, elsewhere);
      watch = watch(settings(true, Map.of(), 1 << 20, Optional.empty()));
      watch.look();
      assertThat(state().failure()).as(elsewhere).isPresent();
      assertThat(state().failure().orElseThrow().cause()).contains("redirects");
      assertThat(file(Freistaat.POLICY)).doesNotExist();
    }
    server.serve("/moved.crl", freistaat.policyList(clock.now).signed());
    server.redirect(OWN_LIST, server.url() + "/moved.crl");
    watch = watch(settings(true, Map.of(), 1 << 20, Optional.empty()));
    watch.look();
    assertThat(state().failure()).isEmpty();
    assertThat(file(Freistaat.POLICY)).exists();
  }

  @Test
  void raisesTheAlarmOnceOursIsRevoked() throws Exception {
    server.serve(OWN_LIST, freistaat.policyList(clock.now.minusSeconds(60)).number(1).signed());
    watch.look();
    assertThat(events("authority.revoked-above")).isZero();
    server.serve(
        OWN_LIST,
        freistaat
            .policyList(clock.now)
            .number(2)
            .revoked(freistaat.ownSerial(), clock.now)
            .signed());
    hours(24);
    assertThat(urgent(clock.now)).anyMatch(sentence -> sentence.contains("revoked"));
    assertThat(
            DATABASE.texts(
                "select object || ' ' || detail from audit_event where action = ?",
                "authority.revoked-above"))
        .singleElement()
        .asString()
        .contains("authority:people", "Freistaat CA", "cACompromise");
    hours(48);
    assertThat(events("authority.revoked-above")).isEqualTo(1);
  }

  @Test
  void raisesItWhereTheOneAboveIsRevokedAndTheListWasHandedIn() throws Exception {
    watch = watch(settings(false, Map.of(), 1 << 20, Optional.empty()));
    watch.look();
    AuthorityFiles.writeSuperiorsList(
        folder,
        Freistaat.ROOT,
        Bytes.of(
            freistaat.rootList(clock.now).revoked(freistaat.policySerial(), clock.now).signed()));
    watch.look();
    assertThat(events("authority.revoked-above")).isEqualTo(1);
  }

  @Test
  void asksNobodyWhereItIsOff() throws Exception {
    watch = watch(settings(false, Map.of(), 1 << 20, Optional.empty()));
    watch.look();
    hours(48);
    assertThat(server.asked()).isEmpty();
    assertThat(watch.states()).hasSize(2).allMatch(one -> one.addresses().isEmpty());
  }

  @Test
  void asksWhereTheConfigurationSaysAndTheNextIfOneFails() throws Exception {
    byte[] list = freistaat.policyList(clock.now).signed();
    server.serve("/mirror.crl", list);
    watch =
        watch(
            settings(
                true,
                Map.of(
                    Freistaat.POLICY,
                    List.of(
                        URI.create(server.url() + "/none.crl"),
                        URI.create(server.url() + "/mirror.crl"))),
                1 << 20,
                Optional.empty()));
    watch.look();
    assertThat(server.asked()).containsExactly("/none.crl", "/mirror.crl", "/root.crl");
    assertThat(file(Freistaat.POLICY)).hasBinaryContent(list);
    assertThat(state().failure()).isEmpty();
  }

  @Test
  void refusesAddressesOfNobodyAndOfOtherSchemes() {
    var of = Map.of(new AuthorityName("nobody"), List.of(URI.create("http://x.example/a.crl")));
    assertThatThrownBy(() -> watch(settings(true, of, 1 << 20, Optional.empty())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody")
        .hasMessageContaining("people-superior-1");
    for (String address : new String[] {"file:///etc/passwd", "ldap://x/y", "http:///x", "x.crl"}) {
      var wrong = Map.of(Freistaat.POLICY, List.of(URI.create(address)));
      assertThatThrownBy(() -> settings(true, wrong, 1 << 20, Optional.empty()))
          .as(address)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> settings(true, Map.of(), 17 << 20, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void goesThroughAProxy() throws Exception {
    var elsewhere = new Freistaat(clock.now, "http://superior.invalid");
    elsewhere.writeTo(folder);
    try (var proxy = new ListServer()) {
      proxy.serve(OWN_LIST, elsewhere.policyList(clock.now).signed());
      proxy.serve("/root.crl", elsewhere.rootList(clock.now).signed());
      watch =
          watch(
              settings(
                  true,
                  Map.of(),
                  1 << 20,
                  Optional.of(
                      InetSocketAddress.createUnresolved("127.0.0.1", proxy.address().getPort()))));
      watch.look();
      assertThat(proxy.asked())
          .containsExactly(
              "http://superior.invalid/policy.crl", "http://superior.invalid/root.crl");
      assertThat(state().failure()).isEmpty();
    }
  }

  @Test
  void isNotContentWithAListThatHasEnded() throws Exception {
    Instant longAgo = clock.now.minus(DAY.multipliedBy(40));
    server.serve(OWN_LIST, freistaat.policyList(longAgo).signed());
    watch.look();
    assertThat(state().failure().orElseThrow().cause()).contains("only a list that has ended");
    assertThat(urgent(clock.now)).isNotEmpty();
  }

  private void refused(String cause, byte[] still) throws Exception {
    hours(24);
    assertThat(state().failure().orElseThrow().cause()).contains(cause);
    assertThat(file(Freistaat.POLICY)).hasBinaryContent(still);
  }

  private void refusedAtOnce(String cause) throws Exception {
    watch = watch(settings(true, Map.of(), 1 << 21, Optional.empty()));
    watch.look();
    assertThat(state().failure().orElseThrow().cause()).contains(cause);
    assertThat(file(Freistaat.POLICY)).doesNotExist();
  }

  /** Looks as the job does, though less often. */
  private void hours(int hours) throws Exception {
    for (int i = 0; i < hours * 12; i++) {
      clock.now = clock.now.plus(Duration.ofMinutes(5));
      watch.look();
    }
  }

  private SuperiorWatch watch(FetchSettings settings) throws Exception {
    return new SuperiorWatch(
        AuthorityFiles.read(folder),
        folder,
        settings,
        new SuperiorWatch.Records(
            DATABASE.database(), new JdbcAuditTrail("watch", clock, new SecureRandom())),
        clock,
        new Random(1),
        new Listener(log));
  }

  private static FetchSettings settings(
      boolean on,
      Map<AuthorityName, List<URI>> addresses,
      long largest,
      Optional<InetSocketAddress> proxy) {
    return new FetchSettings(on, addresses, largest, PATIENCE, PATIENCE, proxy);
  }

  private SuperiorState state() {
    return watch.states().stream()
        .filter(one -> one.name().equals(Freistaat.POLICY))
        .findFirst()
        .orElseThrow();
  }

  private List<String> urgent(Instant at) throws Exception {
    return HierarchyCalendar.of(AuthorityFiles.read(folder), List.of(), at, Period.ofYears(1))
        .warnings()
        .stream()
        .filter(CalendarWarning::urgent)
        .map(one -> one.sentence(Locale.ENGLISH))
        .filter(sentence -> sentence.contains("external superior"))
        .toList();
  }

  private Path file(AuthorityName superior) {
    return folder.resolve(superior + ".crl");
  }

  private static long taken() {
    return events("superior-crl.taken");
  }

  private static long events(String action) {
    return DATABASE.number("select count(*) from audit_event where action = ?", action);
  }

  private static final class Listener implements System.Logger {
    private final List<String> log;

    private Listener(List<String> log) {
      this.log = log;
    }

    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle words, String message, Throwable thrown) {
      log.add(level + " " + message);
    }

    @Override
    public void log(Level level, ResourceBundle words, String format, Object... with) {
      log.add(level + " " + MessageFormat.format(format, with));
    }
  }

  private static final class MovedClock extends Clock {
    private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
