package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.path.PathMaterial;
import de.kreissiegel.ca.path.UnreadableMaterial;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.takeover.Remark;
import de.kreissiegel.ca.takeover.Takeover;
import de.kreissiegel.ca.takeover.TakeoverRefused;
import de.kreissiegel.ca.takeover.TenantRules;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code take-in}: what an authority that was taken over had issued and revoked. */
@Command(
    name = "take-in",
    description =
        "Takes in certificates and revocations of an authority that was taken over (ceremony"
            + " take-over). Doing it again does no harm. Exit 1 if something couldn't be taken.",
    mixinStandardHelpOptions = true)
final class TakeInCommand implements Callable<Integer> {
  /** How the audit chain of what this command does is named. */
  private static final String CHAIN = "take-in";

  private static final long LARGEST_LIST = 512L << 20;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Mixin private RevocationsCommand.Which which = new RevocationsCommand.Which();

  @Option(
      names = "--authorities",
      paramLabel = "DIR",
      description = "The hierarchy's folder, if it lies elsewhere.")
  private @Nullable Path authorities;

  @Option(names = "--authority", required = true, paramLabel = "NAME", description = "Which one.")
  private String authority = "";

  @Option(
      names = "--certificates",
      paramLabel = "PATH",
      description =
          "Files and folders with certificates, PEM, DER or PKCS#7; openssl's newcerts is one. May"
              + " be repeated.")
  private List<Path> certificates = new ArrayList<>();

  @Option(
      names = "--crl",
      required = true,
      paramLabel = "FILE",
      description = "Its newest CRL, PEM or DER; then deltas to it. May be repeated.")
  private List<Path> lists = new ArrayList<>();

  @Option(names = "--index", paramLabel = "FILE", description = "index.txt of `openssl ca`.")
  private @Nullable Path index;

  @Option(
      names = "--district",
      required = true,
      paramLabel = "TENANT",
      description = "Whose certificates are that no rule assigns.")
  private String district = "";

  @Option(
      names = "--tenant",
      paramLabel = "TENANT[=DOMAIN]",
      description =
          "By the domain of a mail address or host, or one below it; without one, the tenant's own"
              + " name is the domain. May be repeated.")
  private List<String> tenants = new ArrayList<>();

  @Option(
      names = "--assign",
      paramLabel = "FILE",
      description = "Lines of serial,tenant; they count before domains.")
  private @Nullable Path assigned;

  @Option(names = "--dry-run", description = "Reads and counts all, changes nothing.")
  private boolean dryRun;

  @Option(names = "--lang", paramLabel = "LANGUAGE", description = "de (default) or en.")
  private String language = "de";

  @Override
  public Integer call() throws LaunchFailure {
    try {
      Takeover.Estate estate = estate();
      var catalog =
          AuthorityFiles.read(authorities == null ? which.folder().authorities() : authorities);
      Takeover.Outcome outcome =
          which
              .database()
              .read(
                  source -> {
                    var books = Books.of(source, CHAIN, Clock.systemUTC(), new SecureRandom());
                    var takeover = new Takeover(books.ofTakeover(), catalog, Clock.systemUTC());
                    try {
                      return takeover.perform(estate, dryRun, this::progress);
                    } catch (TakeoverRefused refused) {
                      throw new IOException(refused.getMessage(), refused);
                    }
                  });
      return report(outcome);
    } catch (IllegalArgumentException wrong) {
      throw new LaunchFailure(wrong.getMessage() + ".", wrong);
    } catch (IOException | UncheckedIOException | JdbiException failed) {
      throw new LaunchFailure("it can't be taken in: " + failed.getMessage() + ".", failed);
    }
  }

  private Takeover.Estate estate() throws IOException {
    var all = new ArrayList<Bytes>();
    for (Path file : lists) {
      if (Files.size(file) > LARGEST_LIST) {
        throw new IOException(file + " is too large for a CRL");
      }
      all.addAll(crls(file));
    }
    return new Takeover.Estate(
        new AuthorityName(authority), certificates, all, Optional.ofNullable(index), rules());
  }

  private static List<Bytes> crls(Path file) throws IOException {
    byte[] octets = Files.readAllBytes(file);
    if (octets.length > 0 && octets[0] == '0') {
      return List.of(Bytes.of(octets)); // DER, of any length
    }
    try {
      return PathMaterial.read(octets).lists();
    } catch (UnreadableMaterial unreadable) {
      throw new IOException(file + " holds no CRL in PEM or DER", unreadable);
    }
  }

  private TenantRules rules() throws IOException {
    Map<BigInteger, TenantId> bySerial =
        assigned == null ? Map.of() : TenantRules.bySerial(Files.readAllLines(assigned));
    var byDomain = new HashMap<String, TenantId>();
    for (String one : tenants) {
      int sign = one.indexOf('=');
      var tenant = new TenantId(sign < 0 ? one : one.substring(0, sign));
      byDomain.put(sign < 0 ? tenant.value() : one.substring(sign + 1), tenant);
    }
    return new TenantRules(bySerial, byDomain, new TenantId(district));
  }

  private void progress(long read) {
    spec.commandLine().getErr().println(read + " …");
    spec.commandLine().getErr().flush();
  }

  private int report(Takeover.Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    Locale locale = Locale.of(language);
    boolean german = language.equals("de");
    out.println(
        (german
                ? "%s%d Zertifikate übernommen, %d waren schon da, davon %d nur mit Seriennummer; %d dadurch gesperrt oder ausgesetzt."
                : "%s%d certificates taken in, %d were here, %d of them by serial number alone; %d became revoked or held.")
            .formatted(
                dryRun ? (german ? "Probe: " : "Dry run: ") : "",
                outcome.added(),
                outcome.known(),
                outcome.bySerial(),
                outcome.revoked()));
    out.println(
        outcome
            .listNumber()
            .map(
                number ->
                    (german ? "Sperrlisten zählen weiter ab " : "CRLs go on from ") + (number + 1))
            .orElse(german ? "Sperrlisten beginnen mit 1" : "CRLs begin with 1"));
    boolean left = false;
    for (Remark remark : Remark.values()) {
      long count = outcome.remarks().count(remark);
      if (count > 0) {
        left |= !remark.isTaken();
        out.println(
            "%s %d: %s (%s%s)"
                .formatted(
                    remark.isTaken() ? " " : "!",
                    count,
                    remark.sentence(locale),
                    String.join(", ", outcome.remarks().examples(remark)),
                    count > outcome.remarks().examples(remark).size() ? ", …" : ""));
      }
    }
    out.flush();
    return left ? 1 : 0;
  }
}
