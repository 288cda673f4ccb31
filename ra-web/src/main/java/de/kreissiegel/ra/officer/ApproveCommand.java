package de.kreissiegel.ra.officer;

import de.kreissiegel.hsm.approval.ApprovalStatement;
import de.kreissiegel.hsm.approval.MalformedEvidence;
import de.kreissiegel.hsm.approval.OfficerKey;
import de.kreissiegel.hsm.approval.ReleaseStatement;
import de.kreissiegel.hsm.approval.Statement;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code approve}: an officer approves an application, or signs that escrowed keys are given out,
 * without the pages. What is shown is read from the octets that are signed, so a server in the
 * wrong hands can't show one thing and have another signed.
 */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what an officer's approval of an application, or of giving escrowed keys out, says,",
      "from the very octets that are signed, and signs them",
      "with the officer's key file, which also logs them in. Run it from a copy of this program",
      "that you trust, not from the server. The file's password is typed, or is the first line of",
      "the standard input."
    })
public final class ApproveCommand implements Callable<Integer> {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(https://[^/?#@]+)/(inbox|requests|escrow/recoveries)/(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})(?:[/?#].*)?");

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  @Parameters(
      paramLabel = "ADDRESS",
      description = {
        "The page of a request, as https://pki.example/inbox/ID, or of escrowed keys that are",
        "wanted, as https://pki.example/escrow/recoveries/ID."
      })
  private String address = "";

  @Option(
      names = "--door",
      paramLabel = "ADDRESS",
      description = {
        "Where one logs in by certificate, as https://pki.example:8444; without it the page's",
        "port and one, or 8444 if the address has none."
      })
  private @Nullable URI door;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "Your key and its certificate, PKCS#12.")
  private Path key = Path.of("");

  @Option(
      names = "--root",
      paramLabel = "FILE",
      required = true,
      description = "The root's certificate, the only one that TLS believes.")
  private Path root = Path.of("");

  @Option(
      names = "--check",
      paramLabel = "KIND",
      description = {
        "How you checked the person: known, identity-card, personnel-record, unchanged or",
        "device-record."
      })
  private @Nullable String check;

  @Option(
      names = "--checked-on",
      paramLabel = "DAY",
      description = "When, as 2026-11-30; without it today.")
  private @Nullable String checkedOn;

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      description = "Of what is shown and asked: de (default) or en.")
  private String language = "de";

  private final BufferedReader answers;

  /** As picocli makes it: passwords from the terminal if there is one. */
  public ApproveCommand() {
    this(System.in);
  }

  /** With answers from elsewhere, a line each. */
  public ApproveCommand(InputStream answers) {
    this.answers = new BufferedReader(new InputStreamReader(answers, Charset.defaultCharset()));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      approve();
      return 0;
    } catch (NotApproved why) {
      spec.commandLine().getErr().println("kreissiegel: " + why.getMessage() + ".");
      spec.commandLine().getErr().flush();
      return 1;
    }
  }

  private void approve() throws NotApproved, InterruptedException {
    Matcher place = ADDRESS.matcher(address);
    if (!place.matches()) {
      throw new NotApproved(
          "the address is that of a page: https://HOST/inbox/ID or"
              + " https://HOST/escrow/recoveries/ID");
    }
    Matter matter = place.group(2).equals("escrow/recoveries") ? Matter.RECOVERY : Matter.REQUEST;
    if (matter == Matter.RECOVERY && (check != null || checkedOn != null)) {
      throw new NotApproved("a check of a person goes with applications, and not with keys");
    }
    UUID id = UUID.fromString(place.group(3));
    Locale locale = language.equals("en") ? Locale.ENGLISH : Locale.GERMAN;
    ResourceBundle words = ResourceBundle.getBundle(getClass().getPackageName() + ".words", locale);
    PrintWriter out = spec.commandLine().getOut();
    char[] opening = secret(words.getString("ask.key").formatted(key), out);
    OfficerFile file = file(opening);
    try (var inbox =
        new InboxDoor(
            OneAnchor.tls(anchor(), file), door(URI.create(place.group(1))), matter, id, locale)) {
      OfficerKey officer = officer(file);
      Map<UUID, Bytes> octets = inbox.statements();
      List<? extends Statement> statements =
          matter == Matter.RECOVERY ? releases(octets) : statements(octets, id);
      for (Statement statement : statements) {
        out.println(words.getString("shown"));
        for (Statement.Line line : statement.lines(locale)) {
          out.printf("  %-28s %s%n", line.label(), line.text());
        }
      }
      out.print(words.getString(matter == Matter.RECOVERY ? "ask.release" : "ask.yes") + " ");
      out.flush();
      if (!line().equalsIgnoreCase(words.getString("yes"))) {
        throw new NotApproved(words.getString("declined"));
      }
      List<Bytes> signatures = statements.stream().<Bytes>map(officer::sign).toList();
      out.println(
          words
              .getString(matter == Matter.RECOVERY ? "done.release" : "done")
              .formatted(inbox.approve(signatures, check())));
      out.flush();
    } catch (GeneralSecurityException unusable) {
      throw new NotApproved("this machine can't do that: " + unusable.getMessage());
    } finally {
      Arrays.fill(opening, '\0');
    }
  }

  /**
   * What the server wants signed: the approval of that request, and where it is part of an order
   * those of the other parts, for the same holder and by the same applicant.
   */
  static List<ApprovalStatement> statements(Map<UUID, Bytes> octets, UUID request)
      throws NotApproved {
    Bytes asked = octets.get(request);
    if (asked == null) {
      throw new NotApproved("the server wants other requests' approvals signed");
    }
    ApprovalStatement first = statement(asked, request);
    List<ApprovalStatement> statements = new ArrayList<>();
    for (Map.Entry<UUID, Bytes> part : octets.entrySet()) {
      ApprovalStatement other = statement(part.getValue(), part.getKey());
      if (!other.subject().equals(first.subject())
          || !other.tenant().equals(first.tenant())
          || !other.applicant().equals(first.applicant())) {
        throw new NotApproved("the server wants another holder's approval signed along with it");
      }
      statements.add(other);
    }
    return List.copyOf(statements);
  }

  /** What the server wants signed: an approval, and of that request. */
  static ApprovalStatement statement(Bytes octets, UUID request) throws NotApproved {
    try {
      ApprovalStatement statement = ApprovalStatement.decode(octets);
      if (!statement.request().equals(request)) {
        throw new NotApproved(
            "the server wants another request's approval signed, " + statement.request());
      }
      return statement;
    } catch (MalformedEvidence malformed) {
      throw new NotApproved("what the server wants signed is no approval");
    }
  }

  /**
   * What the server wants signed of a recovery: that keys of one owner are given out, to one
   * person, for one reason. A statement doesn't say which recovery it belongs to, so what counts is
   * what it says in words.
   */
  static List<ReleaseStatement> releases(Map<UUID, Bytes> octets) throws NotApproved {
    List<ReleaseStatement> statements = new ArrayList<>();
    for (Map.Entry<UUID, Bytes> part : octets.entrySet()) {
      ReleaseStatement statement = release(part.getValue(), part.getKey());
      ReleaseStatement first = statements.isEmpty() ? statement : statements.getFirst();
      if (!owner(statement).equals(owner(first))
          || !statement.reason().equals(first.reason())
          || !statement.tenant().equals(first.tenant())
          || !statement.applicant().equals(first.applicant())) {
        throw new NotApproved("the server wants another owner's keys released along with these");
      }
      statements.add(statement);
    }
    return List.copyOf(statements);
  }

  /** What the server wants signed: a release, and that one. */
  private static ReleaseStatement release(Bytes octets, UUID release) throws NotApproved {
    try {
      ReleaseStatement statement = ReleaseStatement.decode(octets);
      if (!statement.request().equals(release)) {
        throw new NotApproved("the server wants another release signed, " + statement.request());
      }
      return statement;
    } catch (MalformedEvidence malformed) {
      throw new NotApproved("what the server wants signed is no release");
    }
  }

  /** Before the certificate, which differs from key to key. */
  private static String owner(ReleaseStatement statement) {
    int certificate = statement.owner().lastIndexOf(" – ");
    return certificate < 0 ? statement.owner() : statement.owner().substring(0, certificate);
  }

  /** The server says what is wrong with it. */
  private Map<String, String> check() {
    return check == null
        ? Map.of()
        : Map.of(
            "kind",
            check,
            "on",
            checkedOn == null ? LocalDate.now(ZoneId.systemDefault()).toString() : checkedOn);
  }

  private URI door(URI page) {
    return door != null
        ? door
        : page.resolve(
            "https://" + page.getHost() + ":" + (page.getPort() < 0 ? 8444 : page.getPort() + 1));
  }

  private OfficerFile file(char[] password) throws NotApproved {
    try {
      OfficerFile file = OfficerFile.read(key, password);
      if (!file.isCertified()) {
        throw new NotApproved(key + " holds a key that nobody has certified yet");
      }
      return file;
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new NotApproved(
          key + " can't be opened with this password: " + unreadable.getMessage());
    }
  }

  private OfficerKey officer(OfficerFile file) throws GeneralSecurityException, NotApproved {
    try {
      return file.officerKey();
    } catch (IllegalArgumentException otherKind) {
      throw new NotApproved(String.valueOf(otherKind.getMessage()));
    }
  }

  private X509Certificate anchor() throws NotApproved {
    try (var in = Files.newInputStream(root)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new NotApproved(root + " is no certificate that can be read");
    }
  }

  private char[] secret(String question, PrintWriter out) throws NotApproved {
    Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (console.isEmpty()) {
      return line().toCharArray();
    }
    out.print(question + " ");
    out.flush();
    char[] typed = console.get().readPassword();
    if (typed == null) {
      throw new NotApproved("the input ended");
    }
    return typed;
  }

  private String line() throws NotApproved {
    try {
      @Nullable String line = answers.readLine();
      if (line != null) {
        return line.strip();
      }
    } catch (IOException _) {
      // Told below.
    }
    throw new NotApproved("the input ended");
  }
}
