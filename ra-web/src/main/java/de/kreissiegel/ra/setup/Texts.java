package de.kreissiegel.ra.setup;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/**
 * The files that others read, made of answers. A YAML writer quotes; nothing is pasted together.
 */
final class Texts {
  /** Stands in a plan for a key that nobody has named yet; no reader takes it for one. */
  static final String MISSING_KEY = "MISSING";

  /** What mapping files are called that lie with the hierarchy. */
  static final String OWN_MAPPING = "mapping-own.yaml";

  static final String DIRECTORY_CA = "directory-ca.pem";
  static final String MAIL_CA = "mail-ca.pem";

  private final Answers answers;

  Texts(Answers answers) {
    this.answers = answers;
  }

  /**
   * Where the files that a configuration names lie.
   *
   * @param root of the installation
   * @param secrets the password files
   * @param anchors the PEM files
   * @param authorities the hierarchy, and with it a mapping of one's own
   */
  record Places(Path root, Path secrets, Path anchors, Path authorities) {
    static Places in(Path root) {
      return new Places(root, root.resolve(SetupFolder.SECRETS), root, root.resolve("authorities"));
    }

    /** In a folder of the draft, where nothing else is yet. */
    static Places tried(Path folder, Path secrets) {
      return new Places(folder, secrets, folder, folder);
    }
  }

  /** {@code kreissiegel.yaml}. */
  String configuration(Places places) {
    Map<String, Object> house = new LinkedHashMap<>();
    house.put("district", answers.get("organization"));
    house.put("public-base-url", answers.get("public-base-url"));
    house.put("certificate-door", Map.of("port", answers.number("certificate-port")));
    house.put("validation-base-url", answers.get("validation-base-url"));
    house.put(
        "validation",
        map("address", answers.get("listen"), "port", answers.number("validation-port")));
    house.put("ocsp", Map.of("copy", places.root().resolve("status").toString()));
    if (!answers.get("hotline").isEmpty()) {
      house.put("service-hours", map("de", answers.get("hotline"), "en", answers.get("hotline")));
    }
    house.put("accessibility", Map.of("mail", answers.get("contact-mail")));
    house.put("registration", Map.of("approve-by-passkey", answers.is("passkeys", "yes")));
    house.put("signer", Map.of("socket", answers.get("signer-socket")));
    house.put("authorities", places.authorities().toString());
    house.put("trust", places.root().resolve("trust").toString());
    house.put("web", places.root().resolve("web").toString());
    house.put("database", database(places));
    house.put("directory", directory(places));
    if (answers.is("mail", "yes")) {
      house.put("mail", mail(places));
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("kreissiegel", house);
    all.put("server", map("address", answers.get("listen"), "port", answers.number("pages-port")));
    return "# The configuration of this Kreissiegel installation. Secrets stand in files of their"
        + " own.\n"
        + yaml(all);
  }

  private Map<String, Object> database(Places places) {
    if (answers.is("database", "embedded")) {
      return map(
          "embedded",
          places.root().resolve("database").toString(),
          "password-file",
          places.secrets().resolve("database-password").toString());
    }
    return map(
        "url",
        answers.get("database-url"),
        "user",
        answers.get("database-user"),
        "password-file",
        places.secrets().resolve("database-password").toString(),
        "owner",
        map(
            "user",
            answers.get("database-owner"),
            "password-file",
            places.secrets().resolve("database-owner-password").toString()));
  }

  private Map<String, Object> directory(Places places) {
    Map<String, Object> directory = new LinkedHashMap<>();
    directory.put("url", answers.lines("directory-url"));
    directory.put("base", answers.get("directory-base"));
    directory.put("bind-dn", answers.get("directory-dn"));
    directory.put("password-file", places.secrets().resolve("directory-password").toString());
    if (answers.is("directory-starttls", "yes")) {
      directory.put("start-tls", true);
    }
    if (!answers.get("directory-ca").isEmpty()) {
      directory.put("trust", places.anchors().resolve(DIRECTORY_CA).toString());
    }
    directory.put("mapping", answers.is("mapping", "own") ? OWN_MAPPING : answers.get("mapping"));
    return directory;
  }

  private Map<String, Object> mail(Places places) {
    Map<String, Object> mail = new LinkedHashMap<>();
    mail.put("host", answers.get("mail-host"));
    mail.put("port", answers.number("mail-port"));
    mail.put("encryption", answers.get("mail-encryption"));
    if (!answers.get("mail-user").isEmpty()) {
      mail.put("user", answers.get("mail-user"));
      mail.put("password-file", places.secrets().resolve("mail-password").toString());
    }
    if (!answers.get("mail-ca").isEmpty()) {
      mail.put("trust", places.anchors().resolve(MAIL_CA).toString());
    }
    mail.put("from", answers.get("mail-from"));
    mail.put("from-name", answers.get("organization"));
    mail.put("operator", answers.get("mail-operator"));
    mail.put("signed", lettersAreSigned());
    return mail;
  }

  /**
   * Only where the house's own host is where letters come from: nobody approves what signs them.
   */
  boolean lettersAreSigned() {
    String from = answers.get("mail-from");
    return from.substring(from.indexOf('@') + 1).equalsIgnoreCase(host());
  }

  /** Of the pages' address; empty where that is none. */
  private String host() {
    String address = answers.get("public-base-url");
    return Rule.HTTPS_URL.fault(address).isEmpty() ? URI.create(address).getHost() : "";
  }

  /**
   * The ceremony's plan.
   *
   * @param missing stands for keys of officers that nobody has named yet
   */
  String plan(Missing missing) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("organization", answers.get("organization"));
    plan.put("validation-base-url", answers.get("validation-base-url"));
    if (answers.is("passkeys", "yes")) {
      plan.put("pages", answers.get("public-base-url"));
    }
    if (underExternalSuperior()) {
      plan.put("validity", map("issuing", "P" + answers.get("issuing-years") + "Y"));
    } else {
      putRoot(plan);
    }
    for (String key : List.of("ceremony", "journal", "audit")) {
      if (!answers.get(key + "-token").isEmpty()) {
        plan.put(key, Map.of("token", answers.get(key + "-token")));
      }
    }
    plan.put("issuing", answers.rows("issuing").stream().map(this::issuing).toList());
    if (!answers.rows("tokens").isEmpty()) {
      plan.put("tokens", answers.rows("tokens").stream().map(Texts::given).toList());
    }
    plan.put("system-hosts", List.of(host()));
    plan.put("tenants", answers.rows("tenants").stream().map(Texts::tenant).toList());
    plan.put("officers", officers(missing));
    plan.put("people", people(missing));
    plan.put("shares", shares(missing));
    if (answers.is("escrow", "yes")) {
      plan.put("escrow", Map.of("officers", 2));
    }
    return "# The plan of the ceremony that makes this installation's keys.\n" + yaml(plan);
  }

  private void putRoot(Map<String, Object> plan) {
    plan.put(
        "validity",
        map(
            "root",
            "P" + answers.get("root-years") + "Y",
            "issuing",
            "P" + answers.get("issuing-years") + "Y",
            "root-crl",
            "P" + answers.get("root-crl-months") + "M"));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("common-name", answers.get("root-name"));
    root.put("algorithm", answers.get("algorithm"));
    root.put("policy-set", answers.get("policy-set"));
    token(root, "token", answers.get("root-token"));
    plan.put("root", root);
  }

  /** Whether the installation has no root of its own. */
  boolean underExternalSuperior() {
    return answers.is("superior", "external");
  }

  /** What stands in a plan for what is not known yet. */
  enum Missing {
    /** A word that {@code ceremony init} refuses. */
    TOLD,
    /** Keys that are none, so that the rest can be held against the reader. */
    KEYS,
    /** People as well. */
    KEYS_AND_PEOPLE
  }

  private Map<String, Object> issuing(Map<String, String> row) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", row.getOrDefault("name", ""));
    one.put("common-name", row.getOrDefault("common-name", ""));
    one.put("algorithm", answers.get("algorithm"));
    one.put("policy-set", answers.get("policy-set"));
    if (underExternalSuperior()) {
      one.put("superior", "external");
    }
    token(one, "token", row.getOrDefault("token", ""));
    token(one, "ocsp-token", row.getOrDefault("ocsp-token", ""));
    return one;
  }

  private static void token(Map<String, Object> key, String name, String token) {
    if (!token.isEmpty()) {
      key.put(name, token);
    }
  }

  private static Map<String, Object> given(Map<String, String> row) {
    Map<String, Object> given = new LinkedHashMap<>();
    row.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            given.put(name, value);
          }
        });
    return given;
  }

  private static Map<String, Object> tenant(Map<String, String> row) {
    return map(
        "name",
        row.getOrDefault("name", ""),
        "mail",
        Answers.words(row.getOrDefault("mail", "")),
        "dns",
        Answers.words(row.getOrDefault("dns", "")));
  }

  private List<Map<String, Object>> officers(Missing missing) {
    var officers = new ArrayList<Map<String, Object>>();
    int number = 0;
    for (Map<String, String> row : answers.rows("officers")) {
      number++;
      String key = row.getOrDefault("key", "");
      boolean named = !key.isEmpty() && (missing == Missing.TOLD || isKey(key));
      officers.add(
          map("name", row.getOrDefault("name", ""), "key", named ? key : stand(missing, number)));
    }
    while (missing == Missing.KEYS_AND_PEOPLE && officers.size() < 2) {
      number++;
      officers.add(map("name", "officer " + number, "key", stand(missing, number)));
    }
    return officers;
  }

  private static boolean isKey(String key) {
    return Rule.FINGERPRINT.fault(key).isEmpty();
  }

  private static String stand(Missing missing, int number) {
    return missing == Missing.TOLD ? MISSING_KEY : "%064x".formatted(number);
  }

  /** Whether each first officer has a key in the plan. */
  boolean knowsEveryKey() {
    return answers.rows("officers").stream().allMatch(row -> isKey(row.getOrDefault("key", "")));
  }

  private List<Map<String, Object>> people(Missing missing) {
    if (missing == Missing.KEYS_AND_PEOPLE) {
      return List.of(
          map("name", "leader", "role", "leader"),
          map("name", "key officer", "role", "key-officer"),
          map("name", "first custodian", "role", "custodian"),
          map("name", "second custodian", "role", "custodian"),
          map("name", "witness", "role", "witness"));
    }
    return answers.rows("people").stream().map(Texts::given).toList();
  }

  private Map<String, Object> shares(Missing missing) {
    if (missing == Missing.KEYS_AND_PEOPLE) {
      return map("threshold", 2);
    }
    Map<String, Object> shares = new LinkedHashMap<>();
    shares.put("threshold", answers.number("threshold"));
    shares.put("medium", answers.get("medium"));
    if (answers.is("medium", "card")) {
      shares.put("library", answers.get("card-library"));
    }
    return shares;
  }

  private static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  private static String yaml(Object all) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(100).build();
    return new Dump(settings, new Quoting(settings)).dumpToString(all);
  }

  /** Quotes what YAML 1.1, which Spring reads, could take for something else than text. */
  private static final class Quoting extends StandardRepresenter {
    private static final Pattern PLAIN =
        Pattern.compile("(?!(yes|no|on|off|y|n|true|false|null)$)[a-z-]*[a-z]");

    Quoting(DumpSettings settings) {
      super(settings);
      representers.put(
          String.class,
          text ->
              representScalar(
                  Tag.STR,
                  text.toString(),
                  PLAIN.matcher(text.toString()).matches()
                      ? ScalarStyle.PLAIN
                      : ScalarStyle.DOUBLE_QUOTED));
    }
  }
}
