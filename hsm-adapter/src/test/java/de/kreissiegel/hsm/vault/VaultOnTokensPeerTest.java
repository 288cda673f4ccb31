package de.kreissiegel.hsm.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.token.pkcs11.Heard;
import de.kreissiegel.hsm.token.pkcs11.SoftHsm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault whose keys live on tokens: which are opened when, and which come late. */
@Tag("peer")
class VaultOnTokensPeerTest {
  private static final KeyId AUDIT = TestVault.AUDIT_KEY;
  private static final KeyId ROOT = TestVault.ROOT_KEY;
  private static final char[] PASSPHRASE = TestVault.PASSPHRASE.toCharArray();
  private static final char[] CEREMONY = TestVault.CEREMONY_PASSPHRASE.toCharArray();
  private static final char[] ROOT_SECRET = TestVault.ROOT_PASSPHRASE.toCharArray();

  @TempDir Path temporary;
  private final WalkingClock clock = new WalkingClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final SecureRandom random = new SecureRandom();
  private SoftHsm hsm;
  private String label;
  private Path directory;
  private HsmConfig daily;
  private Optional<Vault> vault = Optional.empty();

  @BeforeEach
  void makeAToken() throws Exception {
    hsm = SoftHsm.start();
    label = hsm.newToken();
    directory = temporary.resolve("vault");
    Path pin = Files.writeString(temporary.resolve("pin"), SoftHsm.PIN + "\n");
    daily = new HsmConfig("daily", hsm.library(), label, Optional.of(pin));
  }

  @AfterEach
  void close() {
    vault.ifPresent(Vault::close);
  }

  @AfterAll
  static void tell() throws Exception {
    Heard.tell();
  }

  private void create(VaultLayout layout) throws Exception {
    keep(Vault.create(directory, layout, PASSPHRASE, CEREMONY, clock, random));
  }

  private void keep(Vault opened) {
    vault.ifPresent(Vault::close);
    vault = Optional.of(opened);
  }

  private void open() throws Exception {
    vault.ifPresent(Vault::close);
    vault = Optional.of(Vault.open(directory, PASSPHRASE, clock, random));
  }

  private Vault vault() {
    return vault.orElseThrow();
  }

  private void closeVault() {
    vault().close();
    vault = Optional.empty();
  }

  private void makeAudit(KeyAlgorithm algorithm) throws Exception {
    vault().makeKey(AUDIT, algorithm, KeyPolicy.audit(), "daily", SoftHsm.PIN.toCharArray());
  }

  private void sign() throws Exception {
    assertThat(
            vault()
                .sign(
                    Structures.request(
                        TestVault.key(vault(), AUDIT),
                        SignedStructure.AUDIT_HEAD,
                        Structures.auditHead(1, clock.instant())))
                .signature()
                .length())
        .isPositive();
  }

  private VaultHealth.TokenState health() {
    return vault().health().tokens().stream()
        .filter(token -> token.name().equals("daily"))
        .findFirst()
        .orElseThrow();
  }

  private Path takeAway() throws Exception {
    Path home = hsm.directory(label);
    Files.move(home, elsewhere());
    // The library must not remember it: this process has seen it before.
    hsm.restart();
    return home;
  }

  private Path elsewhere() {
    return hsm.tokens().resolveSibling("away-" + label);
  }

  private void bringBack(Path home) throws Exception {
    Files.move(elsewhere(), home);
    clock.walk(Duration.ofMinutes(2));
    vault().sweep();
  }

  @Test
  void takesUpTheKeysOfATokenThatWasAwayAtTheStart() throws Exception {
    create(new VaultLayout(List.of(daily), Optional.empty()));
    makeAudit(KeyAlgorithm.ECDSA_P256);
    closeVault();
    Path home = takeAway();

    open();
    assertThat(vault().keys()).noneMatch(key -> key.id().equals(AUDIT));
    Heard.from("softhsm2", health().present()).isEqualTo(false);
    assertThat(health().sentence()).contains("doesn't answer", "keys that no token shows: audit");
    vault().sweep();
    assertThat(health().present()).isFalse();

    bringBack(home);
    Heard.from("softhsm2", TestVault.key(vault(), AUDIT).state()).isEqualTo(VaultKey.State.ACTIVE);
    assertThat(health().present()).isTrue();
    assertThat(health().sentence()).isEmpty();
    sign();
  }

  @Test
  void takesUpKeysThatATokenShowsOnlyAfterLogIn() throws Exception {
    create(new VaultLayout(List.of(daily), Optional.empty()));
    makeAudit(KeyAlgorithm.RSA_3072_PSS);
    closeVault();
    deletePublicKey();

    open();
    Heard.from("softhsm2", TestVault.key(vault(), AUDIT).state()).isEqualTo(VaultKey.State.ACTIVE);
    assertThat(health().sentence()).isEmpty();
    sign();
  }

  private void deletePublicKey() throws Exception {
    hsm.run(
        "pkcs11-tool",
        "--module",
        hsm.library().toString(),
        "--token-label",
        label,
        "--login",
        "--pin",
        SoftHsm.PIN,
        "--delete-object",
        "--type",
        "pubkey",
        "--label",
        AUDIT.value());
    hsm.restart();
  }

  @Test
  void saysWhichKeysNoTokenShows() throws Exception {
    create(new VaultLayout(List.of(daily), Optional.empty()));
    makeAudit(KeyAlgorithm.ECDSA_P256);
    closeVault();
    deletePublicKey();

    open();
    assertThat(health().present()).isTrue();
    Heard.from("softhsm2", health().sentence())
        .isEqualTo("no token shows the keys audit, which have policies");
  }

  @Test
  void signsAgainWhenTheTokenOfTheJournalsKeyComes() throws Exception {
    create(new VaultLayout(List.of(daily), Optional.of("daily")));
    assertThat(vault().tokenOf(Vault.JOURNAL_KEY)).isEqualTo("daily");
    vault().makeKey(AUDIT, KeyAlgorithm.ECDSA_P256, KeyPolicy.audit(), Optional.empty());
    closeVault();
    Path home = takeAway();

    assertThatThrownBy(() -> Vault.openForCeremony(directory, PASSPHRASE, clock, random))
        .isInstanceOf(VaultDamaged.class)
        .hasMessageContaining("the journal's key can't be used")
        .hasMessageContaining("daily");
    open();
    assertThat(health().present()).isFalse();
    assertThat(TestVault.key(vault(), Vault.JOURNAL_KEY).state()).isEqualTo(VaultKey.State.LOCKED);

    bringBack(home);
    Heard.from("softhsm2", TestVault.key(vault(), Vault.JOURNAL_KEY).state())
        .isEqualTo(VaultKey.State.ACTIVE);
    sign();
    closeVault();
    open();
    VaultHealth.JournalState journal = vault().health().journal();
    assertThat(journal.checkpointed()).isEqualTo(journal.entries());
  }

  @Test
  void opensATokenThatHoldsAKeyAloneInCeremoniesOnly() throws Exception {
    String safe = hsm.newToken();
    HsmConfig alone =
        new HsmConfig("safe", hsm.library(), safe, Optional.empty(), Optional.of(ROOT));
    alone.replacePin(SoftHsm.PIN.toCharArray(), ROOT_SECRET);
    create(new VaultLayout(List.of(daily, alone), Optional.empty()));
    KeyPolicy policy = KeyPolicy.root(Structures.name(TestVault.ROOT), clock.instant());
    vault().makeKey(ROOT, KeyAlgorithm.ECDSA_P384, policy, "safe", ROOT_SECRET);
    assertThat(vault().opensAlone(ROOT)).isTrue();
    assertThatThrownBy(
            () ->
                vault()
                    .makeKey(
                        AUDIT, KeyAlgorithm.ECDSA_P256, KeyPolicy.audit(), "safe", ROOT_SECRET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds the key root alone");
    vault().lock(ROOT);
    assertThat(health().present()).isTrue();

    open();
    assertThat(vault().keys()).noneMatch(key -> key.id().equals(ROOT));
    assertThat(vault().health().tokens())
        .extracting(VaultHealth.TokenState::name)
        .containsExactly("software", "daily");
    assertThat(health().sentence()).isEmpty();
    assertThatThrownBy(() -> vault().activate(ROOT, ROOT_SECRET))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> vault().sign(anything(ROOT))).isInstanceOf(SigningRefused.class);

    keep(reopened());
    assertThat(TestVault.key(vault(), ROOT).state()).isEqualTo(VaultKey.State.LOCKED);
    assertThatThrownBy(() -> vault().activate(ROOT, SoftHsm.PIN.toCharArray()))
        .isInstanceOf(WrongPassphrase.class);
    vault().activate(ROOT, ROOT_SECRET);
    Heard.from("softhsm2", TestVault.key(vault(), ROOT).state()).isEqualTo(VaultKey.State.ACTIVE);
    vault().lock(ROOT);
    assertThatThrownBy(() -> vault().sign(anything(ROOT))).isInstanceOf(SigningRefused.class);
  }

  @Test
  void takesInOneMoreTokenForAKeyAloneAndLetsItGoAgain() throws Exception {
    create(new VaultLayout(List.of(daily), Optional.empty()));
    HsmConfig safe = alone("safe", hsm.newToken(), ROOT);
    safe.replacePin(SoftHsm.PIN.toCharArray(), ROOT_SECRET);
    String before = sheet();

    vault().addToken(safe, ROOT_SECRET);
    assertThat(sheet()).startsWith(before).contains("name: safe", "holds: root");
    KeyPolicy policy = KeyPolicy.root(Structures.name(TestVault.ROOT), clock.instant());
    vault().makeKey(ROOT, KeyAlgorithm.ECDSA_P384, policy, "safe", ROOT_SECRET);
    assertThat(vault().opensAlone(ROOT)).isTrue();
    assertThat(vault().policyOf(ROOT)).isEqualTo(policy);
    assertThatThrownBy(() -> vault().removeToken("safe"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("still holds a key", "root");

    keep(reopened());
    vault().activate(Vault.CEREMONY_KEY, CEREMONY);
    vault().activate(ROOT, ROOT_SECRET);
    Heard.from("softhsm2", TestVault.key(vault(), ROOT).state()).isEqualTo(VaultKey.State.ACTIVE);
    vault().destroyKey(ROOT);
    vault().removeToken("safe");
    assertThat(sheet()).isEqualTo(before);
    assertThat(vault().health().tokens())
        .extracting(VaultHealth.TokenState::name)
        .containsExactly("software", "daily");
    // Nobody in this process is logged in to it any more, so that its PIN can be changed.
    safe.replaceOfficerPin(SoftHsm.SO_PIN.toCharArray(), ROOT_SECRET);
    safe.replacePin(ROOT_SECRET, SoftHsm.PIN.toCharArray());
    vault().addToken(safe, SoftHsm.PIN.toCharArray());
    vault().removeToken("safe");
    open();
  }

  @Test
  void takesInNoTokenThatIsThereHoldsSomethingOrHasAnotherPin() throws Exception {
    create(new VaultLayout(List.of(daily), Optional.empty()));
    makeAudit(KeyAlgorithm.ECDSA_P256);
    String before = sheet();
    char[] pin = SoftHsm.PIN.toCharArray();
    String empty = hsm.newToken();
    refused(alone("daily", empty, ROOT), pin, "names a token daily already");
    refused(alone("safe", label, ROOT), pin, "the token that vault.yaml names daily");
    refused(alone("safe", empty, AUDIT), pin, "there is a key named audit");
    refused(alone("safe", empty, Vault.CEREMONY_KEY), pin, "there is a key named ceremony");
    refused(
        new HsmConfig("safe", hsm.library(), empty, Optional.empty()),
        pin,
        "say which the HSM safe");
    refused(alone("safe", empty, ROOT), "wrong-pin".toCharArray(), "the PIN is wrong");
    refused(alone("safe", "nowhere", ROOT), pin, "safe");
    assertThatThrownBy(() -> vault().removeToken("daily"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no HSM daily that holds one key");

    String used = hsm.newToken();
    hsm.run(
        "pkcs11-tool",
        "--module",
        hsm.library().toString(),
        "--token-label",
        used,
        "--login",
        "--pin",
        SoftHsm.PIN,
        "--write-object",
        hsm.configuration().toString(),
        "--type",
        "data",
        "--label",
        "share of a custodian",
        "--private");
    refused(alone("safe", used, ROOT), pin, "something lies there already (objects: 1)");

    vault().lock(Vault.CEREMONY_KEY);
    assertThatThrownBy(() -> vault().addToken(alone("safe", empty, ROOT), pin))
        .isInstanceOf(CeremonyClosed.class);
    assertThatThrownBy(() -> vault().removeToken("safe")).isInstanceOf(CeremonyClosed.class);
    assertThat(sheet()).isEqualTo(before);
    assertThat(VaultInspection.hsms(directory))
        .containsExactly(
            new NamedHsm("daily", hsm.library(), Optional.of(label), Optional.empty()));
  }

  private HsmConfig alone(String name, String token, KeyId key) {
    return new HsmConfig(name, hsm.library(), token, Optional.empty(), Optional.of(key));
  }

  private void refused(HsmConfig token, char[] pin, String sentence) {
    assertThatThrownBy(() -> vault().addToken(token, pin)).hasMessageContaining(sentence);
  }

  private String sheet() throws IOException {
    return Files.readString(directory.resolve("vault.yaml"));
  }

  private Vault reopened() throws Exception {
    closeVault();
    return Vault.openForCeremony(directory, PASSPHRASE, clock, random);
  }

  private static SignRequest anything(KeyId key) throws SigningUnavailable {
    return new SignRequest(
        new java.util.UUID(1, 2),
        key,
        SignedStructure.CERTIFICATE_LIST,
        Bytes.of(new byte[] {48, 0}));
  }

  @Test
  void destroysNoKeyOfAnotherVaultOnTheSameToken() throws Exception {
    create(new VaultLayout(List.of(daily), Optional.empty()));
    makeAudit(KeyAlgorithm.ECDSA_P256);
    closeVault();

    keep(other(Optional.empty()));
    assertThatThrownBy(() -> makeAudit(KeyAlgorithm.ECDSA_P256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a key named audit on the token daily already");
    closeVault();

    open();
    sign();
    Heard.from("softhsm2", vault().keys().size()).isEqualTo(3);
  }

  @Test
  void foundsNoVaultOnTheTokenOfAnothersJournal() throws Exception {
    create(new VaultLayout(List.of(daily), Optional.of("daily")));
    closeVault();
    assertThatThrownBy(() -> other(Optional.of("daily")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a key named journal");
    assertThat(Vault.exists(temporary.resolve("other"))).isFalse();
    open();
    Heard.from("softhsm2", TestVault.key(vault(), Vault.JOURNAL_KEY).state())
        .isEqualTo(VaultKey.State.ACTIVE);
  }

  private Vault other(Optional<String> journal) throws Exception {
    return Vault.create(
        temporary.resolve("other"),
        new VaultLayout(List.of(daily), journal),
        PASSPHRASE,
        CEREMONY,
        clock,
        random);
  }

  @Test
  void givesATokenAnotherPinAndTakesNoWrongOne() throws Exception {
    HsmConfig safe =
        new HsmConfig("safe", hsm.library(), label, Optional.empty(), Optional.of(ROOT));
    char[] initial = SoftHsm.PIN.toCharArray();
    assertThatThrownBy(() -> safe.replacePin("wrong".toCharArray(), ROOT_SECRET))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("safe")
        .hasMessageContaining("the PIN is wrong")
        .hasMessageNotContaining(TestVault.ROOT_PASSPHRASE);
    safe.replacePin(initial, ROOT_SECRET);
    safe.replaceOfficerPin(SoftHsm.SO_PIN.toCharArray(), ROOT_SECRET);
    for (boolean officer : List.of(false, true)) {
      assertThatThrownBy(
              () -> {
                if (officer) {
                  safe.replaceOfficerPin(SoftHsm.SO_PIN.toCharArray(), initial);
                } else {
                  safe.replacePin(initial, initial);
                }
              })
          .hasMessageContaining("the PIN is wrong");
    }
    SoftHsm.Said old =
        hsm.say(
            "pkcs11-tool",
            "--module",
            hsm.library().toString(),
            "--token-label",
            label,
            "--login",
            "--pin",
            SoftHsm.PIN,
            "--list-objects");
    Heard.from("pkcs11-tool", old.text().contains("CKR_PIN_INCORRECT")).isEqualTo(true);
  }
}
