package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.policyset.PolicySet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says of an authority's names, policy set and algorithm. */
class PlanRulesTest {
  private static final AuthorityName PEOPLE = new AuthorityName("people");
  private static final String CONSTRAINED =
      "CA 1, policy-set: bsi-strict, names: {dns: [hassberge.example], mail: [hassberge.example]}}";
  @TempDir private Path folder;

  @Test
  void namesAndPolicySetOfThePlanStandInTheHierarchy() throws Exception {
    Rehearsal rehearsal = plan("Personen CA 1}", "Personen " + CONSTRAINED);
    rehearsal.init();
    var catalog = AuthorityFiles.read(new Place(rehearsal.data).authorities());
    assertThat(catalog.line(PEOPLE).orElseThrow().policySet()).isEqualTo(PolicySet.BSI_STRICT);
    X509Certificate people = Papers.parse(catalog.get(PEOPLE).certificate());
    String constraints = Extension.nameConstraints.getId();
    assertThat(people.getCriticalExtensionOIDs()).contains(constraints);
    var read =
        NameConstraints.getInstance(
            JcaX509ExtensionUtils.parseExtensionValue(people.getExtensionValue(constraints)));
    assertThat(read.getPermittedSubtrees())
        .extracting(GeneralSubtree::getBase)
        .extracting(Object::toString)
        .containsExactly("2: hassberge.example", "1: hassberge.example");
    assertThat(people.getBasicConstraints()).isZero();
    X509Certificate devices = Papers.parse(catalog.get(new AuthorityName("devices")).certificate());
    assertThat(devices.getExtensionValue(constraints)).isNull();
  }

  @Test
  void anAlgorithmThatIsOverMakesNoAuthority() throws Exception {
    Rehearsal rehearsal = plan("Personen CA 1}", "Personen CA 1, algorithm: rsa-3072-pkcs1}");
    assertThatThrownBy(rehearsal::init)
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("calendar.pkcs1");
    assertThat(rehearsal.data.resolve("vault")).doesNotExist();
  }

  @Test
  void whatIsNoDomainPolicySetOrExceptionIsSaidWithItsPlace() throws Exception {
    assertThatThrownBy(plan("Personen CA 1}", "Personen CA 1, names: {dns: ['*.x']}}")::init)
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("not a domain");
    assertThatThrownBy(plan("CA 1}", "CA 1, policy-set: lax}")::init)
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("no policy set 'lax'");
    assertThatThrownBy(plan("shares:", "exceptions: [{rule: calendar.ml-dsa-44}]\nshares:")::init)
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("exceptions.owner: is missing");
  }

  @Test
  void anEscrowKeyIsMadeWhereThePlanSaysSoAndOpensNothingForOneOfficerAlone() throws Exception {
    CeremonyPlan without = CeremonyPlan.read(plan("shares:", "shares:").plan());
    assertThat(without.escrow()).isEmpty();
    assertThat(without.algorithms()).doesNotContainKey(CeremonyPlan.ESCROW);

    CeremonyPlan with = CeremonyPlan.read(plan("shares:", "escrow: {officers: 3}\nshares:").plan());
    assertThat(with.escrow()).contains(3);
    assertThat(with.algorithm(CeremonyPlan.ESCROW)).isEqualTo("rsa-3072-decrypt");
    assertThat(with.auditKey()).isEqualTo(without.auditKey());
    assertThatThrownBy(plan("shares:", "escrow: {officers: 1}\nshares:")::init)
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("nobody opens an escrowed key alone");
  }

  private Rehearsal plan(String is, String becomes) throws Exception {
    Path own = Files.createTempDirectory(folder, "plan");
    var rehearsal = new Rehearsal(own, Clock.systemUTC());
    String text = Files.readString(rehearsal.plan());
    assertThat(text).contains(is);
    Files.writeString(
        rehearsal.plan(),
        text.replaceFirst(
            java.util.regex.Pattern.quote(is), java.util.regex.Matcher.quoteReplacement(becomes)));
    return rehearsal;
  }
}
