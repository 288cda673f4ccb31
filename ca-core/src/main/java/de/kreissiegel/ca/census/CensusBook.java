package de.kreissiegel.ca.census;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Where certificates are counted. */
public interface CensusBook {
  /** All that is neither over nor revoked, of all tenants. Reads every certificate. */
  List<Tally> count(Instant now);

  /** What is good and ends between two times, of all tenants, by the days of a zone. */
  List<ExpiryTally> ends(Instant from, Instant to, ZoneId zone);
}
