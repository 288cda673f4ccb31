package de.kreissiegel.ra.path;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Good and spoiled paths, and what openssl and GnuTLS's certtool say of the same files. */
@AgainstPeer({Peer.OPENSSL, Peer.CERTTOOL})
class OtherValidatorsPeerTest {
  private static final int USAGE = Hierarchy.Recipe.CERT_SIGN_CRL_SIGN;

  /** What is spoiled, and our reason; "" for a good path. */
  private static final Map<String, Hierarchy.Recipe> RECIPES = recipes();

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("nothing", ""),
          Map.entry("the holder's time is over", "path.expired"),
          Map.entry("the authority's time is over", "path.expired"),
          Map.entry("the authority is none", "path.no-authority"),
          Map.entry("the authority may not sign certificates", "path.key-cert-sign"),
          Map.entry("the authority may not sign CRLs", "status.unknown"),
          Map.entry("the authority is forged", "path.signature"),
          Map.entry("the holder is revoked", "status.revoked"),
          Map.entry("the authority is revoked", "status.revoked"),
          Map.entry("the CRL is out of date", "status.stale"));

  private static Map<String, Hierarchy.Recipe> recipes() {
    var all = new LinkedHashMap<String, Hierarchy.Recipe>();
    all.put("nothing", Hierarchy.Recipe.good());
    all.put("the holder's time is over", recipe(true, false, 1460, USAGE, -1, 0, 7));
    all.put("the authority's time is over", recipe(true, false, -1, USAGE, 365, 0, 7));
    all.put("the authority is none", recipe(false, false, 1460, USAGE, 365, 0, 7));
    all.put("the authority may not sign certificates", recipe(true, false, 1460, 2, 365, 0, 7));
    all.put("the authority may not sign CRLs", recipe(true, false, 1460, 4, 365, 0, 7));
    all.put("the authority is forged", recipe(true, true, 1460, USAGE, 365, 0, 7));
    all.put("the holder is revoked", recipe(true, false, 1460, USAGE, 365, 3, 7));
    all.put("the authority is revoked", recipe(true, false, 1460, USAGE, 365, 2, 7));
    all.put("the CRL is out of date", recipe(true, false, 1460, USAGE, 365, 0, -1));
    return all;
  }

  private static Hierarchy.Recipe recipe(
      boolean authority,
      boolean forged,
      int authorityDays,
      int usage,
      int holderDays,
      int revoked,
      int listDays) {
    return new Hierarchy.Recipe(
        1, authority, forged, authorityDays, usage, holderDays, revoked, listDays);
  }

  @TempDir Path folder;

  @Test
  void opensslAgreesOnEach(@AgainstPeer(Peer.OPENSSL) PeerSession openssl) throws Exception {
    for (var one : RECIPES.entrySet()) {
      Hierarchy hierarchy = made(one.getKey(), one.getValue());
      Output said =
          openssl.run(
              "verify",
              "-x509_strict",
              "-crl_check_all",
              "-CRLfile",
              hierarchy.file("root.crl").toString(),
              "-CRLfile",
              hierarchy.file("authority.crl").toString(),
              "-CAfile",
              hierarchy.file("root.pem").toString(),
              "-untrusted",
              hierarchy.file("authority.pem").toString(),
              hierarchy.file("holder.pem").toString());
      boolean good = REASONS.get(one.getKey()).isEmpty();
      openssl.sees(
          one.getKey(), () -> assertThat(said.exit() == 0).as(said.text()).isEqualTo(good));
      assertThat(ours(hierarchy)).as(one.getKey()).contains(expected(one.getKey()));
    }
  }

  /**
   * certtool doesn't ask for a CRL of each authority, and takes one that is out of date; those are
   * the two differences.
   */
  @Test
  void certtoolAgreesOnAllButCrls(@AgainstPeer(Peer.CERTTOOL) PeerSession certtool)
      throws Exception {
    for (var one : RECIPES.entrySet()) {
      Hierarchy hierarchy = made(one.getKey(), one.getValue());
      Path chain = folder.resolve("chain.pem");
      Files.writeString(
          chain,
          Files.readString(hierarchy.file("holder.pem"))
              + Files.readString(hierarchy.file("authority.pem")));
      Path lists = folder.resolve("lists.pem");
      Files.writeString(
          lists,
          Files.readString(hierarchy.file("root.crl"))
              + Files.readString(hierarchy.file("authority.crl")));
      Output said =
          certtool.run(
              "--verify",
              "--load-ca-certificate",
              hierarchy.file("root.pem").toString(),
              "--load-crl",
              lists.toString(),
              "--infile",
              chain.toString());
      String reason = REASONS.get(one.getKey());
      boolean good =
          reason.isEmpty() || reason.equals("status.stale") || reason.equals("status.unknown");
      certtool.sees(
          one.getKey(), () -> assertThat(said.exit() == 0).as(said.text()).isEqualTo(good));
    }
  }

  private Hierarchy made(String name, Hierarchy.Recipe recipe) throws Exception {
    var hierarchy = new Hierarchy(Files.createDirectories(folder.resolve(name.replace(' ', '-'))));
    hierarchy.make(recipe);
    return hierarchy;
  }

  private static String expected(String name) {
    String reason = REASONS.get(name);
    return reason.isEmpty() ? "\"valid\" : true" : "\"id\" : \"" + reason + "\"";
  }

  private static String ours(Hierarchy hierarchy) {
    var words = new StringWriter();
    var out = new PrintWriter(words, true);
    new CommandLine(new VerifyPathCommand())
        .setOut(out)
        .setErr(out)
        .execute(
            "--anchor",
            hierarchy.file("root.pem").toString(),
            "--chain",
            hierarchy.file("authority.pem").toString(),
            "--chain",
            hierarchy.file("holder.pem").toString(),
            "--crl",
            hierarchy.file("root.crl").toString(),
            "--crl",
            hierarchy.file("authority.crl").toString(),
            "--policy-set",
            "rfc5280",
            "--format",
            "json");
    return words.toString();
  }
}
