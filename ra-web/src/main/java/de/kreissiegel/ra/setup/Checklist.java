package de.kreissiegel.ra.setup;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is to be done from the written files to the first log-in, with this installation's values:
 * before the ceremony, at it, after it. The same for the page and for a text file.
 */
final class Checklist {
  /** The web process's systemd unit, beside the list. */
  static final String UNIT = "kreissiegel.service";

  private static final String PACKAGING = "hsm-adapter/src/packaging/";
  private static final int LOWEST_OPEN_PORT = 1024;
  private static final int WIDTH = 76;

  private final Answers answers;
  private final Path root;
  private final boolean external;
  private final Path home;
  private final SetupWords words;
  private final Locale language;

  /**
   * @param root the data directory
   * @param home where the program lies
   */
  Checklist(Answers answers, Path root, Path home, SetupWords words, Locale language) {
    this.answers = answers;
    this.root = root;
    this.external = new Texts(answers).underExternalSuperior();
    this.home = home;
    this.words = words;
    this.language = language;
  }

  /**
   * Some steps.
   *
   * @param title its words
   */
  record Section(String title, List<Item> items) {}

  /**
   * One step.
   *
   * @param text what is done
   * @param commands what is typed for it
   */
  record Item(String text, List<String> commands) {}

  /** All of it, in order. */
  List<Section> sections() {
    var sections = new ArrayList<>(List.of(before(), bring(), ceremony()));
    if (external) {
      sections.add(superior());
    }
    sections.addAll(List.of(consents(), operation(), logIn()));
    return List.copyOf(sections);
  }

  private Section before() {
    var items = new ArrayList<Item>();
    for (Map<String, String> officer : answers.rows("officers")) {
      String key = officer.getOrDefault("key", "");
      items.add(
          item(
              key.isEmpty() ? "before.officer" : "before.officer-known",
              List.of(
                  "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256"
                      + " -keyout officer.key -subj / -out officer.csr",
                  "./kreissiegel ceremony fingerprint officer.csr"),
              officer.getOrDefault("name", ""),
              key.isEmpty() ? quoted(plan()) : key));
    }
    for (Map<String, String> token : answers.rows("tokens")) {
      items.add(
          item(
              "before.token",
              List.of(
                  "./kreissiegel signer doctor --library %s --token %s --ask-pin"
                      .formatted(
                          quoted(token.getOrDefault("library", "")),
                          quoted(token.getOrDefault("label", "")))),
              token.getOrDefault("name", "")));
    }
    items.add(
        item(
            "before.names",
            List.of(),
            host("public-base-url"),
            answers.get("pages-port"),
            answers.get("certificate-port"),
            host("validation-base-url"),
            answers.get("validation-port")));
    int outside = port("validation-base-url", 80);
    if (outside != answers.number("validation-port")) {
      items.add(
          item(
              "before.forward",
              List.of(),
              Integer.toString(outside),
              answers.get("validation-port")));
    }
    if (answers.number("pages-port") < LOWEST_OPEN_PORT
        || answers.number("validation-port") < LOWEST_OPEN_PORT) {
      items.add(item("before.low-port", List.of()));
    }
    items.add(
        item(
            "before.rehearsal",
            List.of(
                "./kreissiegel ceremony init --rehearsal --plan %s --data \"$(mktemp -d)/probe\"%s"
                    .formatted(quoted(plan()), lang()))));
    return section("before", items);
  }

  private Section bring() {
    var items = new ArrayList<Item>();
    for (Map<String, String> person : answers.rows("people")) {
      items.add(
          item(
              "bring.person",
              List.of(),
              person.getOrDefault("name", ""),
              words.in(language, "setup.choice.role." + person.getOrDefault("role", "witness"))));
    }
    int custodians =
        (int)
            answers.rows("people").stream()
                .filter(person -> "custodian".equals(person.get("role")))
                .count();
    items.add(
        answers.is("medium", "card")
            ? item("bring.cards", List.of(), Integer.toString(custodians))
            : item("bring.paper", List.of(), Integer.toString(custodians)));
    items.add(
        item("bring.safes", List.of(), answers.get("threshold"), Integer.toString(custodians)));
    items.add(item("bring.fingerprints", List.of()));
    items.add(item("bring.media", List.of()));
    return section("bring", items);
  }

  private Section ceremony() {
    return section(
        "ceremony",
        List.of(
            item("ceremony.plan", List.of("sha256sum " + quoted(plan()))),
            item(
                external ? "ceremony.init-external" : "ceremony.init",
                List.of(
                    "./kreissiegel ceremony init --plan %s --data %s%s"
                        .formatted(quoted(plan()), quoted(root), lang()))),
            external
                ? item(
                    "ceremony.request",
                    forEachAuthority(
                        "external-request", "--deadline \"$(date -d '+30 days' +%F)\""),
                    root.resolve("external-superior").toString())
                : item("ceremony.sheet", List.of()),
            backUp("kreissiegel")));
  }

  /** What comes when the superior has answered, some days later. */
  private Section superior() {
    return section(
        "superior",
        List.of(
            item("superior.install", forEachAuthority("external-install", "--chain chain.pem")),
            item("superior.sheet", List.of()),
            backUp("kreissiegel-2")));
  }

  private List<String> forEachAuthority(String act, String more) {
    return answers.rows("issuing").stream()
        .map(
            row ->
                "./kreissiegel ceremony %s --data %s --name %s %s%s"
                    .formatted(
                        act, quoted(root), quoted(row.getOrDefault("name", "")), more, lang()))
        .toList();
  }

  private Item backUp(String folder) {
    return item(
        "ceremony.back-up",
        List.of(
            "./kreissiegel ceremony back-up --data %s --to /media/backup/%s%s"
                .formatted(quoted(root), folder, lang())));
  }

  private Section consents() {
    var items = new ArrayList<Item>();
    if (answers.is("mapping", "own")) {
      items.add(
          item(
              "consents.mapping",
              List.of(
                  "install -m 600 %s %s"
                      .formatted(
                          quoted(root.resolve(Texts.OWN_MAPPING)),
                          quoted(root.resolve("authorities").resolve(Texts.OWN_MAPPING))))));
    }
    items.add(
        item(
            "consents.file",
            List.of(
                "openssl req -x509 -key officer.key -subj /CN=consent -days 30 -out consent.pem",
                "openssl pkcs12 -export -inkey officer.key -in consent.pem -out consent.p12")));
    items.add(
        item(
            "consents.give",
            List.of(
                "./kreissiegel settings consent --data %s --key consent.p12"
                    .formatted(quoted(root)))));
    boolean pins =
        answers.rows("tokens").stream()
            .anyMatch(row -> !row.getOrDefault("pin-file", "").isEmpty());
    if (pins) {
      items.add(item("consents.pins", List.of()));
    }
    return section("consents", items);
  }

  private Section operation() {
    var items = new ArrayList<Item>();
    Path socket = Path.of(answers.get("signer-socket"));
    if (socket.startsWith(root)) {
      items.add(
          item(
              "operation.signer-here",
              List.of(
                  "java -cp '/usr/share/kreissiegel/signer/*'"
                      + " de.kreissiegel.hsm.process.SignerProcess --vault %s --socket %s"
                          .formatted(quoted(root.resolve("vault")), quoted(socket))
                      + " --passphrase-file "
                      + quoted(root.resolve("secrets").resolve("vault-passphrase")))));
    } else {
      items.add(
          item(
              "operation.signer",
              List.of(
                  "install -m 644 %skreissiegel-signer.service /etc/systemd/system/"
                      .formatted(PACKAGING),
                  "install -m 644 %ssysusers.conf /usr/lib/sysusers.d/kreissiegel-signer.conf"
                      .formatted(PACKAGING),
                  "install -m 644 %stmpfiles.conf /usr/lib/tmpfiles.d/kreissiegel-signer.conf"
                      .formatted(PACKAGING),
                  "systemd-sysusers && systemd-tmpfiles --create")));
      items.add(
          item(
              "operation.vault",
              List.of(
                  "mv %s /var/lib/kreissiegel-signer/vault"
                      .formatted(quoted(root.resolve("vault"))),
                  "chown -R kreissiegel-signer: /var/lib/kreissiegel-signer/vault",
                  "install -m 600 %s /etc/kreissiegel-signer/passphrase"
                      .formatted(quoted(root.resolve("secrets").resolve("vault-passphrase"))),
                  "rm %s".formatted(quoted(root.resolve("secrets").resolve("vault-passphrase"))),
                  "systemctl daemon-reload && systemctl enable --now kreissiegel-signer")));
    }
    items.add(
        item(
            "operation.directory",
            List.of("./kreissiegel directory check --config " + quoted(configuration()))));
    items.add(
        item(
            "operation.start", List.of("./kreissiegel start --config " + quoted(configuration()))));
    items.add(
        item(
            "operation.unit",
            List.of(
                "chown -R kreissiegel: " + quoted(root),
                "install -m 644 %s /etc/systemd/system/".formatted(quoted(root.resolve(UNIT))),
                "systemctl daemon-reload && systemctl enable --now kreissiegel")));
    return section("operation", items);
  }

  private Section logIn() {
    return section(
        "log-in",
        List.of(
            item(
                external ? "log-in.anchor" : "log-in.root",
                List.of(),
                root.resolve("trust").resolve("root.pem").toString()),
            item("log-in.apply", List.of(), answers.get("public-base-url")),
            item(
                "log-in.key-file",
                List.of(
                    "openssl pkcs12 -export -inkey officer.key -in officer.pem -certfile chain.pem"
                        + " -out officer.p12")),
            item("log-in.others", List.of()),
            item("log-in.keep", List.of())));
  }

  private Section section(String name, List<Item> items) {
    return new Section(words.in(language, "setup.check." + name), List.copyOf(items));
  }

  private Item item(String key, List<String> commands, String... arguments) {
    return new Item(
        words.in(language, "setup.check." + key, (Object[]) arguments), List.copyOf(commands));
  }

  private Path plan() {
    return root.resolve(SetupFolder.PLAN);
  }

  private Path configuration() {
    return root.resolve(SetupFolder.CONFIGURATION);
  }

  private String lang() {
    return answers.is("language", "en") ? " --lang en" : "";
  }

  private String host(String input) {
    return URI.create(answers.get(input)).getHost();
  }

  private int port(String input, int usual) {
    int port = URI.create(answers.get(input)).getPort();
    return port > 0 ? port : usual;
  }

  /** A word of a shell. */
  static String quoted(Object word) {
    String text = word.toString();
    return text.matches("[A-Za-z0-9/._:@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** For a file that is printed or read in a terminal. */
  String text() {
    var text = new StringBuilder();
    String title = words.in(language, "setup.check.title", answers.get("organization"));
    text.append(title).append('\n').append("=".repeat(title.length())).append("\n");
    for (Section section : sections()) {
      text.append('\n').append(section.title()).append('\n');
      text.append("-".repeat(section.title().length())).append('\n');
      for (Item item : section.items()) {
        text.append(wrapped("[ ] ", item.text()));
        item.commands().forEach(command -> text.append("      ").append(command).append('\n'));
      }
    }
    return text.toString();
  }

  private static String wrapped(String mark, String sentence) {
    var lines = new StringBuilder(mark);
    int column = mark.length();
    for (String word : sentence.split(" ")) {
      if (column + word.length() > WIDTH && column > mark.length()) {
        lines.setLength(lines.length() - 1); // the space at the end
        lines.append('\n').append(" ".repeat(mark.length()));
        column = mark.length();
      }
      lines.append(word).append(' ');
      column += word.length() + 1;
    }
    return lines.toString().stripTrailing() + "\n";
  }

  /** The systemd unit of the web process. */
  String unit() {
    return """
    # The web application of this Kreissiegel installation. Install as
    # /etc/systemd/system/kreissiegel.service; the signer has a unit of its own.
    [Unit]
    Description=Kreissiegel
    Wants=network-online.target
    After=network-online.target kreissiegel-signer.service

    [Service]
    Type=exec
    User=kreissiegel
    Group=kreissiegel
    ExecStart=%s start --config %s
    SuccessExitStatus=143
    Restart=on-failure
    RestartSec=5
    TimeoutStopSec=60
    UMask=0077
    NoNewPrivileges=yes
    ProtectSystem=strict
    ReadWritePaths=%s
    ProtectHome=read-only
    PrivateTmp=yes
    PrivateDevices=yes
    ProtectKernelTunables=yes
    ProtectKernelModules=yes
    ProtectControlGroups=yes
    RestrictSUIDSGID=yes
    LimitCORE=0

    [Install]
    WantedBy=multi-user.target
    """
        .formatted(
            unitWord(home.resolve("kreissiegel")),
            unitWord(configuration()).replace("$", "$$"),
            unitWord(root));
  }

  /** A word of a systemd unit (systemd.syntax(7)). */
  private static String unitWord(Path path) {
    String text = path.toString().replace("%", "%%").replace("\\", "\\\\").replace("\"", "\\\"");
    return text.matches("[A-Za-z0-9/._:@%+=,-]+") ? text : '"' + text + '"';
  }
}
