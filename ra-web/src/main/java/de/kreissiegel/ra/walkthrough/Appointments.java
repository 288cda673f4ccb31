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
import java.util.List;
import java.util.Optional;

/**
 * Before the story can begin: the district's registration officers get their certificates, over the
 * same doors as everybody. The two who lead them were named in the ceremony, so theirs are made
 * without approval; they sign the others'. What was begun is gone on with; done once, it does
 * nothing.
 */
public final class Appointments {
  /** Who appoints, and is named in the ceremony. */
  public static final List<DemoRole> FIRST =
      List.of(DemoRole.LEAD_OFFICER, DemoRole.SECOND_LEAD_OFFICER);

  private static final List<DemoRole> OTHERS =
      List.of(DemoRole.OFFICER, DemoRole.SECOND_OFFICER, DemoRole.FOREIGN_OFFICER);
  private static final Duration ISSUED_WITHIN = Duration.ofMinutes(1);
  private static final String PROFILE = "registration-officer";

  private final Path data;
  private final DemoCredentials credentials;
  private final SecureRandom random;
  private final Clock clock;

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
      if ((FIRST.contains(role) || OTHERS.contains(role))
          && (!Files.exists(file(role)) || !read(role).isCertified())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Makes what is missing, against the demo that runs.
   *
   * @throws Surprise if the demo doesn't let it
   */
  public void make() throws Surprise, IOException, GeneralSecurityException {
    try (var doors = new PublicDoors(credentials, Anchors.read(data))) {
      for (DemoRole role : FIRST) {
        certified(doors, role);
      }
      for (DemoRole role : OTHERS) {
        certified(doors, role);
      }
    } catch (Surprise | IOException | GeneralSecurityException | RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new Surprise("officers' certificates", failure.toString());
    }
  }

  private void certified(PublicDoors doors, DemoRole role) throws Exception {
    OfficerFile file = keyOf(role);
    if (file.isCertified()) {
      return;
    }
    var desk = new Desk(doors.as(role));
    Application application = application(desk, file);
    if (application.is(Application.AWAITING_APPROVAL)) {
      for (DemoRole lead : FIRST) {
        OfficerKey key = read(lead).officerKey();
        new Desk(doors.as(lead)).tryToApprove(application.id(), key).expect(200, 409);
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
    new OfficerFile(file.key(), chain).write(file(role), password());
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
  private static Application application(Desk desk, OfficerFile file) throws Exception {
    for (Application one : desk.applications("own")) {
      if (one.profile().equals(PROFILE) && !one.isOver()) {
        return one;
      }
    }
    for (Json offer : desk.offers()) {
      if (offer.inner("profile").text("name").equals(PROFILE)) {
        var pair = new KeyPair(file.certificate().getPublicKey(), file.key());
        String id =
            desk.submit(
                offer.inner("subject").text("id"),
                offer.text("tenant"),
                PROFILE,
                new ClientKey(pair).certificationRequest(),
                "");
        return desk.application(id);
      }
    }
    throw new Surprise("an offer of " + PROFILE + " for " + desk.person().login(), "none");
  }

  /** Made and on disk before anybody hears of it. */
  private OfficerFile keyOf(DemoRole role) throws IOException, GeneralSecurityException {
    if (!Files.exists(file(role))) {
      OfficerFile.uncertified(ClientKey.make(random).pair(), clock.instant())
          .write(file(role), password());
    }
    return read(role);
  }

  private OfficerFile read(DemoRole role) throws IOException, GeneralSecurityException {
    return OfficerFile.read(file(role), password());
  }

  private Path file(DemoRole role) {
    return DemoCredentials.keyFile(data, credentials.person(role));
  }

  private char[] password() {
    return credentials.officerKeyPassword().toCharArray();
  }
}
