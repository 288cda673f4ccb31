package de.kreissiegel.ca.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.campaign.Campaign.State;
import de.kreissiegel.ca.campaign.Preview.Warning;
import de.kreissiegel.ca.disclosure.PersonReport.Section;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.letter.Correspondence;
import de.kreissiegel.ca.letter.Letter;
import de.kreissiegel.ca.letter.LetterKind;
import de.kreissiegel.ca.letter.LetterSettings;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Predecessor;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.RevocationReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns, from the goal to the last renewal. */
class CampaignTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** It begins when it is run: a holiday would have some wait a day longer than they say. */
  private static final BusinessHours HOURS =
      new BusinessHours(
          LocalTime.of(8, 0),
          LocalTime.of(16, 0),
          BERLIN,
          day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0);

  private static final Set<Standing> ALL = EnumSet.allOf(Standing.class);

  private final SecureRandom random = new SecureRandom();
  private final Map<SubjectId, Actor.Person> people = new ConcurrentHashMap<>();
  private final List<Letter> delivered = new ArrayList<>();
  private final Subject bea =
      House.person("Bea Village", House.VILLAGE, "bea.village@gemeinde-b.example");

  @TempDir Path folder;
  private House house;
  private Books books;
  private CampaignDesk desk;
  private CampaignWorker worker;
  private Correspondence correspondence;
  private Actor.Person officer;
  private Actor.Person lead;
  private Instant issuedBy;

  /** Some certificates of ours are there for some days; it is Monday, ten o'clock. */
  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE, null, House.withoutOfficers(folder), new MovableClock());
    house.directory.put(bea);
    officer = House.officer(house.otto, House.TOWN);
    lead =
        new Actor.Person(
            house.olga.id(),
            "Olga Officer",
            "olga.officer",
            Set.of(House.TOWN),
            Set.of(),
            Set.of(House.TOWN, House.VILLAGE),
            Set.of(),
            Proof.CERTIFICATE);
    people.put(officer.id(), officer.provenBy(Proof.PASSWORD)); // as the directory knows people
    people.put(lead.id(), lead.provenBy(Proof.PASSWORD));
    books = Books.of(DATABASE.source(), "test", house.clock, random);
    correspondence =
        new Correspondence(
            books.ofCorrespondence(),
            house.directory,
            house.profiles,
            new LetterSettings(
                List.of(45, 14, 3),
                BERLIN,
                "betrieb@kreis.example",
                Duration.ofDays(3),
                Duration.ofDays(90)),
            delivered::add,
            house.clock,
            random);
    correspondence.open();
    issuedBy = house.clock.instant();
    ZonedDateTime begin =
        issuedBy
            .atZone(BERLIN)
            .plusDays(2)
            .with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY))
            .with(LocalTime.of(10, 0));
    house.approved(house.anna, House.VPN);
    house.clock.pass(Duration.between(house.clock.instant(), begin.toInstant()));
    desk = new CampaignDesk(books.ofCampaigns(), around(house.profiles), house.clock, random);
    worker = worker(books);
    correspondence.address(); // what was told before isn't looked at
    correspondence.send();
    delivered.clear();
  }

  private CampaignDesk.Surroundings around(ProfileCatalog profiles) {
    return new CampaignDesk.Surroundings(house.directory, profiles, house.authorities, HOURS);
  }

  private CampaignWorker worker(Books of) {
    return new CampaignWorker(of.ofCampaigns(), around(house.profiles), new Roles(), house.clock);
  }

  @Test
  void showsBeforehandWhomItWouldReachAndWhen() throws Exception {
    house.approved(house.olga, House.VPN); // ends later: not of the goal
    Campaign campaign = desk.make(officer, goal(House.TOWN), terms(5, 30));

    Preview preview = desk.preview(officer, campaign.id());

    assertThat(preview.parts()).containsExactly(new Preview.Part(House.TOWN, House.VPN, 1, 0, 0));
    assertThat(preview.addressees()).isEqualTo(new Preview.Addressees(1, 1, 0, false));
    assertThat(preview.load()).isEqualTo(Map.of(desk.today(), 1));
    assertThat(preview.mayBegin()).isTrue();
    assertThat(DATABASE.number("select count(*) from campaign_item")).isZero();
    tick();
    assertThat(delivered).isEmpty();
  }

  @Test
  void countsWhoIsThereAlreadyAndToWhomNobodyCanWrite() throws Exception {
    Subject silent = House.person("Silva Still", House.TOWN, null);
    house.directory.put(silent);
    earlier(silent);
    renew(house.anna);
    Campaign campaign = desk.make(officer, goal(House.TOWN), terms(5, 30));

    Preview preview = desk.preview(officer, campaign.id());

    assertThat(preview.total()).isEqualTo(2);
    assertThat(preview.done()).isOne();
    assertThat(preview.addressees().nobody()).isOne();
    assertThat(preview.load()).isEmpty();
    house.directory.down = true;
    assertThat(desk.preview(officer, campaign.id()).addressees().unavailable()).isTrue();
    house.directory.down = false;
    begun(campaign);
    tick();
    assertThat(items(campaign))
        .extracting(CampaignItem::standing)
        .containsExactly(Standing.UNREACHABLE);

    // The directory learns an address.
    house.directory.put(mailed(silent));
    house.clock.pass(Duration.ofDays(1));
    tick();
    assertThat(delivered).extracting(Letter::address).containsExactly("silva@stadt-a.example");
  }

  private static Subject mailed(Subject one) {
    return new Subject(
        one.id(),
        one.kind(),
        one.home(),
        one.tenants(),
        one.commonName(),
        one.title(),
        one.givenName(),
        one.surname(),
        Optional.of("silva@stadt-a.example"),
        one.dnsName(),
        one.login(),
        true,
        one.directoryName(),
        one.responsible());
  }

  @Test
  void saysWhereMachinesAskAndWritesToNobodyThere() throws Exception {
    Path sheet = folder.resolve("vpn-client.yaml");
    Files.writeString(
        sheet,
        Files.readString(sheet)
            .replace("offered: true", "offered: false")
            .replace("fields:", "")
            .replace("  validity: [applicant, officer]", ""));
    var profiles = ProfileCatalog.load(folder);
    desk = new CampaignDesk(books.ofCampaigns(), around(profiles), house.clock, random);
    Campaign campaign = desk.make(officer, goal(House.TOWN), terms(5, 30));

    assertThat(desk.preview(officer, campaign.id()).machine()).isOne();
    begun(campaign);
    new CampaignWorker(books.ofCampaigns(), around(profiles), new Roles(), house.clock).work();

    assertThat(desk.progress(officer, campaign.id()).byStanding())
        .containsEntry(Standing.MACHINE, 1L);
    assertThat(DATABASE.number("select count(*) from letter_cue where kind = 'CAMPAIGN'")).isZero();
  }

  @Test
  void writesAtItsPaceOnWorkdaysOnly() throws Exception {
    town(20);
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(8, 30)));

    for (int minute = 0; minute < 24 * 60; minute += 5) {
      tick();
      house.clock.pass(Duration.ofMinutes(5));
    }
    assertThat(delivered).hasSizeBetween(8, 9); // from ten to four, and from eight to ten
    int monday = delivered.size();
    house.clock.pass(Duration.ofDays(4)); // Saturday
    tick();
    assertThat(delivered).hasSize(monday);
    house.clock.pass(Duration.ofDays(2));
    for (int minute = 0; minute < 12 * 60; minute += 5) {
      tick();
      house.clock.pass(Duration.ofMinutes(5));
    }
    assertThat(delivered).hasSize(monday + 8);
    assertThat(desk.progress(officer, campaign.id()).letters().first()).isEqualTo(monday + 8L);
  }

  @Test
  void tellsWhatToDoByWhenInItsOwnWords() throws Exception {
    begun(desk.make(officer, goal(House.TOWN), terms(8, 30)));
    tick();

    assertThat(delivered)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.kind()).isEqualTo(LetterKind.CAMPAIGN);
              assertThat(letter.address()).isEqualTo("anna.amsel@stadt-a.example");
              assertThat(letter.said())
                  .containsEntry("profiles", "vpn-client")
                  .containsEntry("due", desk.today().plusDays(30).toString())
                  .containsEntry("text-de", "Rückfragen: 4711.\nDanke!")
                  .containsEntry("text-en", "Questions: 4711.")
                  .containsKey("certificate");
            });
  }

  @Test
  void tellsProgressFromCertificatesAndNotFromClicks() throws Exception {
    List<Subject> all = town(5);
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(1000, 30)));
    everybodyIsWrittenTo(6);
    CertificateRequest waiting =
        house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
    renew(all.get(0));
    status(
        all.get(1),
        new CertificateStatus.Revoked(house.clock.instant(), RevocationReason.SUPERSEDED));
    status(all.get(2), new CertificateStatus.OnHold(house.clock.instant()));

    assertThat(desk.progress(officer, campaign.id()).byStanding())
        .containsEntry(Standing.APPLIED, 1L)
        .containsEntry(Standing.RENEWED, 1L)
        .containsEntry(Standing.REVOKED, 1L)
        .containsEntry(Standing.ON_HOLD, 1L)
        .containsEntry(Standing.WRITTEN, 2L);
    assertThat(desk.progress(officer, campaign.id()).left()).isEqualTo(4);

    house.approve(officer, waiting.id());
    Progress progress = desk.progress(officer, campaign.id());
    assertThat(progress.renewed()).isEqualTo(2);
    assertThat(progress.renewals()).isEqualTo(Map.of(desk.today(), 2L));
    assertThat(progress.expectedEnd(desk.today(), desk.today())).contains(desk.today().plusDays(2));
    assertThat(desk.items(officer, campaign.id(), EnumSet.of(Standing.ON_HOLD), 0, 10)).hasSize(1);
    assertThat(events("person.read")).hasSize(1);
  }

  /** A second certificate like the first one is no renewal. */
  @Test
  void countsNoSuccessorThatTheGoalIsAboutAsWell() throws Exception {
    StoredCertificate old = certificate(house.anna);
    var farther =
        new Goal(
            Set.of(House.TOWN),
            Optional.of(House.VPN),
            Optional.of(old.authority()),
            Optional.of("EC P-384"),
            Optional.empty());
    assertThat(desk.preview(officer, desk.make(officer, farther, terms(5, 30)).id()).total())
        .isZero();
    var sameKind =
        new Goal(
            Set.of(House.TOWN),
            Optional.of(House.VPN),
            Optional.empty(),
            Optional.of("EC P-256"),
            Optional.empty());
    Campaign campaign = begun(desk.make(officer, sameKind, terms(5, 30)));
    renew(house.anna);

    assertThat(desk.progress(officer, campaign.id()).renewed()).isZero();
    assertThat(desk.facets(officer))
        .containsExactly(new Facet(House.VPN, old.authority(), "EC P-256", 2));
  }

  @Test
  void movesEverybodyToTheNewAuthority() throws Exception {
    var first = new AuthorityName("devices");
    var goal =
        new Goal(
            Set.of(House.TOWN),
            Optional.empty(),
            Optional.of(first),
            Optional.empty(),
            Optional.empty());
    Campaign campaign = desk.make(officer, goal, terms(5, 30));
    assertThat(desk.preview(officer, campaign.id()).warnings()).containsExactly(Warning.HOPELESS);
    refuses(RefusalReason.WRONG_STATE, () -> desk.begin(officer, campaign.id()));

    house.rollOver(first, house.clock.instant().minusSeconds(60), folder.resolve("second"));
    desk = new CampaignDesk(books.ofCampaigns(), around(house.profiles), house.clock, random);
    worker = worker(books);
    begun(campaign);
    tick();
    assertThat(delivered).extracting(Letter::kind).containsExactly(LetterKind.CAMPAIGN);
    CertificateRequest request =
        house.desk.submit(
            House.staff(house.anna),
            House.application(house.anna, House.VPN).renewing(predecessor(house.anna)));
    tick();
    assertThat(view(campaign).state()).isEqualTo(State.RUNNING);
    house.approve(officer, request.id());
    delivered.clear();
    tick();

    assertThat(certificate(house.anna).authority()).isEqualTo(new AuthorityName("devices-2"));
    assertThat(view(campaign).state()).isEqualTo(State.DONE);
    assertThat(events("campaign.done")).hasSize(1);
    assertThat(delivered)
        .filteredOn(one -> one.kind() == LetterKind.CAMPAIGN_DONE)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.address()).isEqualTo("otto.officer@stadt-a.example");
              assertThat(letter.said()).containsEntry("title", "Alle auf die neue");
            });
    tick();
    assertThat(events("campaign.done")).hasSize(1);
  }

  @Test
  void remindsAtHalfTimeAndNearTheEndWhoHasDoneNothing() throws Exception {
    List<Subject> all = town(2);
    begun(desk.make(officer, goal(House.TOWN), terms(1000, 28)));
    everybodyIsWrittenTo(3);
    delivered.clear();
    house.clock.pass(Duration.ofDays(7));
    tick();
    assertThat(delivered).isEmpty();
    house.desk.submit(House.staff(all.get(0)), House.application(all.get(0), House.VPN));
    renew(all.get(1));
    tick();
    delivered.clear();

    house.clock.pass(Duration.ofDays(8)); // a Tuesday in the second half
    tick();
    tick();
    assertThat(delivered)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.kind()).isEqualTo(LetterKind.CAMPAIGN_REMINDER);
              assertThat(letter.address()).isEqualTo("anna.amsel@stadt-a.example");
            });
    house.clock.pass(Duration.ofDays(7)); // three weeks and a day: the last week
    tick();
    tick();
    assertThat(delivered).hasSize(2);
    assertThat(delivered).extracting(Letter::key).doesNotHaveDuplicates();
  }

  @Test
  void remindsAnewWhereItsDayIsPutOff() throws Exception {
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(1000, 28)));
    everybodyIsWrittenTo(1);
    house.clock.pass(Duration.ofDays(22)); // the last week: the second reminder, and no first one
    tick();
    assertThat(items(campaign))
        .extracting(one -> one.standing() + " " + one.letters().reminders())
        .containsExactly("REMINDED 1");

    desk.pause(officer, campaign.id());
    desk.amend(officer, campaign.id(), terms(1000, 34)); // of 56 days 22 are over
    desk.goOn(officer, campaign.id());
    delivered.clear();
    house.clock.pass(Duration.ofMinutes(10));
    tick();
    assertThat(delivered).isEmpty();
    assertThat(items(campaign)).extracting(CampaignItem::standing).containsOnly(Standing.REMINDED);

    house.clock.pass(Duration.ofDays(7)); // in the second half
    tick();
    tick();
    assertThat(delivered).hasSize(1);
    house.clock.pass(Duration.ofDays(21)); // in the last week
    tick();
    tick();
    assertThat(delivered)
        .hasSize(2)
        .allMatch(one -> one.kind() == LetterKind.CAMPAIGN_REMINDER)
        .extracting(Letter::key)
        .doesNotHaveDuplicates();
    assertThat(items(campaign)).extracting(one -> one.letters().reminders()).containsExactly(3);
  }

  @Test
  void saysWhenItsDayHasPassedWithSomeLeftAndWritesOn() throws Exception {
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(5, 6)));
    tick();
    house.clock.pass(Duration.ofDays(7));
    delivered.clear();
    tick();
    tick();

    assertThat(delivered)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.kind()).isEqualTo(LetterKind.CAMPAIGN_OVERDUE);
              assertThat(letter.said()).containsEntry("left", "1");
            });
    assertThat(desk.overdue(officer)).extracting(Campaign::id).containsExactly(campaign.id());
    assertThat(view(campaign).state()).isEqualTo(State.RUNNING);
    assertThat(events("campaign.overdue")).hasSize(1);

    desk.pause(officer, campaign.id());
    desk.amend(officer, campaign.id(), terms(5, 30));
    assertThat(desk.overdue(officer)).isEmpty();
    renew(house.anna);
    tick();
    assertThat(view(campaign).state()).isEqualTo(State.DONE);
  }

  @Test
  void pausesGoesOnAndIsEndedForGood() throws Exception {
    town(3);
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(1000, 30)));
    refuses(RefusalReason.WRONG_STATE, () -> desk.amend(officer, campaign.id(), terms(9, 9)));
    desk.pause(officer, campaign.id());
    house.clock.pass(Duration.ofMinutes(10));
    tick();
    assertThat(delivered).isEmpty();

    desk.goOn(officer, campaign.id());
    worker.work();
    correspondence.address(); // a letter waits
    desk.end(officer, campaign.id());
    house.clock.pass(Duration.ofMinutes(10));
    tick();

    assertThat(delivered).isEmpty();
    assertThat(DATABASE.texts("select state from letter where kind = 'CAMPAIGN'"))
        .containsOnly("dropped");
    refuses(RefusalReason.WRONG_STATE, () -> desk.goOn(officer, campaign.id()));
    refuses(RefusalReason.WRONG_STATE, () -> desk.end(officer, campaign.id()));
    refuses(RefusalReason.WRONG_STATE, () -> desk.lookAgain(officer, campaign.id()));
    assertThat(events("campaign"))
        .extracting(AuditEvent::action)
        .contains(
            "campaign.made",
            "campaign.begun",
            "campaign.paused",
            "campaign.resumed",
            "campaign.ended");
  }

  @Test
  void sendsNoLetterToWhoRenewedWhileItWaited() throws Exception {
    begun(desk.make(officer, goal(House.TOWN), terms(5, 30)));
    worker.work();
    correspondence.address();
    renew(house.anna);
    tick();

    assertThat(delivered).noneMatch(one -> one.kind() == LetterKind.CAMPAIGN);
    assertThat(DATABASE.texts("select state from letter where kind = 'CAMPAIGN'"))
        .containsExactly("dropped");
  }

  @Test
  void addsNothingSilentlyButWhenItLooksAgain() throws Exception {
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(5, 30)));
    earlier(mailedPerson(77));
    tick();
    assertThat(items(campaign)).hasSize(1);

    assertThat(desk.lookAgain(officer, campaign.id())).isOne();
    assertThat(desk.lookAgain(officer, campaign.id())).isZero();
    assertThat(items(campaign)).extracting(CampaignItem::number).containsExactly(1, 2);
  }

  /** Else the same person would be asked about both. */
  @Test
  void hasALaterOldOneTakeThePlaceOfTheFormer() throws Exception {
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(1000, 30)));
    tick();
    assertThat(delivered).hasSize(1);
    CampaignItem former = items(campaign).getFirst();
    laterOldOne(house.anna, former);

    assertThat(desk.lookAgain(officer, campaign.id())).isZero();

    assertThat(items(campaign))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.number()).isEqualTo(former.number());
              assertThat(one.serial()).isNotEqualTo(former.serial());
              assertThat(one.standing()).isEqualTo(Standing.WRITTEN);
            });
    assertThat(events("campaign.looked"))
        .extracting(AuditEvent::detail)
        .containsExactly("added=0 replaced=1");
    renew(house.anna);
    assertThat(items(campaign)).extracting(CampaignItem::standing).containsOnly(Standing.RENEWED);
    desk.lookAgain(officer, campaign.id());
    assertThat(items(campaign)).hasSize(1);
  }

  @Test
  void countsWhoHasRenewedOnceMoreWhereTheyGotAnOldOneAgain() throws Exception {
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(1000, 30)));
    CampaignItem former = items(campaign).getFirst();
    renew(house.anna);
    house.clock.pass(Duration.ofHours(1));
    laterOldOne(house.anna, former);

    assertThat(desk.lookAgain(officer, campaign.id())).isOne();

    assertThat(items(campaign))
        .extracting(CampaignItem::standing)
        .containsExactly(Standing.RENEWED, Standing.WAITING);
  }

  @Test
  void writesEachLetterOnceAndNoMoreThanItsShareOnTwoNodes() throws Exception {
    town(12);
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(48, 30)));
    house.clock.pass(Duration.ofMinutes(70)); // eight may have gone out
    var nodes =
        IntStream.range(0, 4)
            .mapToObj(
                number ->
                    worker(
                        Books.of(
                            DATABASE.source(), "node-" + number, house.clock, new SecureRandom())))
            .toList();
    var begin = new CountDownLatch(1);
    List<Thread> threads =
        nodes.stream()
            .map(
                node ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              try {
                                begin.await();
                                node.work();
                                node.work();
                              } catch (InterruptedException stopped) {
                                Thread.currentThread().interrupt();
                              }
                            }))
            .toList();
    begin.countDown();
    for (Thread one : threads) {
      one.join();
    }
    tick();

    assertThat(desk.progress(officer, campaign.id()).letters().first()).isEqualTo(8);
    assertThat(delivered).hasSize(8);
    assertThat(delivered).extracting(Letter::address).doesNotHaveDuplicates();
  }

  @Test
  void losesAndDoublesNoLetterInACrash() throws Exception {
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(5, 30)));
    CampaignDesk.Records whole = books.ofCampaigns();
    var turns = new AtomicInteger();
    var crashing =
        new CampaignDesk.Records(
            whole.campaigns(),
            whole.letters(),
            new Transactions() {
              @Override
              public <T extends @Nullable Object, X extends Exception> T inTransaction(
                  Work<T, X> work) throws X {
                return whole
                    .transactions()
                    .<T, X>inTransaction(
                        transaction -> {
                          T done = work.in(transaction);
                          if (turns.incrementAndGet() == 1) {
                            return done; // which only looked how many may be written
                          }
                          throw new IllegalStateException("the process ends before the commit");
                        });
              }
            },
            whole.audit(),
            whole.reads());
    var dying = new CampaignWorker(crashing, around(house.profiles), new Roles(), house.clock);
    dying.work();
    assertThat(turns).hasValue(2);
    assertThat(desk.progress(officer, campaign.id()).letters().first()).isZero();
    tick();
    tick();

    assertThat(delivered).hasSize(1);
    assertThat(desk.progress(officer, campaign.id()).letters().first()).isOne();
  }

  @Test
  void pausesWhereWhoLetItGoOnHoldsTheOfficeNoMore() throws Exception {
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(5, 30)));
    people.put(officer.id(), House.staff(house.otto));
    tick();

    assertThat(view(campaign).state()).isEqualTo(State.PAUSED);
    assertThat(delivered).isEmpty();
    assertThat(events("campaign.paused"))
        .singleElement()
        .satisfies(event -> assertThat(event.actor()).isEqualTo("system:campaign"));
    desk.goOn(lead, campaign.id());
    tick();
    assertThat(delivered).hasSize(1);
  }

  @Test
  void waitsForTheDirectory() throws Exception {
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(5, 30)));
    house.directory.down = true;
    tick();
    assertThat(items(campaign))
        .extracting(CampaignItem::standing)
        .containsExactly(Standing.WAITING);
    house.directory.down = false;
    tick();
    assertThat(delivered).hasSize(1);
  }

  @Test
  void isForOfficersOfAllItsTenants() throws Exception {
    Actor.Person beas = House.officer(bea, House.VILLAGE);
    Campaign towns = desk.make(officer, goal(House.TOWN), terms(5, 30));
    for (Actor.Person nobody :
        List.of(
            House.staff(house.anna),
            House.staff(house.anna).helping(Set.of(House.TOWN)),
            House.staff(house.anna).standingInFor(Set.of(House.TOWN)),
            officer.provenBy(Proof.PASSWORD),
            officer.provenBy(Proof.EMERGENCY))) {
      refuses(
          RefusalReason.NOT_AUTHORIZED, () -> desk.make(nobody, goal(House.TOWN), terms(5, 30)));
      refuses(RefusalReason.NOT_FOUND, () -> desk.view(nobody, towns.id()));
      assertThat(desk.all(nobody)).isEmpty();
      assertThat(desk.facets(nobody)).isEmpty();
    }
    for (ThrowingCallable what :
        List.<ThrowingCallable>of(
            () -> desk.view(beas, towns.id()),
            () -> desk.preview(beas, towns.id()),
            () -> desk.progress(beas, towns.id()),
            () -> desk.items(beas, towns.id(), ALL, 0, 10),
            () -> desk.begin(beas, towns.id()),
            () -> desk.amend(beas, towns.id(), terms(6, 30)),
            () -> desk.end(beas, towns.id()),
            () -> desk.make(officer, goal(House.TOWN, House.VILLAGE), terms(5, 30)),
            () -> desk.make(officer, goal(), terms(5, 30)))) {
      refuses(RefusalReason.NOT_FOUND, what);
    }
    assertThat(desk.all(beas)).isEmpty();
  }

  @Test
  void showsEachTenantItsOwnPartOfALeadsCampaign() throws Exception {
    CertificateRequest request =
        house.desk.submit(House.staff(bea), House.application(bea, House.VPN));
    house.approve(House.officer(house.otto, House.VILLAGE), request.id());
    DATABASE.execute("update certificate set not_after = not_after - interval '9 days'");
    Campaign campaign = desk.make(lead, goal(House.TOWN, House.VILLAGE), terms(1000, 30));
    desk.begin(lead, campaign.id());

    assertThat(desk.progress(lead, campaign.id()).total()).isEqualTo(2);
    assertThat(desk.progress(officer, campaign.id()).parts())
        .extracting(Progress.Part::tenant)
        .containsExactly(House.TOWN);
    assertThat(desk.items(officer, campaign.id(), ALL, 0, 10))
        .extracting(CampaignItem::tenant)
        .containsExactly(House.TOWN);
    refuses(RefusalReason.NOT_FOUND, () -> desk.preview(officer, campaign.id()));
    for (ThrowingCallable what :
        List.<ThrowingCallable>of(
            () -> desk.pause(officer, campaign.id()),
            () -> desk.end(officer, campaign.id()),
            () -> desk.lookAgain(officer, campaign.id()),
            () -> desk.amend(officer, campaign.id(), terms(5, 30)))) {
      refuses(RefusalReason.NOT_AUTHORIZED, what);
    }
    assertThat(view(campaign).state()).isEqualTo(State.RUNNING);
    assertThat(
            books
                .auditEvents()
                .search(
                    Set.of(House.VILLAGE),
                    new AuditQuery("campaign.begun", Optional.empty(), Optional.empty(), 0, 50)))
        .hasSize(1);
  }

  @Test
  void takesNothingThatIsUnsound() {
    LocalDate today = desk.today();
    Goal any =
        new Goal(
            Set.of(House.TOWN),
            Optional.of(House.VPN),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Goal sound = goal(House.TOWN);

    assertThat(desk.faults(any, terms(5, 30))).containsExactly(Fault.GOAL);
    assertThat(desk.faults(sound, new Terms(" ", today.minusDays(1), 0, "x".repeat(1501), "")))
        .containsExactly(Fault.TITLE, Fault.DAY, Fault.PACE, Fault.TEXT);
    assertThat(desk.faults(sound, new Terms("x", today.plusYears(6), 1001, "\u001b[0m", "")))
        .containsExactly(Fault.DAY, Fault.PACE, Fault.TEXT);
    assertThat(desk.faults(sound, new Terms("x".repeat(101), today, 1, "a\r\nb", "")))
        .containsExactly(Fault.TITLE);
    refuses(RefusalReason.BAD_DATA_FORMAT, () -> desk.make(officer, any, terms(5, 30)));
    refuses(RefusalReason.BAD_DATA_FORMAT, () -> desk.make(officer, sound, terms(0, 30)));
    assertThat(DATABASE.number("select count(*) from campaign")).isZero();
  }

  @Test
  void warnsWhereThePaceCannotMeetTheDay() throws Exception {
    town(40);
    Campaign slow = desk.make(officer, goal(House.TOWN), terms(2, 14));

    Preview preview = desk.preview(officer, slow.id());

    assertThat(preview.warnings()).containsExactly(Warning.TOO_SLOW);
    assertThat(preview.lastDay().orElseThrow()).isAfter(slow.terms().due());
    assertThat(preview.needed()).isEqualTo(4);
    assertThat(preview.mayBegin()).isTrue();
    desk.amend(officer, slow.id(), terms(preview.needed(), 14));
    assertThat(desk.preview(officer, slow.id()).warnings()).containsExactly(Warning.TIGHT);
  }

  @Test
  void beginsNothingWhereNoLettersAreSentOrNothingIsToDo() throws Exception {
    Campaign campaign = desk.make(officer, goal(House.TOWN), terms(5, 30));
    books.letters().open(false);
    assertThat(desk.preview(officer, campaign.id()).warnings()).containsExactly(Warning.NO_MAIL);
    refuses(RefusalReason.WRONG_STATE, () -> desk.begin(officer, campaign.id()));
    books.letters().open(true);

    renew(house.anna);
    assertThat(desk.preview(officer, campaign.id()).warnings()).containsExactly(Warning.NOTHING);
    refuses(RefusalReason.WRONG_STATE, () -> desk.begin(officer, campaign.id()));
    house.clock.pass(Duration.ofDays(31));
    assertThat(desk.preview(officer, campaign.id()).warnings()).contains(Warning.DAY_PASSED);
  }

  @Test
  void standsInTheReportOfWhomItConcerns() throws Exception {
    begun(desk.make(officer, goal(House.TOWN), terms(5, 30)));

    for (Subject one : List.of(house.anna, house.otto)) {
      assertThat(books.disclosure().about(one.id()).sections().get(Section.CAMPAIGNS))
          .singleElement()
          .satisfies(line -> assertThat(line).containsEntry("campaign", "Alle auf die neue"));
    }
    assertThat(books.disclosure().about(bea.id()).sections().get(Section.CAMPAIGNS)).isEmpty();
  }

  @Test
  void forgetsWhatIsLongOver() throws Exception {
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(5, 30)));
    house.clock.pass(Duration.ofDays(401));
    worker.forget();
    assertThat(DATABASE.number("select count(*) from campaign")).isOne();
    desk.end(officer, campaign.id());
    house.clock.pass(Duration.ofDays(401));
    worker.forget();

    assertThat(DATABASE.number("select count(*) from campaign_item")).isZero();
  }

  @Test
  void showsWhichLettersDidNotArrive() throws Exception {
    Campaign campaign = begun(desk.make(officer, goal(House.TOWN), terms(5, 30)));
    tick();
    correspondence.bounced(delivered.getFirst().token(), "no such user");

    assertThat(desk.progress(officer, campaign.id()).letters().troubled()).isOne();
    assertThat(items(campaign).getFirst().letters().troubled()).isTrue();
  }

  /** What ends before those that are issued from now on. */
  private Goal goal(TenantId... tenants) {
    return new Goal(
        Set.of(tenants),
        Optional.of(House.VPN),
        Optional.empty(),
        Optional.empty(),
        Optional.of(issuedBy.plus(Duration.ofDays(366))));
  }

  private Terms terms(int perDay, int days) {
    return new Terms(
        "Alle auf die neue",
        desk.today().plusDays(days),
        perDay,
        "Rückfragen: 4711.\r\nDanke!",
        "Questions: 4711.");
  }

  private Campaign begun(Campaign campaign) throws Refused {
    return desk.begin(officer, campaign.id());
  }

  private Campaign view(Campaign campaign) throws Refused {
    return desk.view(officer, campaign.id());
  }

  private List<CampaignItem> items(Campaign campaign) throws Refused {
    return desk.items(officer, campaign.id(), ALL, 0, 100);
  }

  private void tick() {
    worker.work();
    correspondence.address();
    correspondence.send();
    delivered.removeIf(one -> one.kind() == LetterKind.READY || one.kind() == LetterKind.WAITING);
  }

  private void everybodyIsWrittenTo(int count) {
    for (int minute = 0; minute < 120 && delivered.size() < count; minute++) {
      tick();
      house.clock.pass(Duration.ofMinutes(1));
    }
    assertThat(delivered).hasSize(count);
  }

  private List<Subject> town(int count) throws Exception {
    var all = new ArrayList<Subject>();
    for (int i = 0; i < count; i++) {
      Subject one = mailedPerson(i);
      earlier(one);
      all.add(one);
    }
    return all;
  }

  private Subject mailedPerson(int number) {
    Subject one = House.person("Person N" + number, House.TOWN, "p" + number + "@stadt-a.example");
    house.directory.put(one);
    return one;
  }

  /** Has a certificate as if it had been issued with the first ones. */
  private void earlier(Subject subject) throws Exception {
    StoredCertificate one = house.certificateOf(house.approved(subject, House.VPN));
    DATABASE.execute(
        "update certificate set not_before = not_before - interval '9 days',"
            + " not_after = not_after - interval '9 days' where serial = '%s'"
                .formatted(one.serial().toHex()));
  }

  /** Gets one more of the goal, which ends a little later than this one. */
  private void laterOldOne(Subject subject, CampaignItem former) throws Exception {
    StoredCertificate one = house.certificateOf(house.approved(subject, House.VPN));
    DATABASE.execute(
        "update certificate set not_after = f.not_after + interval '12 hours' from"
            + " (select not_after from certificate where serial = '%s') f where serial = '%s'"
                .formatted(former.serial().toHex(), one.serial().toHex()));
  }

  private void renew(Subject subject) throws Exception {
    house.approved(subject, House.VPN);
  }

  private StoredCertificate certificate(Subject subject) {
    return house.certificates.ofSubjects(List.of(subject.id())).getFirst();
  }

  private Predecessor predecessor(Subject subject) {
    StoredCertificate one = certificate(subject);
    return new Predecessor(one.authority(), one.serial());
  }

  private void status(Subject subject, CertificateStatus status) {
    StoredCertificate one = certificate(subject);
    DATABASE
        .database()
        .inTransaction(
            transaction -> {
              house.certificates.lock(transaction, one.authority(), one.serial());
              house.certificates.setStatus(transaction, one.authority(), one.serial(), status);
              return true;
            });
  }

  private List<AuditEvent> events(String action) {
    return books
        .auditEvents()
        .search(
            Set.of(House.TOWN), new AuditQuery(action, Optional.empty(), Optional.empty(), 0, 50));
  }

  private static void refuses(RefusalReason reason, ThrowingCallable call) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(call)
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  /** What the directory says of people now. */
  private final class Roles implements StaffLogin {
    @Override
    public Optional<Actor.Person> logIn(String login, String password) {
      return Optional.empty();
    }

    @Override
    public Optional<Actor.Person> named(String loginOrMail) {
      return Optional.empty();
    }

    @Override
    public Optional<Actor.Person> current(SubjectId person) {
      return Optional.ofNullable(people.get(person));
    }
  }
}
