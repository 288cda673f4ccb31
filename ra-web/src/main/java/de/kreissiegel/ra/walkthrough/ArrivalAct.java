package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.ra.credentials.DemoRole;
import java.util.ArrayList;
import java.util.List;

/** A member of staff arrives: who are they, what are they offered, what is left of last time. */
final class ArrivalAct {
  static final String PROFILE = "vpn-client";

  private final Stage stage;
  private final Desk staff;

  ArrivalAct(Stage stage) throws Surprise {
    this.stage = stage;
    this.staff = stage.as(DemoRole.STAFF);
  }

  /**
   * The offer that is taken up.
   *
   * @param subject the id of whom the certificate shall name
   * @param tenant on behalf of which tenant
   */
  record VpnOffer(String subject, String tenant) {}

  /** Plays the act; {@code dn} is the person's entry in the directory. */
  VpnOffer play(String dn) throws Surprise {
    stage
        .narrator()
        .step("The directory is asked for " + staff.person().login(), () -> findEnabled(dn));
    stage.narrator().step(staff.person().name() + " logs in", this::logIn);
    var offer = stage.narrator().step("Looks at what is offered", this::offers);
    stage.narrator().step("Takes back what is still open", this::takeBack);
    return offer;
  }

  private Seen<String> findEnabled(String dn) throws Surprise {
    try (var directory = stage.doors().directory()) {
      if (directory.isDisabled(dn)) {
        directory.enable(dn);
        return new Seen<>(dn, dn + " was still disabled by an earlier walkthrough, now it isn't");
      }
      return new Seen<>(dn, dn + " is there and enabled");
    }
  }

  private Seen<String> logIn() throws Exception {
    var me = staff.me();
    var tenants = me.texts("tenants");
    var person = staff.person();
    Surprise.unless(
        tenants.contains(person.tenant()), person.tenant() + " among the tenants", "" + tenants);
    Surprise.unless(
        me.texts("officerFor").isEmpty(),
        "a member of staff who decides for nobody",
        "one who decides for " + me.texts("officerFor"));
    return new Seen<>(
        me.text("displayName"),
        "the demo knows " + me.text("displayName") + ", works for " + String.join(", ", tenants));
  }

  private Seen<VpnOffer> offers() throws Exception {
    var offers = staff.offers();
    for (Json offer : offers) {
      var profile = offer.inner("profile");
      if (profile.text("name").equals(PROFILE)
          && offer.text("tenant").equals(staff.person().tenant())) {
        var subject = offer.inner("subject").text("id");
        var sentence =
            "%d offers, among them %s (%s)"
                .formatted(offers.size(), PROFILE, profile.text("title"));
        return new Seen<>(new VpnOffer(subject, staff.person().tenant()), sentence);
      }
    }
    throw new Surprise(
        "an offer of " + PROFILE + " for " + staff.person().tenant(), offers.size() + " others");
  }

  private Seen<List<String>> takeBack() throws Exception {
    var withdrawn = new ArrayList<String>();
    for (Application application : staff.applications("own")) {
      if (application.canBeWithdrawn()) {
        var after = staff.withdraw(application.id());
        Surprise.unless(after.is(Application.WITHDRAWN), "the state withdrawn", after.state());
        withdrawn.add(application.id());
      }
    }
    var sentence =
        withdrawn.isEmpty() ? "nothing was open" : withdrawn.size() + " applications withdrawn";
    return new Seen<>(withdrawn, sentence);
  }
}
