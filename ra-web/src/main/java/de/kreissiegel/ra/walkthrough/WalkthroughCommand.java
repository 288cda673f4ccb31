package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.ra.credentials.CredentialsFile;
import de.kreissiegel.ra.credentials.CredentialsUnreadable;
import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.credentials.DemoRole;
import de.kreissiegel.ra.officer.OfficerFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code walkthrough [--data DIR]}. Exit status 0 if everything was as the story says, 1 at the
 * first surprise, which is said in one sentence on standard error.
 */
@Command(
    name = "walkthrough",
    mixinStandardHelpOptions = true,
    description = {
      "Plays the main job against a running demo over its public doors: log in, apply, approve,",
      "fetch, validate by OCSP and CRL, leave the directory, revoked, validated again.",
      "One line a step with what was seen; exit 1 at the first surprise."
    })
public final class WalkthroughCommand implements Callable<Integer> {
  private final Clock clock;
  private final SecureRandom random;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The demo's data directory, of which demo-credentials.txt and trust/*.pem are read"
              + " (default: data/demo beside this program).")
  private Path data = Path.of(System.getProperty("kreissiegel.home", "."), "data", "demo");

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  /** With the system's clock and randomness, as the launcher makes it. */
  public WalkthroughCommand() {
    this(Clock.systemUTC(), new SecureRandom());
  }

  WalkthroughCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      play(new Narrator(out));
      return 0;
    } catch (Surprise surprise) {
      err.println("The walkthrough stopped: " + surprise.getMessage() + ".");
    } catch (CredentialsUnreadable fault) {
      err.println(fault.getMessage() + ".");
    } catch (IOException fault) {
      err.println("The walkthrough can't read its files: " + fault + ".");
    } catch (GeneralSecurityException fault) {
      err.println("The walkthrough can't set up TLS: " + fault.getMessage() + ".");
    }
    err.flush();
    return 1;
  }

  private void play(Narrator narrator) throws Surprise, IOException, GeneralSecurityException {
    DemoCredentials credentials = new CredentialsFile(data).read();
    var anchors = Anchors.read(data);
    long begun = System.nanoTime();
    narrator.say(
        "The main job, played against %s over its public doors."
            .formatted(credentials.addresses().web()));
    try (var doors = new PublicDoors(data, credentials, anchors);
        var workspace = Workspace.open()) {
      var officer =
          OfficerFile.read(
                  DemoCredentials.keyFile(data, credentials.person(DemoRole.OFFICER)),
                  credentials.officerKeyPassword().toCharArray())
              .officerKey();
      new Story(new Stage(narrator, doors, anchors, officer, clock, random), workspace).play();
    }
    var took = Duration.ofNanos(System.nanoTime() - begun);
    narrator.say(
        "All %d steps were as the story says, in %s."
            .formatted(narrator.steps(), Text.seconds(took)));
  }
}
