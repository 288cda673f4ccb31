package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.hsm.approval.OfficerKey;
import de.kreissiegel.ra.credentials.CredentialsFile;
import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.credentials.DemoRole;
import de.kreissiegel.ra.officer.OfficerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Before the story can begin: the district's registration officers get their certificates, over the
 * same doors as everybody. The two who lead them were named in the ceremony, so theirs are made
 * without approval; they sign the others'. Then who holds an office gets one to log in with by a
 * browser, approved by a colleague. What was begun is gone on with; done once, it does nothing.
 */
public final class Appointments {
  /** Who appoints, and is named in the ceremony. */
  public static final List<DemoRole> FIRST =
      List.of(DemoRole.LEAD_OFFICER, DemoRole.SECOND_LEAD_OFFICER);

  private static final List<DemoRole> OTHERS =
      List.of(DemoRole.OFFICER, DemoRole.SECOND_OFFICER, DemoRole.FOREIGN_OFFICER);

  /** Who logs in by a certificate of their own, and who of their house approves it. */
  private static final Map<DemoRole, DemoRole> LOG_IN =
      new EnumMap<>(
          Map.of(
              DemoRole.LEAD_OFFICER, DemoRole.SECOND_LEAD_OFFICER,
              DemoRole.SECOND_LEAD_OFFICER, DemoRole.LEAD_OFFICER,
              DemoRole.OFFICER, DemoRole.SECOND_OFFICER,
              DemoRole.SECOND_OFFICER, DemoRole.OFFICER,
              DemoRole.AUDITOR, DemoRole.LEAD_OFFICER,
              DemoRole.HELP_DESK, DemoRole.LEAD_OFFICER));

  private static final Duration ISSUED_WITHIN = Duration.ofMinutes(1);
  private static final String OFFICER = "registration-officer";
  private static final String AUTHENTICATION = "authentication";

  private final Path data;
  private final DemoCredentials credentials;
  private final SecureRandom random;
  private final Clock clock;

  /** What was opened once: a password that is hard to guess at takes its time each time. */
  private final Map<Path, OfficerFile> opened = new HashMap<>();

  private Appointments(Path data, DemoCredentials credentials, SecureRandom random, Clock clock) {
    this.data = data;
    this.credentials = credentials;
    this.random = random;
    this.clock = clock;
  }

  /** The officers of this demo. */
  public static Appointments of(Path data, SecureRandom random, Clock clock) throws IOException {
    return new Appointments(data, new CredentialsFile(data).read(), random, clock);
  }

  /** Whether all of them have what they need. */
  public boolean areMade() throws IOException, GeneralSecurityException {
    for (DemoRole role : DemoRole.values()) {
      if ((FIRST.contains(role) || OTHERS.contains(role)) && !isCertified(file(role))
          || LOG_IN.containsKey(role) && !isCertified(loginFile(role))) {
        return false;
      }
    }
    return true;
  }

  private boolean isCertified(Path file) throws IOException, GeneralSecurityException {
    return Files.exists(file) && read(file).isCertified();
  }

  /**
   * Makes what is missing, against the demo that runs.
   *
   * @throws Surprise if the demo doesn't let it
   */
  public void make() throws Surprise, IOException, GeneralSecurityException {
    try (var doors = new PublicDoors(data, credentials, Anchors.read(data))) {
      for (DemoRole role : FIRST) {
        certified(doors, role);
      }
      for (DemoRole role : OTHERS) {
        certified(doors, role);
      }
      for (DemoRole role : LOG_IN.keySet()) {
        loginCertified(doors, role);
      }
    } catch (Surprise | IOException | GeneralSecurityException | RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new Surprise("officers' certificates", failure.toString());
    }
  }

  private void certified(PublicDoors doors, DemoRole role) throws Exception {
    certified(doors, role, OFFICER, file(role), FIRST);
  }

  private void loginCertified(PublicDoors doors, DemoRole role) throws Exception {
    certified(
        doors,
        role,
        AUTHENTICATION,
        loginFile(role),
        List.of(Objects.requireNonNull(LOG_IN.get(role))));
  }

  private void certified(
      PublicDoors doors, DemoRole role, String profile, Path place, List<DemoRole> approving)
      throws Exception {
    OfficerFile file = keyOf(place);
    if (file.isCertified()) {
      return;
    }
    var desk = new Desk(doors.as(role));
    Application application = application(desk, profile, file);
    if (application.is(Application.AWAITING_APPROVAL)) {
      for (DemoRole one : approving) {
        OfficerKey key = read(file(one)).officerKey();
        new Desk(doors.as(one)).tryToApprove(application.id(), key).expect(200, 409);
      }
    }
    application = decided(desk, application.id());
    Surprise.unless(
        application.is(Application.ISSUED), "an issued certificate", application.state());
    List<X509Certificate> chain =
        Anchors.parse(
            desk.file(
                application.authority().orElseThrow(),
                application.serial().orElseThrow(),
                "chain"));
    Surprise.unless(
        chain.getFirst().getPublicKey().equals(file.certificate().getPublicKey()),
        "a certificate for " + role.key() + "'s key",
        "one for another key");
    write(place, new OfficerFile(file.key(), chain));
  }

  /** On a busy machine what was approved may be signed a little later. */
  private static Application decided(Desk desk, String id) throws Exception {
    return Patience.until(
            ISSUED_WITHIN,
            "an issued certificate",
            () ->
                Optional.of(desk.application(id))
                    .filter(one -> one.is(Application.ISSUED) || one.isOver()))
        .value();
  }

  /** The one that was sent before, or a new one. */
  private static Application application(Desk desk, String profile, OfficerFile file)
      throws Exception {
    for (Application one : desk.applications("own")) {
      if (one.profile().equals(profile) && !one.isOver()) {
        return one;
      }
    }
    String own = desk.me().text("id");
    for (Json offer : desk.offers()) {
      if (offer.inner("profile").text("name").equals(profile)
          && offer.inner("subject").text("id").equals(own)) {
        var pair = new KeyPair(file.certificate().getPublicKey(), file.key());
        String id =
            desk.submit(
                offer.inner("subject").text("id"),
                offer.text("tenant"),
                profile,
                new ClientKey(pair).certificationRequest(),
                "");
        return desk.application(id);
      }
    }
    throw new Surprise("an offer of " + profile + " for " + desk.person().login(), "none");
  }

  /** Made and on disk before anybody hears of it. */
  private OfficerFile keyOf(Path file) throws IOException, GeneralSecurityException {
    if (!Files.exists(file)) {
      write(file, OfficerFile.uncertified(ClientKey.make(random).pair(), clock.instant()));
    }
    return read(file);
  }

  private OfficerFile read(Path file) throws IOException, GeneralSecurityException {
    OfficerFile known = opened.get(file);
    if (known == null) {
      known = OfficerFile.read(file, password());
      opened.put(file, known);
    }
    return known;
  }

  private void write(Path file, OfficerFile content) throws IOException, GeneralSecurityException {
    content.write(file, password());
    opened.put(file, content);
  }

  private Path file(DemoRole role) {
    return DemoCredentials.keyFile(data, credentials.person(role));
  }

  private Path loginFile(DemoRole role) {
    return DemoCredentials.loginFile(data, credentials.person(role));
  }

  private char[] password() {
    return credentials.officerKeyPassword().toCharArray();
  }
}
