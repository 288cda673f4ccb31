package de.kreissiegel.ca.authority;

import de.kreissiegel.ca.policyset.AlgorithmCalendar;
import de.kreissiegel.ca.policyset.PolicyExceptions;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All authorities of this installation, and what ceremonies left of them: root CRLs, link
 * certificates. An {@link Authority} is one generation; {@link AuthorityLine}s say which of them
 * issues when.
 */
public final class AuthorityCatalog {
  private static final Pattern LIST_OF_ANOTHER =
      Pattern.compile("(.+)-(p[0-9]+|delta|p[0-9]+-delta)");

  private final Map<AuthorityName, Authority> byName = new LinkedHashMap<>();
  private final Map<AuthorityName, AuthorityLine> lines = new LinkedHashMap<>();
  private final Ceremonial ceremonial;
  private final Rules rules;

  /**
   * What ceremonies signed.
   *
   * @param crls CRLs, of authorities whose key is locked or gone
   * @param links link certificates (RFC 9810 §4.4), DER, of generations that have some
   * @param superiors those above a generation that are not of this installation, its issuer first,
   *     the anchor last
   * @param takenOver those that came from elsewhere
   */
  public record Ceremonial(
      Map<AuthorityName, Bytes> crls,
      Map<AuthorityName, List<Bytes>> links,
      Map<AuthorityName, List<Superior>> superiors,
      Map<AuthorityName, TakenOver> takenOver) {
    public Ceremonial {
      takenOver = Map.copyOf(takenOver);
      crls = Map.copyOf(crls);
      links = Map.copyOf(links);
      superiors = Map.copyOf(superiors);
    }

    /** Where all roots are ours. */
    public Ceremonial(Map<AuthorityName, Bytes> crls, Map<AuthorityName, List<Bytes>> links) {
      this(crls, links, Map.of(), Map.of());
    }
  }

  /**
   * By what the hierarchy is run.
   *
   * @param rollover how keys follow each other
   * @param exceptions from the algorithm calendar
   */
  public record Rules(RolloverSettings rollover, PolicyExceptions exceptions) {
    /** What holds where nothing is said. */
    public static final Rules DEFAULT = new Rules(RolloverSettings.DEFAULT, PolicyExceptions.NONE);
  }

  /**
   * Authorities of one generation each.
   *
   * @param authorities all of them
   * @param ceremonyCrls CRLs that were signed in a ceremony, for authorities whose key is locked
   * @throws IllegalArgumentException if one has the name of another one's list
   */
  public AuthorityCatalog(List<Authority> authorities, Map<AuthorityName, Bytes> ceremonyCrls) {
    this(
        authorities.stream().map(AuthorityLine::of).toList(),
        new Ceremonial(ceremonyCrls, Map.of()),
        Rules.DEFAULT);
  }

  /**
   * @throws IllegalArgumentException if one has the name of another one's list
   */
  public AuthorityCatalog(List<AuthorityLine> lines, Ceremonial ceremonial, Rules rules) {
    for (AuthorityLine line : lines) {
      this.lines.put(line.name(), line);
      for (Generation generation : line.generations()) {
        byName.put(generation.authority().name(), generation.authority());
      }
    }
    this.ceremonial = ceremonial;
    this.rules = rules;
    byName.keySet().forEach(this::requireOwnAddresses);
  }

  /** The lists of {@code people} are at {@code people-p1}, {@code people-delta} and so on. */
  private void requireOwnAddresses(AuthorityName name) {
    Matcher list = LIST_OF_ANOTHER.matcher(name.value());
    if (list.matches() && byName.containsKey(new AuthorityName(list.group(1)))) {
      throw new IllegalArgumentException(
          "the authority %s has the name of a list of %s".formatted(name, list.group(1)));
    }
  }

  /** Every generation of every authority. */
  public Collection<Authority> all() {
    return List.copyOf(byName.values());
  }

  public Collection<AuthorityLine> lines() {
    return List.copyOf(lines.values());
  }

  /** The generation of this name. */
  public Optional<Authority> find(AuthorityName name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The generation of this name, which configuration says is there. */
  public Authority get(AuthorityName name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no authority " + name));
  }

  /** The line of this name, which is also its first generation's. */
  public Optional<AuthorityLine> line(AuthorityName name) {
    return Optional.ofNullable(lines.get(name));
  }

  /** The line to which the generation of this name belongs. */
  public Optional<AuthorityLine> lineOf(AuthorityName generation) {
    return lines.values().stream()
        .filter(
            line ->
                line.generations().stream()
                    .anyMatch(one -> one.authority().name().equals(generation)))
        .findFirst();
  }

  /** The generation that issues for the line of this name then. */
  public Optional<Authority> issuing(AuthorityName line, Instant time) {
    return line(line).flatMap(found -> found.active(time)).map(Generation::authority);
  }

  /** What the generation of this name does then; empty if there is none. */
  public Optional<AuthorityState> state(AuthorityName generation, Instant time) {
    return lineOf(generation)
        .flatMap(
            line ->
                line.generations().stream()
                    .filter(one -> one.authority().name().equals(generation))
                    .findFirst()
                    .map(one -> line.state(one, time)));
  }

  /** The CRL of an authority whose key is locked between ceremonies, or was destroyed. */
  public Optional<Bytes> ceremonyCrl(AuthorityName name) {
    return Optional.ofNullable(ceremonial.crls().get(name));
  }

  /**
   * Certificates that lead from another generation's key to this one's, or back (RFC 9810 §4.4),
   * DER.
   */
  public List<Bytes> links(AuthorityName name) {
    return ceremonial.links().getOrDefault(name, List.of());
  }

  /**
   * The link certificates that whoever builds a path from this authority may need: those of its own
   * line and of the lines above it.
   */
  public List<Bytes> linksAround(Authority authority) {
    return lines.values().stream()
        .filter(
            line ->
                line.generations().stream()
                    .map(one -> one.authority().certificate())
                    .anyMatch(
                        one ->
                            one.equals(authority.certificate()) || authority.chain().contains(one)))
        .flatMap(line -> line.generations().stream())
        .flatMap(one -> links(one.authority().name()).stream())
        .toList();
  }

  /**
   * Those above a generation that are not of this installation: its issuer first, the anchor last.
   * Empty where a root of ours stands above it.
   */
  public List<Superior> superiors(AuthorityName name) {
    return ceremonial.superiors().getOrDefault(name, List.of());
  }

  /** All generations under external superiors, with these. */
  public Map<AuthorityName, List<Superior>> superiors() {
    return ceremonial.superiors();
  }

  /** Whether and when an authority came from elsewhere; such a one issues nothing. */
  public Optional<TakenOver> takenOver(AuthorityName name) {
    return Optional.ofNullable(ceremonial.takenOver().get(name));
  }

  /** The authority whose CRL was served at that path before it came here. */
  public Optional<Authority> withListAt(String path) {
    return byName.values().stream()
        .filter(one -> takenOver(one.name()).filter(t -> t.lists().contains(path)).isPresent())
        .findFirst();
  }

  /** The authority whose certificate was served at that path before it came here. */
  public Optional<Authority> withCertificateAt(String path) {
    return byName.values().stream()
        .filter(
            one -> takenOver(one.name()).filter(t -> t.certificates().contains(path)).isPresent())
        .findFirst();
  }

  /** These authorities, with what is known of their superiors now. */
  AuthorityCatalog withSuperiors(Map<AuthorityName, List<Superior>> superiors) {
    return new AuthorityCatalog(
        List.copyOf(lines.values()),
        new Ceremonial(ceremonial.crls(), ceremonial.links(), superiors, ceremonial.takenOver()),
        rules);
  }

  public RolloverSettings rollover() {
    return rules.rollover();
  }

  /** The algorithm calendar with this installation's exceptions. */
  public AlgorithmCalendar calendar() {
    return new AlgorithmCalendar(rules.exceptions());
  }

  public PolicyExceptions exceptions() {
    return rules.exceptions();
  }
}
