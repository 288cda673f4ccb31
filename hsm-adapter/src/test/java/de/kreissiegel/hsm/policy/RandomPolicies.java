package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.policy.NameRules.Count;
import de.kreissiegel.hsm.policy.SubjectRules.AttributeRule;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Structures;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x500.X500Name;

/** Policies that nobody would write. */
final class RandomPolicies {
  private static final List<String> IDENTIFIERS =
      List.of("2.5.29.14", "2.5.29.37", "1.3.6.1.5.5.7.3.9", "2.5.4.3", "1.2.3.4", "2.999.77");
  private static final List<String> DOMAINS =
      List.of("a.example", "xn--hafurt-cta.example", "localhost", "0.example", "no");
  private static final String LETTERS = "aZß \"\\:#-[]{},'&*!|>%@`\u00e9\u0000\n\t\u2028\ufeff~=0";

  private final Random random;

  RandomPolicies(Random random) {
    this.random = random;
  }

  KeyPolicy next() {
    return new KeyPolicy(
        maybe(this::certificates),
        maybe(() -> new ListRules(name(), duration(), duration(), maybe(this::octets), forms())),
        maybe(() -> new OcspRules(maybe(this::name), duration(), duration())),
        random.nextBoolean(),
        false,
        LesserRules.NONE,
        maybe(this::officers),
        new KeyTerms(rate(), maybe(this::activity), maybe(this::exception), coin(), coin()));
  }

  private ListForms forms() {
    if (coin()) {
      return ListForms.PLAIN;
    }
    ListForms.Deltas[] deltas = ListForms.Deltas.values();
    return new ListForms(
        Optional.of("http://pki.example/crl/" + random.nextInt(9) + ".crl"),
        random.nextInt(257),
        deltas[random.nextInt(deltas.length)],
        coin(),
        coin());
  }

  private RecordedException exception() {
    return new RecordedException(text(), text(), instant());
  }

  private ActivityTerms activity() {
    return new ActivityTerms(
        Optional.of(duration()),
        maybe(
            () ->
                new ActivityTerms.Hours(
                    LocalTime.of(random.nextInt(12), random.nextInt(60)),
                    LocalTime.of(12 + random.nextInt(12), random.nextInt(60)),
                    ZoneId.of(coin() ? "Europe/Berlin" : "Z"))));
  }

  private OfficerRules officers() {
    return new OfficerRules(
        "officer",
        new HashSet<>(list(3, this::octets)),
        duration(),
        duration(),
        maybe(() -> new SecurityKeyRules("pki.example", "https://pki.example:8443")));
  }

  private CertificateRules certificates() {
    List<TenantRules> tenants = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Map<String, Set<String>> subtree = new HashMap<>();
      list(2, () -> pick(IDENTIFIERS)).forEach(type -> subtree.put(type, texts()));
      tenants.add(new TenantRules(i + text(), domains(), domains(), subtree));
    }
    List<CertificateKind> kinds = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      kinds.add(kind("kind-" + i));
      try {
        rules(tenants, kinds);
      } catch (IllegalArgumentException unreachable) {
        kinds.removeLast();
      }
    }
    return rules(tenants, kinds);
  }

  private CertificateRules rules(List<TenantRules> tenants, List<CertificateKind> kinds) {
    return new CertificateRules(name(), maybe(this::octets), instant(), tenants, kinds);
  }

  private CertificateKind kind(String name) {
    boolean authority = coin();
    return new CertificateKind(
        name,
        new Marks(
            authority,
            maybe(this::coin),
            new HashSet<>(list(3, this::usages)),
            maybe(() -> new HashSet<>(list(3, () -> pick(IDENTIFIERS)))),
            maybe(() -> new HashSet<>(list(3, () -> pick(IDENTIFIERS)))),
            texts()),
        authority ? OptionalInt.of(random.nextInt(3)) : OptionalInt.empty(),
        new ValidityRules(duration(), maybe(this::instant), duration(), maybe(this::duration)),
        maybe(this::content),
        coin(),
        rate(),
        new ApprovalRule(random.nextInt(3), coin()));
  }

  private ContentRules content() {
    Map<String, ExtensionRule> extensions = new HashMap<>();
    for (String identifier : list(4, () -> pick(IDENTIFIERS))) {
      extensions.put(
          identifier, new ExtensionRule(identifier, coin(), coin(), maybe(this::octets)));
    }
    List<ExtensionRule> all = new ArrayList<>(extensions.values());
    if (coin()) {
      all.add(ExtensionRule.crlAddresses(list(3, this::address)));
      all.add(ExtensionRule.access(list(2, this::address), list(2, this::address)));
      all.add(
          ExtensionRule.policies(List.of("1.2.3", "2.25.340282366920938463463374607431768211455")));
      all.add(ExtensionRule.noCheck());
    }
    Map<NameForm, Count> forms = new EnumMap<>(NameForm.class);
    for (NameForm form : list(4, () -> pick(List.of(NameForm.values())))) {
      int least = random.nextInt(3);
      forms.put(form, new Count(least, least + 1));
    }
    return new ContentRules(
        list(4, this::key),
        all,
        new SubjectRules(coin(), list(4, this::attribute)),
        new NameRules(forms, coin()));
  }

  private AttributeRule attribute() {
    int least = random.nextInt(3);
    return new AttributeRule(pick(IDENTIFIERS), least, least + 1, texts());
  }

  private PublicKeyRule key() {
    PublicKeyKind kind = pick(List.of(PublicKeyKind.values()));
    PublicKeyRule rule =
        kind == PublicKeyKind.RSA ? PublicKeyRule.rsa(3072, 8192) : PublicKeyRule.of(kind);
    return coin() ? rule : rule.with(usages());
  }

  private Set<KeyUsageFlag> usages() {
    Set<KeyUsageFlag> usages = new HashSet<>(list(3, () -> pick(List.of(KeyUsageFlag.values()))));
    usages.add(KeyUsageFlag.DIGITAL_SIGNATURE);
    return usages;
  }

  private SignatureRate rate() {
    return new SignatureRate(random.nextInt(3), random.nextInt(1000));
  }

  private Set<String> domains() {
    return new HashSet<>(list(3, () -> pick(DOMAINS)));
  }

  private Set<String> texts() {
    return new HashSet<>(list(3, this::text));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      if (random.nextInt(20) == 0) {
        text.appendCodePoint(0x1f600);
      } else {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
    }
    return text.toString();
  }

  private String address() {
    return "http://pki.example/" + random.nextInt(100) + "?a=[b], c: \"d\"";
  }

  private Duration duration() {
    return coin()
        ? Duration.ofDays(1 + random.nextInt(900))
        : Duration.ofMillis(random.nextInt(1 << 30));
  }

  private Instant instant() {
    return Instant.ofEpochSecond(1_700_000_000L + random.nextInt(1 << 30));
  }

  private Bytes octets() {
    byte[] octets = new byte[1 + random.nextInt(20)];
    random.nextBytes(octets);
    return Bytes.of(octets);
  }

  private Bytes name() {
    return Structures.name(new X500Name("C=DE,O=Landkreis Test,CN=CA " + random.nextInt(9)));
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  private <T> Optional<T> maybe(Supplier<T> maker) {
    return coin() ? Optional.of(maker.get()) : Optional.empty();
  }

  private <T> List<T> list(int most, Supplier<T> maker) {
    List<T> all = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      all.add(maker.get());
    }
    return all;
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
