package de.kreissiegel.hsm.token.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.TokenKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we make on a token, others read; what others make there, we use. */
@Tag("peer")
class OtherReadersPeerTest {
  private static final char[] PIN = SoftHsm.PIN.toCharArray();
  @TempDir Path folder;
  private SoftHsm hsm;
  private String label;
  private Pkcs11Token token;

  @BeforeEach
  void open() throws Exception {
    hsm = SoftHsm.start();
    label = hsm.newToken();
    token = Pkcs11Token.open(hsm.config(label), Clock.systemUTC(), new SecureRandom());
  }

  @AfterEach
  void close() {
    token.close();
  }

  @AfterAll
  static void tell() throws Exception {
    Heard.tell();
  }

  private String pkcs11Tool(String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("pkcs11-tool", "--module", hsm.library().toString(), "--token-label", label));
    command.addAll(List.of("--login", "--pin", SoftHsm.PIN));
    command.addAll(List.of(more));
    return hsm.run(command.toArray(String[]::new));
  }

  @Test
  void listsTheSameKeysAsTheOthers() throws Exception {
    token.make(new KeyId("people"), KeyAlgorithm.ECDSA_P384, PIN, false);
    token.make(new KeyId("root"), KeyAlgorithm.ECDSA_P521, PIN, true);
    token.make(new KeyId("scep"), KeyAlgorithm.RSA_3072_DECRYPT, PIN, false);
    Set<String> ours = new TreeSet<>(Set.of("people", "root (own PIN)", "scep"));
    assertThat(token.keys().stream().map(key -> key.id().value()))
        .containsExactlyInAnyOrder("people", "root", "scep");

    String objects = pkcs11Tool("--list-objects", "--type", "privkey");
    Heard.from("pkcs11-tool", labels(objects, "label: +(.+)")).isEqualTo(ours);
    Heard.from("pkcs11-tool", objects.lines().filter(l -> l.contains("never extractable")).count())
        .isEqualTo(3L);
    Heard.from("pkcs11-tool", objects.lines().filter(l -> l.contains("sensitive")).count())
        .isEqualTo(3L);
    Heard.from("pkcs11-tool", usages(objects)).isEqualTo(List.of("decrypt", "sign", "sign"));

    String uris =
        hsm.runAlone(
            label,
            "p11tool",
            "--provider",
            hsm.library().toString(),
            "--login",
            "--set-pin",
            SoftHsm.PIN,
            "--list-all-privkeys",
            "pkcs11:token=" + label);
    Heard.from("p11tool", labels(uris, "Label: +(.+)")).isEqualTo(ours);
  }

  private static Set<String> labels(String text, String form) {
    return Pattern.compile(form)
        .matcher(text)
        .results()
        .map(one -> one.group(1).strip())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> usages(String objects) {
    return objects
        .lines()
        .filter(line -> line.contains("Usage:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .sorted()
        .toList();
  }

  @Test
  void makesSignaturesThatOpensslVerifies() throws Exception {
    for (KeyAlgorithm algorithm : token.algorithms()) {
      if (!algorithm.signs() || !algorithm.isMade() || algorithm.parameter().equals("4096")) {
        continue; // four-thousand-bit keys take long to make, and are signed with in the contract
      }
      KeyId id = new KeyId(algorithm.word().toLowerCase(java.util.Locale.ROOT));
      TokenKey key = token.make(id, algorithm, PIN, false);
      byte[] message = ("signed by " + algorithm.word()).getBytes(StandardCharsets.UTF_8);
      Path signature = Files.write(folder.resolve("s"), token.sign(id, message).toArray());
      Path text = Files.write(folder.resolve("m"), message);
      Path publicKey = Files.writeString(folder.resolve("k"), pem(key));
      Heard.from("openssl", openssl(algorithm, publicKey, signature, text))
          .as(algorithm.word())
          .isEqualTo(0);
      Files.writeString(text, "something else");
      Heard.from("openssl", openssl(algorithm, publicKey, signature, text)).isNotEqualTo(0);
    }
  }

  private static String pem(TokenKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.publicKey().toArray())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private int openssl(KeyAlgorithm algorithm, Path publicKey, Path signature, Path text)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl", "pkeyutl", "-verify", "-pubin"));
    command.addAll(List.of("-inkey", publicKey.toString(), "-sigfile", signature.toString()));
    command.addAll(List.of("-rawin", "-in", text.toString()));
    String name = algorithm.signature();
    if (algorithm != KeyAlgorithm.ED25519) {
      command.addAll(List.of("-digest", "sha" + name.substring(3, 6)));
    }
    if (name.endsWith("MGF1")) {
      command.addAll(List.of("-pkeyopt", "rsa_padding_mode:pss"));
      command.addAll(List.of("-pkeyopt", "rsa_pss_saltlen:digest"));
    }
    return hsm.say(command.toArray(String[]::new)).exit();
  }

  @Test
  void usesAKeyThatPkcs11ToolMade() throws Exception {
    KeyId id = new KeyId("made-elsewhere");
    Heard.from(
            "pkcs11-tool",
            pkcs11Tool(
                "--keypairgen",
                "--key-type",
                "EC:brainpoolP384r1",
                "--usage-sign",
                "--id",
                "a1b2",
                "--label",
                id.value()))
        .satisfies(said -> assertThat(said).contains("Key pair generated"));
    token.close();
    token = Pkcs11Token.open(hsm.config(label), Clock.systemUTC(), new SecureRandom());
    assertThat(token.key(id).orElseThrow().algorithm())
        .isEqualTo(KeyAlgorithm.ECDSA_BRAINPOOL_P384R1);
    token.activate(id, PIN);
    assertThat(token.sign(id, new byte[10]).length()).isGreaterThan(90);
  }

  @Test
  void findsAKeyWithoutAPublicPartAfterTheLogin() throws Exception {
    KeyId id = new KeyId("lonely");
    token.make(id, KeyAlgorithm.RSA_3072_PSS, PIN, false);
    token.close();
    Heard.from(
            "pkcs11-tool", pkcs11Tool("--delete-object", "--type", "pubkey", "--label", "lonely"))
        .isNotNull();
    token = Pkcs11Token.open(hsm.config(label), Clock.systemUTC(), new SecureRandom());
    assertThat(token.keys()).isEmpty();
    token.activate(id, PIN);
    assertThat(token.key(id).orElseThrow().algorithm()).isEqualTo(KeyAlgorithm.RSA_3072_PSS);
    assertThat(token.sign(id, new byte[10]).length()).isEqualTo(384);
  }
}
