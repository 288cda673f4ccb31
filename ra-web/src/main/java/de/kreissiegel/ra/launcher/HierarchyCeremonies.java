package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.ra.ceremony.RootToken;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The ceremonies by which an authority's keys follow each other, and end. */
final class HierarchyCeremonies {
  private HierarchyCeremonies() {}

  /** {@code ceremony renew-crl}. */
  @Command(
      name = "renew-crl",
      description = "Renews a root's CRL: the root is activated for this one signature.",
      mixinStandardHelpOptions = true)
  static final class RenewCrl implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CeremonyCommand.Where where;

    @Option(
        names = "--root",
        paramLabel = "NAME",
        description = "The root's generation; without it, the one that issues now.")
    private @Nullable String root;

    @Option(
        names = "--revoke",
        paramLabel = "AUTHORITY",
        description = "Revokes this issuing authority with it; may be repeated.")
    private List<String> revoke = new ArrayList<>();

    @Option(
        names = "--reason",
        paramLabel = "CODE",
        defaultValue = "0",
        description = "Why: CRLReason (RFC 5280 §5.3.1), as 2 for a compromised authority.")
    private int reason;

    @Override
    public Integer call() throws LaunchFailure {
      Optional<AuthorityName> which = root == null ? Optional.empty() : Optional.of(name(root));
      return where.lead(ceremonies -> ceremonies.renewCrl(which, revoke, reason));
    }
  }

  /** {@code ceremony roll-over}. */
  @Command(
      name = "roll-over",
      description =
          "Makes an authority's next key and certificate; of a root, link certificates, too.",
      mixinStandardHelpOptions = true)
  static final class RollOver implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CeremonyCommand.Where where;

    @Option(
        names = "--authority",
        required = true,
        paramLabel = "NAME",
        description = "The authority, by the name that profiles use.")
    private String authority = "";

    @Option(
        names = "--from",
        paramLabel = "YYYY-MM-DD",
        description = "When the new key begins to issue, 00:00 UTC; without it, at once.")
    private @Nullable LocalDate from;

    @Option(
        names = "--algorithm",
        paramLabel = "WORD",
        description = "Of the new key; without it, as the plan says.")
    private @Nullable String algorithm;

    @ArgGroup(exclusive = false, heading = "A root's next key on an HSM of its own:%n")
    private @Nullable OnToken onToken;

    /** The HSM of a root's next key. */
    static final class OnToken {
      @Option(
          names = "--token",
          required = true,
          paramLabel = "NAME",
          description = "What the vault is to call the HSM.")
      private String token = "";

      @Option(
          names = "--label",
          required = true,
          paramLabel = "LABEL",
          description = "The label of its token, which is initialised and empty.")
      private String label = "";

      @Option(
          names = "--library",
          paramLabel = "FILE",
          description = "Its PKCS#11 library; without it, that of the old key's HSM.")
      private @Nullable Path library;

      @Option(
          names = "--pin-file",
          paramLabel = "FILE",
          description = "The PIN that it has until then; without it, it is asked for.")
      private @Nullable Path pinFile;

      @Option(
          names = "--so-pin-file",
          paramLabel = "FILE",
          description = "The same of its security officer.")
      private @Nullable Path officerPinFile;

      RootToken read() {
        return new RootToken(
            token, label, absolute(library), absolute(pinFile), absolute(officerPinFile));
      }

      private static Optional<Path> absolute(@Nullable Path file) {
        return Optional.ofNullable(file).map(Path::toAbsolutePath).map(Path::normalize);
      }
    }

    @Override
    public Integer call() throws LaunchFailure {
      AuthorityName line = name(authority);
      Optional<KeyAlgorithm> kind = kind(algorithm);
      Optional<Instant> begin =
          Optional.ofNullable(from).map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
      Optional<RootToken> hsm = Optional.ofNullable(onToken).map(OnToken::read);
      return where.lead(ceremonies -> ceremonies.rollOver(line, begin, kind, hsm));
    }

    private static Optional<KeyAlgorithm> kind(@Nullable String word) throws LaunchFailure {
      try {
        return Optional.ofNullable(word).map(KeyAlgorithm::ofWord);
      } catch (IllegalArgumentException wrong) {
        throw new LaunchFailure(wrong.getMessage() + ".", wrong);
      }
    }
  }

  /** {@code ceremony retire}. */
  @Command(
      name = "retire",
      description =
          "Leaves the keys of an authority that have a successor what they need for CRLs and OCSP.",
      mixinStandardHelpOptions = true)
  static final class Retire implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CeremonyCommand.Where where;

    @Option(names = "--authority", required = true, paramLabel = "NAME")
    private String authority = "";

    @Override
    public Integer call() throws LaunchFailure {
      AuthorityName line = name(authority);
      return where.lead(ceremonies -> ceremonies.retire(line));
    }
  }

  /** {@code ceremony renew-policies}. */
  @Command(
      name = "renew-policies",
      description =
          "Puts the policies of a changed plan over the keys that issue: other first officers,"
              + " tenants, hosts.",
      mixinStandardHelpOptions = true)
  static final class RenewPolicies implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CeremonyCommand.Where where;

    @Option(
        names = "--plan",
        required = true,
        paramLabel = "FILE",
        description = "The changed plan, YAML; it is kept from then on.")
    private Path plan = Path.of("");

    @Override
    public Integer call() throws LaunchFailure {
      return where.lead(ceremonies -> ceremonies.renewPolicies(plan));
    }
  }

  /** {@code ceremony terminate}. */
  @Command(
      name = "terminate",
      description = "Ends an authority: its last CRL, its keys destroyed, all accounted for.",
      mixinStandardHelpOptions = true)
  static final class Terminate implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CeremonyCommand.Where where;

    @Option(
        names = "--authority",
        required = true,
        paramLabel = "NAME",
        description = "The generation, as people-2.")
    private String authority = "";

    @Option(
        names = "--crl",
        paramLabel = "FILE",
        description = "Its newest CRL as published, DER; a root's lies with the hierarchy.")
    private @Nullable Path crl;

    @Override
    public Integer call() throws LaunchFailure {
      AuthorityName name = name(authority);
      return where.lead(ceremonies -> ceremonies.terminate(name, Optional.ofNullable(crl)));
    }
  }

  static AuthorityName name(String text) throws LaunchFailure {
    try {
      return new AuthorityName(text);
    } catch (IllegalArgumentException wrong) {
      throw new LaunchFailure(wrong.getMessage() + ".", wrong);
    }
  }
}
