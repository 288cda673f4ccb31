package de.kreissiegel.ra.pages;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.campaign.BusinessHours;
import de.kreissiegel.ca.campaign.Campaign;
import de.kreissiegel.ca.campaign.Campaign.State;
import de.kreissiegel.ca.campaign.CampaignBook;
import de.kreissiegel.ca.campaign.CampaignDesk;
import de.kreissiegel.ca.campaign.CampaignItem;
import de.kreissiegel.ca.campaign.Candidate;
import de.kreissiegel.ca.campaign.Facet;
import de.kreissiegel.ca.campaign.Goal;
import de.kreissiegel.ca.campaign.Progress;
import de.kreissiegel.ca.campaign.Standing;
import de.kreissiegel.ca.campaign.Terms;
import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.SerialNumber;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A campaign to be begun, one that runs and is late, and one that is done. */
final class SampleCampaigns {
  static final UUID DRAFT = UUID.fromString("7a0f3a52-58c1-4a3f-9f5e-1b1f0a3f0d01");
  static final UUID RUNNING = UUID.fromString("7a0f3a52-58c1-4a3f-9f5e-1b1f0a3f0d02");
  private static final UUID DONE = UUID.fromString("7a0f3a52-58c1-4a3f-9f5e-1b1f0a3f0d03");
  private static final ProfileName VPN = new ProfileName("vpn-client");
  private static final ProfileName GATEWAY = new ProfileName("vpn-gateway");
  private static final AuthorityName OLD = new AuthorityName("people");
  private static final int MANY = 118;

  private SampleCampaigns() {}

  static CampaignDesk desk(
      SubjectDirectory directory, ProfileCatalog profiles, Clock clock, SecureRandom random) {
    Instant now = clock.instant();
    var book = mock(CampaignBook.class);
    List<Campaign> all =
        List.of(
            one(DRAFT, "Alle auf die neue Zertifizierungsstelle", State.DRAFT, now),
            one(RUNNING, "Weg von RSA 2048", State.RUNNING, now),
            one(DONE, "VPN bis Ostern", State.DONE, now));
    when(book.of(any())).thenReturn(all);
    for (Campaign campaign : all) {
      when(book.find(campaign.id())).thenReturn(Optional.of(campaign));
    }
    when(book.facets(any(), any()))
        .thenReturn(
            List.of(new Facet(VPN, OLD, "RSA 2048", 83), new Facet(GATEWAY, OLD, "EC P-256", 12)));
    when(book.candidates(any(), any(), anyInt()))
        .thenReturn(IntStream.range(0, MANY).mapToObj(SampleCampaigns::candidate).toList());
    when(book.progress(any(), any(), any())).thenReturn(progress(now));
    when(book.items(any(), any(), any(), anyInt(), anyInt()))
        .thenReturn(
            Arrays.stream(Standing.values())
                .filter(Standing::isLeft)
                .map(standing -> item(standing, now))
                .toList());
    var letters = mock(LetterBook.class);
    when(letters.standing())
        .thenReturn(new LetterBook.Standing(true, 0, 0, Optional.empty(), 0, 0));
    return new CampaignDesk(
        new CampaignDesk.Records(
            book, letters, mock(Transactions.class), mock(AuditTrail.class), mock(ReadLog.class)),
        new CampaignDesk.Surroundings(
            directory,
            profiles,
            new AuthorityCatalog(List.of(), Map.of()),
            BusinessHours.usual(Words.zone())),
        clock,
        random);
  }

  private static Campaign one(UUID id, String title, State state, Instant now) {
    boolean runs = state == State.RUNNING;
    LocalDate today = LocalDate.ofInstant(now, Words.zone());
    return new Campaign(
        id,
        new Goal(
            Set.of(SamplePeople.HASSFURT),
            Optional.empty(),
            Optional.of(OLD),
            Optional.of("RSA 2048"),
            Optional.empty()),
        new Terms(
            title,
            runs ? today.minusDays(2) : today.plusDays(6),
            12,
            "Fragen beantwortet die IT unter 09521 27-0.",
            ""),
        SamplePeople.OFFICER.id(),
        SamplePeople.OFFICER.commonName(),
        now.minus(Duration.ofDays(30)),
        SamplePeople.OFFICER.id(),
        Proof.CERTIFICATE,
        state,
        new Campaign.Dates(
            now,
            state == State.DRAFT ? Optional.empty() : Optional.of(now.minus(Duration.ofDays(29))),
            state == State.DRAFT ? Optional.empty() : Optional.of(now.minus(Duration.ofDays(3))),
            runs ? Optional.of(now) : Optional.empty()));
  }

  private static Candidate candidate(int number) {
    return new Candidate(
        OLD,
        SerialNumber.fromHex("%08x".formatted(0x0a1b2c3d + number)),
        SamplePeople.HASSFURT,
        number % 9 == 0 ? GATEWAY : VPN,
        SamplePeople.STAFF.id(),
        number % 5 == 0);
  }

  private static Progress progress(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, Words.zone());
    long[] counts = {64, 3, 1, 7, 1, 12, 2, 9, 11, 8};
    List<Progress.Part> parts =
        Arrays.stream(Standing.values())
            .map(
                one ->
                    new Progress.Part(
                        SamplePeople.HASSFURT,
                        one == Standing.MACHINE ? GATEWAY : VPN,
                        one,
                        counts[one.ordinal()]))
            .toList();
    return new Progress(
        parts,
        new Progress.Letters(90, 21, 2),
        IntStream.range(0, 14)
            .boxed()
            .collect(
                Collectors.toMap(
                    day -> today.minusDays(2L * day),
                    day -> 2L + day % 6,
                    Long::sum,
                    TreeMap::new)),
        now);
  }

  private static CampaignItem item(Standing standing, Instant now) {
    boolean written = standing == Standing.WRITTEN || standing == Standing.REMINDED;
    return new CampaignItem(
        standing.ordinal() + 1,
        OLD,
        SerialNumber.fromHex("0a1b2c3d"),
        SamplePeople.HASSFURT,
        VPN,
        Optional.of(SamplePeople.STAFF.id()),
        "CN=" + SamplePeople.STAFF.commonName(),
        now.plus(Duration.ofDays(120)),
        standing,
        new CampaignItem.Letters(
            written ? Optional.of(now.minus(Duration.ofDays(20))) : Optional.empty(),
            written ? Optional.of(now.minus(Duration.ofDays(4))) : Optional.empty(),
            standing == Standing.REMINDED ? 1 : 0,
            standing == Standing.REMINDED));
  }
}
