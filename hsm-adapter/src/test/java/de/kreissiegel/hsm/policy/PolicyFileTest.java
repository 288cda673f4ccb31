package de.kreissiegel.hsm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolicyFileTest {
  private static final KeyId KEY = new KeyId("people");
  private static final Bytes PUBLIC_KEY = Bytes.fromHex("30820122");

  private static String written() {
    return PolicyFile.write(KEY, PUBLIC_KEY, SamplePolicy.policy());
  }

  private static KeyPolicy read(String text) throws PolicyFault {
    return PolicyFile.read(KEY, PUBLIC_KEY, "people.yaml", text);
  }

  /** A policy with one passage changed must be refused, at that passage's line. */
  private static void fault(String passage, String changed, String sentence) {
    String text = written();
    assertThat(text).contains(passage);
    int at = text.indexOf(passage);
    String broken = text.substring(0, at) + changed + text.substring(at + passage.length());
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(PolicyFault.class)
        .hasMessageStartingWith("people.yaml, line ")
        .hasMessageContaining(sentence);
  }

  @Test
  void readsWhatItWrites() throws Exception {
    assertThat(read(written())).isEqualTo(SamplePolicy.policy());
    assertThat(PolicyFile.write(KEY, PUBLIC_KEY, read(written()))).isEqualTo(written());
  }

  @Test
  void readsWhateverItWrites() throws Exception {
    long seed = new Random().nextLong();
    RandomPolicies policies = new RandomPolicies(new Random(seed));
    for (int i = 0; i < 400; i++) {
      KeyPolicy policy = policies.next();
      String text = PolicyFile.write(KEY, PUBLIC_KEY, policy);
      assertThat(read(text)).as("seed " + seed + " policy " + i + "\n" + text).isEqualTo(policy);
    }
  }

  @Test
  void neverThrowsAnythingButFaults() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String good = written();
    for (int i = 0; i < 400; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int k = random.nextInt(4); k >= 0; k--) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(30));
        String other = good.substring(from / 2, from / 2 + random.nextInt(20));
        text.replace(from, to, random.nextBoolean() ? "" : other);
      }
      try {
        read(text.toString());
      } catch (PolicyFault expected) {
        assertThat(expected).hasMessageMatching("(?s)people.yaml, line \\d+: .*");
      } catch (RuntimeException escaped) {
        throw new AssertionError("seed " + seed + " round " + i + "\n" + text, escaped);
      }
    }
  }

  @Test
  void namesLineAndRemedyOfAFault() {
    fault("- name: server", "- name: mail", "the kind \"mail\" stands twice; rename one");
    fault("extended-key-usages: [serverAuth]", "organizations: []", "put the narrower one first");
    fault("[emailProtection]", "[emailProtektion]", "write extended key usages such as");
    fault("organization: \"Stadt Ebern\"", "organization: \"Stadt Haßfurt\"", "stands twice");
    fault("mail: [ebern.example]", "mail: [Ebern.example]", "no domain in lower case");
    fault("algorithm: P-256", "algorithm: P-192", "write a kind of key such as P-256");
    fault("least-bits: 3072", "least-bits: 1024", "RSA has at least 2048 bits");
    fault("officers: 1", "officers: 3", "0, 1 or 2 officers");
    fault("longest: P365D", "longest: 365", "write a duration such as P30D");
    fault("postdating:", "postdatign:", "\"postdatign\" is not known here");
    fault("name: cRLDistributionPoints", "name: keyUsage", "is not known here");
    fault("per-minute: 2", "per-minute: 0", "leave it out for no limit");
    fault("kinds:", "kind:", "there is no kind");
    fault("dns: {", "dsn: {", "no form of name is called dsn");
  }

  @Test
  void tellsTheLineOfTheKindThatIsWrong() {
    String text = written().replace("- name: server", "- name: mail");
    long line = written().substring(0, written().indexOf("- name: server")).lines().count();
    assertThatThrownBy(() -> read(text)).hasMessageStartingWith("people.yaml, line " + line + ":");
  }

  @Test
  void endsAnException() throws Exception {
    KeyTerms terms =
        read(written()
                + """
                    exception:
                      reason: "The old gateway knows nothing else"
                      owner: "IT-Leitung"
                      until: 2026-12-31T00:00:00Z
                    """)
            .terms();
    var exception = de.kreissiegel.hsm.signing.KeyAlgorithm.Standing.EXCEPTION;
    var end = terms.exception().orElseThrow().until();
    terms.require(exception, end.minusSeconds(1));
    assertThatThrownBy(() -> terms.require(exception, end))
        .hasMessageStartingWith("exception-ended:");
    assertThatThrownBy(() -> KeyTerms.USUAL.require(exception, end))
        .hasMessageStartingWith("exception:");
  }
}
