package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.census.CensusBook;
import de.kreissiegel.ca.census.ExpiryTally;
import de.kreissiegel.ca.census.Tally;
import de.kreissiegel.ca.profile.ProfileName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a town hall may have after two years. */
final class SampleCensus implements CensusBook {
  @Override
  public List<Tally> count(Instant now) {
    return List.of(
        tally("vpn-client", "EC P-256", false, "2027-03", 1204),
        tally("smime", "RSA 3072", false, "2027-04", 388),
        tally("signature", "EC P-384", false, "2027-11", 97),
        tally("mobile-device", "EC P-256", true, "2026-12", 3),
        new Tally(
            Optional.empty(),
            new ProfileName("web-server"),
            new AuthorityName("devices"),
            "EC P-256",
            false,
            YearMonth.parse("2026-12"),
            2));
  }

  @Override
  public List<ExpiryTally> ends(Instant from, Instant to, ZoneId zone) {
    LocalDate today = LocalDate.ofInstant(from, zone);
    return IntStream.range(0, 60)
        .mapToObj(
            i ->
                new ExpiryTally(
                    SamplePeople.HASSFURT,
                    new ProfileName(i % 3 == 0 ? "smime" : "vpn-client"),
                    today.plusDays(i * 7L),
                    (i * 37L) % 90 + 1))
        .toList();
  }

  private static Tally tally(String profile, String key, boolean held, String ends, long count) {
    return new Tally(
        Optional.of(SamplePeople.HASSFURT),
        new ProfileName(profile),
        new AuthorityName("people"),
        key,
        held,
        YearMonth.parse(ends),
        count);
  }
}
