package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.journal.RetentionClass;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The front door: each method leads through one ceremony and returns its record's folder. */
public final class Ceremonies {
  private final Place place;
  private final Dialogue dialogue;
  private final Words words;
  private final boolean rehearsal;
  private final VaultAccess access;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * For one installation.
   *
   * @param data its data directory
   * @param language of prompts and papers: German or English
   * @param rehearsal whether all that is made is marked as a rehearsal; a script's always is
   */
  public Ceremonies(
      Path data,
      Dialogue dialogue,
      Locale language,
      boolean rehearsal,
      VaultAccess access,
      Clock clock,
      SecureRandom random) {
    this.place = new Place(data.toAbsolutePath().normalize());
    this.dialogue = dialogue;
    this.words = new Words(language);
    this.rehearsal = rehearsal;
    this.access = access;
    this.clock = clock;
    this.random = random;
  }

  /** Makes a vault and the hierarchy of a plan. */
  public Path init(Path plan) throws CeremonyFailed, CeremonyAborted {
    return led("init", plan, room -> new InitAct(room, place, access, clock, random).perform(plan));
  }

  /**
   * Renews the root's CRL.
   *
   * @param revoke authorities that are revoked with it
   * @param reason why: CRLReason (RFC 5280 §5.3.1)
   */
  public Path renewCrl(List<String> revoke, int reason) throws CeremonyFailed, CeremonyAborted {
    return renewCrl(Optional.empty(), revoke, reason);
  }

  /** The same for a root's generation that may have a successor already. */
  public Path renewCrl(Optional<AuthorityName> root, List<String> revoke, int reason)
      throws CeremonyFailed, CeremonyAborted {
    return led(
        "renew-crl",
        place.plan(),
        room -> new RootCrlAct(room, place, access, random).perform(root, revoke, reason));
  }

  /**
   * Makes an authority's next key and certificate.
   *
   * @param line the authority
   * @param from when the new key begins to issue; none: at once
   * @param algorithm of the new key; none: as the plan says
   */
  public Path rollOver(AuthorityName line, Optional<Instant> from, Optional<KeyAlgorithm> algorithm)
      throws CeremonyFailed, CeremonyAborted {
    return rollOver(line, from, algorithm, Optional.empty());
  }

  /**
   * The same for a root whose next key is to live on an HSM.
   *
   * @param token the HSM; none: the software token, unless the old key lives on an HSM
   */
  public Path rollOver(
      AuthorityName line,
      Optional<Instant> from,
      Optional<KeyAlgorithm> algorithm,
      Optional<RootToken> token)
      throws CeremonyFailed, CeremonyAborted {
    return led(
        "roll-over",
        place.plan(),
        room ->
            new RollOverAct(room, place, access, clock, random)
                .perform(line, from, algorithm, token));
  }

  /** Leaves the keys of a line that have a successor what they need to tell of certificates. */
  public Path retire(AuthorityName line) throws CeremonyFailed, CeremonyAborted {
    return led(
        "retire", place.plan(), room -> new RetireAct(room, place, access, random).perform(line));
  }

  /**
   * Ends an authority before its time.
   *
   * @param authority the generation's name
   * @param published its newest CRL; not needed for a root
   */
  public Path terminate(AuthorityName authority, Optional<Path> published)
      throws CeremonyFailed, CeremonyAborted {
    return led(
        "terminate",
        place.plan(),
        room ->
            new TerminateAct(room, place, access, random)
                .perform(authority, published.map(Ceremonies::absolute)));
  }

  /**
   * Makes an operational key under the policy of that file.
   *
   * @param token the HSM where it is to live, as {@code vault.yaml} names it; none for the software
   *     token
   */
  public Path makeKey(KeyId key, KeyAlgorithm algorithm, Path policy, Optional<String> token)
      throws CeremonyFailed, CeremonyAborted {
    return led(
        "make-key",
        place.plan(),
        room -> new KeyAct(room, place, access, random).make(key, algorithm, policy, token));
  }

  /** Puts the policy of that file over a key. */
  public Path changePolicy(KeyId key, Path policy) throws CeremonyFailed, CeremonyAborted {
    return led(
        "change-policy",
        place.plan(),
        room -> new KeyAct(room, place, access, random).changePolicy(key, policy));
  }

  /**
   * Puts the policies of a changed plan over the keys that issue; that plan is kept from then on.
   */
  public Path renewPolicies(Path plan) throws CeremonyFailed, CeremonyAborted {
    Path file = absolute(plan);
    return led(
        "renew-policies", file, room -> new PoliciesAct(room, place, access, random).perform(file));
  }

  /** Copies the vault, encrypted as it lies, to an empty folder. */
  public Path backUp(Path target) throws CeremonyFailed, CeremonyAborted {
    return led(
        "back-up",
        place.plan(),
        room -> new BackupAct(room, place, access, random).perform(absolute(target)));
  }

  /**
   * Makes a vault of a backup and its custodians' shares again.
   *
   * @param journal a newer copy of the journal's folder, if one was saved
   */
  public Path restore(Path backup, Optional<Path> journal) throws CeremonyFailed, CeremonyAborted {
    return led(
        "restore",
        absolute(backup).resolve("ceremonies").resolve("plan.yaml"),
        room -> new RestoreAct(room, place, access, random).perform(absolute(backup), journal));
  }

  /**
   * Erases names from the journal.
   *
   * @param classes words of {@link de.kreissiegel.hsm.journal.RetentionClass}
   * @param before what ended before that day goes; without it, as the plan's periods say
   * @param reason in words, for the order; may be empty
   */
  public Path erase(List<String> classes, Optional<LocalDate> before, String reason)
      throws CeremonyFailed, CeremonyAborted {
    Set<RetentionClass> named = EraseAct.classes(classes);
    return led(
        "erase",
        place.plan(),
        room -> new EraseAct(room, place, access, random).perform(named, before, reason));
  }

  /** Destroys a key. */
  public Path destroy(KeyId key) throws CeremonyFailed, CeremonyAborted {
    return led(
        "destroy", place.plan(), room -> new DestroyAct(room, place, access, random).perform(key));
  }

  /**
   * Makes a certification request to an external superior.
   *
   * @param name what this request is called from now on
   * @param deadline until when the answer is needed
   */
  public Path requestFromSuperior(
      AuthorityName name, KeyId key, String commonName, LocalDate deadline)
      throws CeremonyFailed, CeremonyAborted {
    return led(
        "external-request",
        place.plan(),
        room ->
            new SuperiorAct(room, place, access, random)
                .request(name.value(), key, commonName, deadline));
  }

  /**
   * Makes the keys of an authority's next generation and the certification request for it, to the
   * external superior under which the plan has it.
   *
   * @param line the authority
   * @param algorithm of its key; none: as the plan says
   * @param deadline until when the answer is needed
   */
  public Path requestFromSuperior(
      AuthorityName line, Optional<KeyAlgorithm> algorithm, LocalDate deadline)
      throws CeremonyFailed, CeremonyAborted {
    return led(
        "external-request",
        place.plan(),
        room -> new SuperiorAct(room, place, access, random).request(line, algorithm, deadline));
  }

  /**
   * Takes what the external superior sent back.
   *
   * @param name of the request, which for an authority of the plan is its generation's
   * @param from when an authority of the plan begins to issue by it; none: at once
   */
  public Path installFromSuperior(AuthorityName name, Path chain, Optional<Instant> from)
      throws CeremonyFailed, CeremonyAborted {
    return led(
        "external-install",
        place.plan(),
        room -> new SuperiorAct(room, place, access, random).install(name, chain, from));
  }

  /**
   * Takes a foreign authority over: its key into the vault, its certificate into the hierarchy.
   * What it issued and revoked is taken in afterwards, without a ceremony.
   */
  public Path takeOver(ForeignAuthority foreign) throws CeremonyFailed, CeremonyAborted {
    return led(
        "take-over",
        place.plan(),
        room -> new TakeOverAct(room, place, access, random).perform(foreign));
  }

  /**
   * Draws the sheet with an anchor's fingerprint again; that is no ceremony.
   *
   * @param which a root's generation, or an external superior, by its name; none: our root that
   *     issues now, or the superior above us if there is one alone
   * @param target the PDF to be written
   */
  public void sheet(Optional<AuthorityName> which, Path target) throws CeremonyFailed {
    try {
      CeremonyPlan plan = CeremonyPlan.read(place.plan());
      AuthorityCatalog catalog = AuthorityFiles.read(place.authorities());
      AnchorChoice.Anchor anchor = new AnchorChoice(catalog, words).choose(which, clock.instant());
      Files.write(
          target,
          new Papers(
                  words,
                  plan.hierarchy().organization(),
                  rehearsal || Archive.rehearsed(place.ceremonies()),
                  clock.instant())
              .fingerprint(anchor));
    } catch (IOException | IllegalArgumentException failure) {
      throw new CeremonyFailed(
          words.say("fail.broken", String.valueOf(failure.getMessage())), failure);
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private Path led(String act, Path plan, Act led) throws CeremonyFailed, CeremonyAborted {
    try {
      CeremonyPlan read = CeremonyPlan.read(plan);
      boolean marked = rehearsal || Archive.rehearsed(absolute(plan).resolveSibling(""));
      Path record = led.perform(new Room(act, read, dialogue, words, marked, clock));
      dialogue.tell("");
      dialogue.tell(words.say("ended", record));
      return record;
    } catch (IOException | VaultUnusable | SigningUnavailable failure) {
      throw new CeremonyFailed(
          words.say("fail.broken", String.valueOf(failure.getMessage())), failure);
    } catch (SigningRefused refused) {
      throw new CeremonyFailed(
          words.say("fail.refused", String.valueOf(refused.getMessage())), refused);
    } catch (IllegalArgumentException wrong) {
      throw new CeremonyFailed(words.say("fail.broken", String.valueOf(wrong.getMessage())), wrong);
    }
  }

  /** What happens in the room. */
  @FunctionalInterface
  private interface Act {
    Path perform(Room room)
        throws CeremonyFailed,
            CeremonyAborted,
            IOException,
            VaultUnusable,
            SigningUnavailable,
            SigningRefused;
  }
}
