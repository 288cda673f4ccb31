package de.kreissiegel.ca.recovery;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody's keys are wanted:
 *
 * <pre>
 * Requested → Approved → Ready ⟲ → Collected
 *     └───────────┴────────┴────→ Ended
 * </pre>
 *
 * <p>One that is approved, or whose file is ready, waits for signatures again where one of them
 * counts no more and somebody signs in its place. A file that is ready may be made anew, with
 * another password, until it was collected.
 */
public sealed interface Recovery {
  Terms terms();

  /** Officers who signed, in order; whose signature was replaced is not among them. */
  List<Said> given();

  default RecoveryId id() {
    return terms().id();
  }

  /** Whether anything can still come of it. */
  default boolean isOpen() {
    return !(this instanceof Collected) && !(this instanceof Ended);
  }

  /**
   * What was asked for. Nothing of it ever changes.
   *
   * @param owner whose keys
   * @param ownerName for display, as it was then
   * @param organization the tenant's name as it stands in certificates: officers sign it
   * @param requested who asked, and when
   * @param collector who gets the file; the vault takes no signature of theirs
   * @param reason in words, for officers, owner and trail
   * @param needed how many officers have to sign, 2 at least
   * @param items the keys, one at least
   */
  record Terms(
      RecoveryId id,
      TenantId tenant,
      SubjectId owner,
      String ownerName,
      String organization,
      Said requested,
      SubjectId collector,
      String collectorName,
      String reason,
      int needed,
      List<Item> items) {
    /** Two days less than the vault hears a signature for. */
    static final Duration TERM = Duration.ofDays(12);

    public Terms {
      items = List.copyOf(items);
      if (items.isEmpty() || needed < 2) {
        throw new IllegalArgumentException("a key at least, and two officers");
      }
    }

    /** Until when it can be approved and made ready. */
    public Instant until() {
      return requested.at().plus(TERM);
    }

    /** Who asked, who gets the file, and whose keys they are, have no hand in it. */
    public boolean concerns(SubjectId person) {
      return person.equals(owner) || person.equals(collector) || person.equals(requested.by());
    }
  }

  /**
   * One key.
   *
   * @param release names the vault's release of it, and no other
   * @param keyHash SHA-256 of its SubjectPublicKeyInfo
   * @param vaultKey opens its wrapping key
   * @param wrappingHash SHA-256 of the encrypted wrapping key
   */
  record Item(
      UUID release,
      Bytes keyHash,
      AuthorityName authority,
      SerialNumber serial,
      KeyId vaultKey,
      Bytes wrappingHash) {}

  /** Officers have to sign. */
  record Requested(Terms terms, List<Said> given) implements Recovery {
    public Requested {
      given = List.copyOf(given);
    }

    /**
     * One more officer has signed.
     *
     * @throws Refused OWN_APPLICATION, SAME_OFFICER
     */
    Recovery approved(Said officer) throws Refused {
      if (terms.concerns(officer.by())) {
        throw new Refused(RefusalReason.OWN_APPLICATION, "nobody releases what is for themselves");
      }
      if (given.stream().anyMatch(before -> before.by().equals(officer.by()))) {
        throw new Refused(RefusalReason.SAME_OFFICER, "another officer has to sign");
      }
      var all = new ArrayList<>(given);
      all.add(officer);
      return all.size() < terms.needed() ? new Requested(terms, all) : new Approved(terms, all);
    }
  }

  /** The vault would open the keys. */
  record Approved(Terms terms, List<Said> given) implements Recovery {
    public Approved {
      given = List.copyOf(given);
    }
  }

  /**
   * The file is there.
   *
   * @param released who had it made, and heard its password
   */
  record Ready(Terms terms, List<Said> given, Said released, Offer offer) implements Recovery {
    public Ready {
      given = List.copyOf(given);
    }
  }

  /**
   * A file.
   *
   * @param id its name in the address
   * @param until when it is destroyed
   * @param damaged how many keys could not be opened
   */
  record Offer(FileId id, Instant until, int damaged) {}

  /** Who it was for has the file; it is nowhere else. */
  record Collected(Terms terms, List<Said> given, Said released, int damaged, Instant at)
      implements Recovery {
    public Collected {
      given = List.copyOf(given);
    }
  }

  /** How one came to nothing. */
  enum Ending {
    REFUSED,
    WITHDRAWN,
    EXPIRED,
    /** No key could be opened. */
    FAILED
  }

  /**
   * Nothing comes of it any more.
   *
   * @param by who, as the audit trail names them
   * @param byName for display
   */
  record Ended(
      Terms terms,
      List<Said> given,
      Ending how,
      String by,
      String byName,
      Instant at,
      String reason)
      implements Recovery {
    public Ended {
      given = List.copyOf(given);
    }
  }

  /**
   * The same without signatures that count no more: what has too few then waits for others, and a
   * file that nobody has collected is void.
   *
   * @param ended signatures whose certificates have ended or were revoked
   */
  default Recovery without(Set<Said> ended) {
    return switch (this) {
      case Requested _, Approved _, Ready _ -> {
        List<Said> left = given().stream().filter(one -> !ended.contains(one)).toList();
        yield left.size() < terms().needed() ? new Requested(terms(), left) : this;
      }
      case Collected _, Ended _ -> this;
    };
  }

  /**
   * The file was made; if there was one, it is void.
   *
   * @throws Refused WRONG_STATE, OWN_APPLICATION
   */
  default Ready ready(Said released, Offer offer) throws Refused {
    requireReleasable(released.by(), released.at());
    return new Ready(terms(), given(), released, offer);
  }

  /**
   * That this person may have the file made at that time.
   *
   * @throws Refused WRONG_STATE, OWN_APPLICATION (they would have file and password)
   */
  default void requireReleasable(SubjectId officer, Instant now) throws Refused {
    boolean approved = this instanceof Approved || this instanceof Ready;
    if (!approved || !now.isBefore(terms().until())) {
      throw new Refused(RefusalReason.WRONG_STATE, "it is not approved, or not any more");
    }
    if (terms().concerns(officer)) {
      throw new Refused(RefusalReason.OWN_APPLICATION, "who gets the file hears no password here");
    }
  }

  /**
   * Nothing comes of it.
   *
   * @throws Refused WRONG_STATE
   */
  default Ended ended(Ending how, String by, String byName, Instant at, String reason)
      throws Refused {
    if (!isOpen()) {
      throw new Refused(RefusalReason.WRONG_STATE, "it has come to its end");
    }
    return new Ended(terms(), given(), how, by, byName, at, reason);
  }

  /** How the audit trail names it. */
  default String auditName() {
    return "recovery:" + id();
  }
}
