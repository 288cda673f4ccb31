package de.kreissiegel.ca.campaign;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Where campaigns are kept. Any number of nodes may share it. */
public interface CampaignBook {
  /** Keeps a new one. */
  void insert(Transaction transaction, Campaign campaign);

  /** One of them. */
  Optional<Campaign> find(UUID id);

  /** The same, its row locked until the transaction ends. */
  Optional<Campaign> lock(Transaction transaction, UUID id);

  /** Keeps what changed of one that {@link #lock} has locked; its goal never does. */
  void change(Transaction transaction, Campaign campaign);

  /** Those that are about one of these tenants, newest first; 200 at most. */
  List<Campaign> of(Set<TenantId> tenants);

  /** Those that run or are paused, the oldest first. */
  List<Campaign> active();

  /** What good certificates of these tenants there are. */
  List<Facet> facets(Set<TenantId> tenants, Instant now);

  /** What a goal is about, those that end first at the front. */
  List<Candidate> candidates(Goal goal, Instant now, int atMost);

  /**
   * Has certificates take the places of open ones of the same holder, kind and tenant that end
   * earlier, with what was written about those.
   *
   * @return how many did
   */
  int replace(Transaction transaction, Campaign campaign, List<Candidate> some, Instant now);

  /**
   * Whoever was reminded for a later stage counts as reminded for this one: its day was put off,
   * and the later ones come again.
   */
  void putBack(Transaction transaction, UUID campaign, int stage);

  /** Takes certificates into a campaign, those that aren't in it already; how many those were. */
  int add(Transaction transaction, UUID campaign, List<Candidate> some);

  /** How many certificates a campaign has. */
  long size(UUID campaign);

  /**
   * Counts how far a campaign is.
   *
   * @param view whose certificates, and as of when
   * @param zone whose days those of renewals are
   */
  Progress progress(Campaign campaign, View view, ZoneId zone);

  /** Certificates of a campaign of these standings, in its order. */
  List<CampaignItem> items(
      Campaign campaign, View view, Set<Standing> standings, int offset, int atMost);

  /**
   * Those whose holders are to be reminded.
   *
   * @param stage whose last reminder was for an earlier one
   * @param before who had the last letter before
   */
  List<CampaignItem> unreminded(
      Campaign campaign, View view, int stage, Instant before, int atMost);

  /**
   * Those to be written to: first those of whom nothing is known, then those to whom nobody could
   * write when it was last tried, before a time.
   */
  List<CampaignItem> unwritten(Campaign campaign, View view, Instant triedBefore, int atMost);

  /** To how many it was written since. */
  int lettersSince(Transaction transaction, UUID campaign, Instant since);

  /** Notes that the first letter is written; false if it was already. */
  boolean written(Transaction transaction, UUID campaign, int number, Instant now);

  /**
   * Notes that a reminder is written.
   *
   * @param stage for which of them; who was written to late has none of the first
   * @param last whoever got a letter since then gets none
   * @return how many were written to them with it; 0 if there is none to write
   */
  int reminded(
      Transaction transaction, UUID campaign, int number, int stage, Instant last, Instant now);

  /** Notes that there was nobody to write to. */
  void unreachable(Transaction transaction, UUID campaign, int number, Instant now);

  /** Deletes those that were over, or made and never begun, before then; how many. */
  int forget(Instant before);

  /**
   * How the certificates of a campaign are looked at.
   *
   * @param tenants only those of these
   * @param machines the kinds that machines ask for
   * @param now as of when
   */
  record View(Set<TenantId> tenants, Set<ProfileName> machines, Instant now) {
    public View {
      tenants = Set.copyOf(tenants);
      machines = Set.copyOf(machines);
    }
  }
}
