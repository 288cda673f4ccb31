package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificationRequest;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.ra.ceremony.Ceremonies;
import de.kreissiegel.ra.ceremony.CeremonyAborted;
import de.kreissiegel.ra.ceremony.CeremonyFailed;
import de.kreissiegel.ra.ceremony.Dialogue;
import de.kreissiegel.ra.ceremony.RecordCheck;
import de.kreissiegel.ra.ceremony.ScriptedDialogue;
import de.kreissiegel.ra.ceremony.TerminalDialogue;
import de.kreissiegel.ra.ceremony.VaultAccess;
import de.kreissiegel.ra.encoding.Pem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ceremony}: what is done to CA keys, under four eyes and on record. */
@Command(
    name = "ceremony",
    description =
        "Leads through ceremonies: keys are made, backed up, restored and destroyed, names are"
            + " erased, under four eyes, and a signed record tells of it.",
    mixinStandardHelpOptions = true,
    subcommands = {
      HierarchyCeremonies.RenewCrl.class,
      HierarchyCeremonies.RollOver.class,
      HierarchyCeremonies.Retire.class,
      HierarchyCeremonies.RenewPolicies.class,
      HierarchyCeremonies.Terminate.class,
      TakeOverCeremony.class
    })
final class CeremonyCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** What all ceremonies are asked. */
  static final class Where {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        required = true,
        description = "The installation's data directory; the signer must not be running.")
    private Path data = Path.of(".");

    @Option(
        names = "--lang",
        paramLabel = "LANGUAGE",
        description = "Of prompts and papers: de (default) or en.")
    private String language = "de";

    @Option(names = "--rehearsal", description = "Marks record and papers as a rehearsal's.")
    private boolean rehearsal;

    @Option(
        names = "--script",
        paramLabel = "FILE",
        description = "Answers from a YAML file; always a rehearsal.")
    private @Nullable Path script;

    /** Leads through one, and turns its end into an exit code. */
    int lead(Led led) throws LaunchFailure {
      if (!language.equals("de") && !language.equals("en")) {
        throw new LaunchFailure("--lang is de or en.");
      }
      PrintWriter out = spec.commandLine().getOut();
      Clock clock = Clock.systemUTC();
      var random = new SecureRandom();
      try {
        led.lead(
            new Ceremonies(
                data,
                dialogue(out),
                Locale.of(language),
                rehearsal,
                VaultAccess.inProcess(clock, random),
                clock,
                random));
        return 0;
      } catch (CeremonyAborted | CeremonyFailed ended) {
        throw new LaunchFailure(String.valueOf(ended.getMessage()), ended);
      }
    }

    private Dialogue dialogue(PrintWriter out) throws CeremonyFailed {
      if (script != null) {
        return new ScriptedDialogue(script, data.toAbsolutePath().normalize(), out);
      }
      return new TerminalDialogue(
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
          out,
          Optional.ofNullable(System.console()));
    }
  }

  /** A ceremony that is led through. */
  @FunctionalInterface
  interface Led {
    void lead(Ceremonies ceremonies) throws CeremonyAborted, CeremonyFailed;
  }

  @Command(
      name = "init",
      description = "Makes a vault, a root and issuing authorities by a plan.",
      mixinStandardHelpOptions = true)
  int init(
      @Mixin Where where,
      @Option(
              names = "--plan",
              required = true,
              paramLabel = "FILE",
              description = "The plan, YAML.")
          Path plan)
      throws LaunchFailure {
    return where.lead(ceremonies -> ceremonies.init(plan));
  }

  @Command(
      name = "make-key",
      description = "Makes an operational key under a policy.",
      mixinStandardHelpOptions = true)
  int makeKey(
      @Mixin Where where,
      @Option(names = "--key", required = true, paramLabel = "NAME") String key,
      @Option(names = "--algorithm", required = true, paramLabel = "WORD") String algorithm,
      @Option(names = "--policy", required = true, paramLabel = "FILE") Path policy,
      @Option(
              names = "--token",
              paramLabel = "NAME",
              description = "The HSM where it is to live, as vault.yaml names it.")
          @Nullable String token)
      throws LaunchFailure {
    KeyId id = key(key);
    KeyAlgorithm kind = algorithm(algorithm);
    return where.lead(
        ceremonies -> ceremonies.makeKey(id, kind, policy, Optional.ofNullable(token)));
  }

  @Command(
      name = "change-policy",
      description = "Puts another policy over a key.",
      mixinStandardHelpOptions = true)
  int changePolicy(
      @Mixin Where where,
      @Option(names = "--key", required = true, paramLabel = "NAME") String key,
      @Option(names = "--policy", required = true, paramLabel = "FILE") Path policy)
      throws LaunchFailure {
    KeyId id = key(key);
    return where.lead(ceremonies -> ceremonies.changePolicy(id, policy));
  }

  @Command(
      name = "back-up",
      description = "Copies the vault, encrypted as it lies, to an empty folder.",
      mixinStandardHelpOptions = true)
  int backUp(
      @Mixin Where where, @Option(names = "--to", required = true, paramLabel = "DIR") Path target)
      throws LaunchFailure {
    return where.lead(ceremonies -> ceremonies.backUp(target));
  }

  @Command(
      name = "restore",
      description = "Makes a vault again of a backup and its custodians' shares.",
      mixinStandardHelpOptions = true)
  int restore(
      @Mixin Where where,
      @Option(names = "--from", required = true, paramLabel = "DIR") Path backup,
      @Option(
              names = "--journal",
              paramLabel = "DIR",
              description = "A newer copy of the journal, if one was saved.")
          @Nullable Path journal)
      throws LaunchFailure {
    return where.lead(ceremonies -> ceremonies.restore(backup, Optional.ofNullable(journal)));
  }

  @Command(
      name = "destroy",
      description = "Destroys a key, and accounts for its backups and shares.",
      mixinStandardHelpOptions = true)
  int destroy(
      @Mixin Where where, @Option(names = "--key", required = true, paramLabel = "NAME") String key)
      throws LaunchFailure {
    KeyId id = key(key);
    return where.lead(ceremonies -> ceremonies.destroy(id));
  }

  @Command(
      name = "erase",
      description = "Erases names from the journal once their time is over; the chain still holds.",
      mixinStandardHelpOptions = true)
  int erase(
      @Mixin Where where,
      @Option(
              names = "--class",
              required = true,
              paramLabel = "CLASS",
              description =
                  "What is erased: certificates, releases, time-stamps, messages, answers; may be"
                      + " repeated.")
          List<String> classes,
      @Option(
              names = "--before",
              paramLabel = "YYYY-MM-DD",
              description =
                  "What ended before that day goes; without it, as the plan's retention says.")
          @Nullable LocalDate before,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "Why, for the order.")
          String reason)
      throws LaunchFailure {
    return where.lead(ceremonies -> ceremonies.erase(classes, Optional.ofNullable(before), reason));
  }

  @Command(
      name = "external-request",
      description = "Makes a certification request (PKCS#10) to an external superior.",
      mixinStandardHelpOptions = true)
  int externalRequest(
      @Mixin Where where,
      @Option(names = "--name", required = true, paramLabel = "NAME") String name,
      @Option(names = "--deadline", required = true, paramLabel = "YYYY-MM-DD") LocalDate deadline,
      @Option(
              names = "--algorithm",
              paramLabel = "WORD",
              description = "Of the new key; without it, as the plan says.")
          @Nullable String algorithm,
      @Option(
              names = "--key",
              paramLabel = "NAME",
              description = "A key that is there already, of no authority of the plan.")
          @Nullable String key,
      @Option(names = "--common-name", paramLabel = "TEXT", description = "With --key: its name.")
          @Nullable String commonName)
      throws LaunchFailure {
    AuthorityName authority = authority(name);
    if ((key == null) != (commonName == null) || (key != null && algorithm != null)) {
      throw new LaunchFailure("--key and --common-name belong together, without --algorithm.");
    }
    if (key != null && commonName != null) {
      KeyId id = key(key);
      return where.lead(
          ceremonies -> ceremonies.requestFromSuperior(authority, id, commonName, deadline));
    }
    Optional<KeyAlgorithm> kind =
        algorithm == null ? Optional.empty() : Optional.of(algorithm(algorithm));
    return where.lead(ceremonies -> ceremonies.requestFromSuperior(authority, kind, deadline));
  }

  @Command(
      name = "external-install",
      description = "Takes the chain that the external superior sent back.",
      mixinStandardHelpOptions = true)
  int externalInstall(
      @Mixin Where where,
      @Option(names = "--name", required = true, paramLabel = "NAME") String name,
      @Option(names = "--chain", required = true, paramLabel = "FILE") Path chain,
      @Option(
              names = "--from",
              paramLabel = "YYYY-MM-DD",
              description = "When the new key begins to issue, 00:00 UTC; without it, at once.")
          @Nullable LocalDate from)
      throws LaunchFailure {
    AuthorityName authority = authority(name);
    Optional<Instant> begins =
        Optional.ofNullable(from).map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
    return where.lead(ceremonies -> ceremonies.installFromSuperior(authority, chain, begins));
  }

  @Command(
      name = "sheet",
      description = "Draws the sheet with a root's fingerprint again.",
      mixinStandardHelpOptions = true)
  int sheet(
      @Mixin Where where,
      @Option(
              names = "--root",
              paramLabel = "NAME",
              description =
                  "A generation of our root, or the root above an external superior, as hierarchy.yaml"
                      + " names it (default: ours that issues now, or the only one above us).")
          @Nullable String root,
      @Option(names = "--to", required = true, paramLabel = "FILE") Path target)
      throws LaunchFailure {
    return where.lead(
        ceremonies -> ceremonies.sheet(Optional.ofNullable(root).map(AuthorityName::new), target));
  }

  @Command(
      name = "verify",
      description = "Verifies a record offline. Exit 1 if something is wrong.",
      mixinStandardHelpOptions = true)
  int verify(
      @Parameters(paramLabel = "RECORD", description = "The record's folder.") Path record,
      @Option(
              names = "--key",
              required = true,
              paramLabel = "FILE",
              description = "The ceremony's public key, PEM, kept apart from the record.")
          Path key,
      @Option(names = "--journal", paramLabel = "DIR", description = "The journal's folder.")
          @Nullable Path journal,
      @Option(
              names = "--journal-key",
              paramLabel = "FILE",
              description = "The journal's public key, PEM.")
          @Nullable Path journalKey)
      throws LaunchFailure {
    try {
      RecordCheck check = new RecordCheck(record, key).signatures();
      if (journal != null && journalKey != null) {
        check.inJournal(journal, journalKey);
      } else if (journal != null || journalKey != null) {
        throw new LaunchFailure("--journal and --journal-key belong together.");
      }
      check.found().forEach(spec.commandLine().getOut()::println);
      check.wrong().forEach(spec.commandLine().getOut()::println);
      spec.commandLine()
          .getOut()
          .println(check.wrong().isEmpty() ? "The record is good." : "The record is NOT good.");
      spec.commandLine().getOut().flush();
      return check.wrong().isEmpty() ? 0 : 1;
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new LaunchFailure(
          "the record can't be verified: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  @Command(
      name = "fingerprint",
      description =
          "Says of a first registration officer's certification request what the plan is to say of"
              + " its key.",
      mixinStandardHelpOptions = true)
  int fingerprint(@Parameters(paramLabel = "REQUEST", description = "PKCS#10, PEM.") Path request)
      throws LaunchFailure {
    try {
      SubjectKey key =
          CertificationRequest.verified(
                  Pem.certificationRequest(Files.readString(request, StandardCharsets.US_ASCII)))
              .key();
      spec.commandLine().getOut().println(key.hash().toHex());
      spec.commandLine().getOut().flush();
      return 0;
    } catch (Refused refused) {
      throw new LaunchFailure(request + ": " + refused.getMessage() + ".", refused);
    } catch (IOException unreadable) {
      throw new LaunchFailure(request + " can't be read.", unreadable);
    }
  }

  private static KeyId key(String name) throws LaunchFailure {
    try {
      return new KeyId(name);
    } catch (IllegalArgumentException wrong) {
      throw new LaunchFailure(wrong.getMessage() + ".", wrong);
    }
  }

  private static AuthorityName authority(String name) throws LaunchFailure {
    try {
      return new AuthorityName(name);
    } catch (IllegalArgumentException wrong) {
      throw new LaunchFailure(wrong.getMessage() + ".", wrong);
    }
  }

  private static KeyAlgorithm algorithm(String word) throws LaunchFailure {
    try {
      return KeyAlgorithm.ofWord(word);
    } catch (IllegalArgumentException wrong) {
      throw new LaunchFailure(wrong.getMessage() + ".", wrong);
    }
  }
}
