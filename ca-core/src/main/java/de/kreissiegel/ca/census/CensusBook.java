package de.kreissiegel.ca.census;

import java.time.Instant;
import java.util.List;

/** Where certificates are counted. */
public interface CensusBook {
  /** All that is neither over nor revoked, of all tenants. Reads every certificate. */
  List<Tally> count(Instant now);
}
