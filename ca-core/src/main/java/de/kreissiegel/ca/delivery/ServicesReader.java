package de.kreissiegel.ca.delivery;

import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.Section;
import de.kreissiegel.ca.settings.Sheet;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code services.yaml}; what is wrong becomes a fault with its line. */
final class ServicesReader {
  private static final String SCHEMA = "1";
  private static final int MOST_SERVICES = 50;
  private static final int MOST_WORDS = 100;
  private static final Set<String> CIPHERS = Set.of("AES-256-GCM", "AES-128-GCM");
  private static final String HOST = "Write a DNS name, as vpn.example.org.";
  private static final String ADDRESS = "Write a DNS name or an IP address.";

  private final Anchors anchors;
  private final ProfileCatalog profiles;
  private final List<ConfigurationFault> faults;

  ServicesReader(Anchors anchors, ProfileCatalog profiles, List<ConfigurationFault> faults) {
    this.anchors = anchors;
    this.profiles = profiles;
    this.faults = faults;
  }

  /** All that can be read. */
  List<Service> read(String yaml) {
    Optional<Section> sheet = Sheet.read(ServiceCatalog.FILE, yaml, faults);
    if (sheet.isEmpty()) {
      return List.of();
    }
    List<Service> services = new ArrayList<>();
    sheet
        .get()
        .required("schema", ServicesReader::schema, SCHEMA, "Write schema: 1, the file's form.");
    services.addAll(each(sheet.get(), "ike-gateways", this::ikeGateway));
    services.addAll(each(sheet.get(), "openvpn-servers", this::openVpnServer));
    services.addAll(each(sheet.get(), "wireless-networks", this::wirelessNetwork));
    services.addAll(each(sheet.get(), "mail-servers", this::mailServer));
    sheet.get().check(services.size() <= MOST_SERVICES, "", "has too many", "Write 50 at most.");
    long names = services.stream().map(Service::name).distinct().count();
    sheet
        .get()
        .check(names == services.size(), "", "has a name twice", "Give each service its own name.");
    sheet.get().end();
    return services;
  }

  private static String schema(String word) {
    if (!word.equals(SCHEMA)) {
      throw new IllegalArgumentException("no schema " + word);
    }
    return word;
  }

  private static List<Service> each(Section all, String key, Function<Section, Service> reader) {
    List<Service> services = new ArrayList<>();
    for (Section one : all.sections(key, "Write a list, each entry with its settings.")) {
      services.add(reader.apply(one));
      one.end();
    }
    return services;
  }

  private Service ikeGateway(Section from) {
    String address = from.required("address", Words::address, "", ADDRESS);
    return new Service.IkeGateway(
        name(from),
        scope(from),
        address,
        from.optional("remote-id", Words::address, HOST).orElse(address),
        trust(from),
        words(from, "subnets", Words::subnet, "Write subnets, as 10.20.0.0/16, or none for all."),
        words(from, "search-domains", Words::host, HOST),
        from.optional(
                "suite",
                word -> IkeSuite.ofConfigName(word).orElseThrow(),
                "Known are: " + IkeSuite.configNames() + ".")
            .orElse(IkeSuite.AES_256_GCM_ECP384));
  }

  private Service openVpnServer(Section from) {
    String address = from.required("address", Words::address, "", ADDRESS);
    List<String> ciphers =
        words(from, "ciphers", ServicesReader::cipher, "Known are: AES-256-GCM, AES-128-GCM.");
    return new Service.OpenVpnServer(
        name(from),
        scope(from),
        address,
        from.optional("port", Words::port, "Write 1 to 65535.").orElse(1194),
        from.optional("protocol", ServicesReader::isTcp, "Write udp or tcp.").orElse(false),
        from.optional("server-name", Words::host, HOST).orElse(address),
        trust(from),
        from.optional(
            "tls-crypt",
            anchors::staticKey,
            "Put the key that 'openvpn --genkey secret' made beside this file, as service-NAME.key,"
                + " and write that name."),
        ciphers.isEmpty() ? List.of("AES-256-GCM") : ciphers);
  }

  private static String cipher(String word) {
    if (!CIPHERS.contains(word)) {
      throw new IllegalArgumentException("no cipher " + word);
    }
    return word;
  }

  private static boolean isTcp(String word) {
    return switch (word) {
      case "udp" -> false;
      case "tcp" -> true;
      default -> throw new IllegalArgumentException("no protocol " + word);
    };
  }

  private Service wirelessNetwork(Section from) {
    List<String> serverNames = words(from, "server-names", Words::host, HOST);
    from.check(!serverNames.isEmpty(), "server-names", "needs one at least", HOST);
    return new Service.WirelessNetwork(
        name(from),
        scope(from),
        from.required("ssid", Words::ssid, "", "Write the network's name, of 32 octets at most."),
        serverNames,
        trust(from));
  }

  private Service mailServer(Section from) {
    return new Service.MailServer(
        name(from),
        scope(from),
        from.required("imap", Words::host, "", HOST),
        from.required("smtp", Words::host, "", HOST));
  }

  private static String name(Section from) {
    return from.required("name", Words::name, "", "Write what people see, of 64 characters.");
  }

  private Trust trust(Section from) {
    return from.required(
        "trust",
        anchors::trust,
        Trust.NONE,
        "Write the name of an authority, or of a file service-NAME.pem beside this one that holds"
            + " the certificates of authorities.");
  }

  private Scope scope(Section from) {
    List<ProfileName> kinds =
        words(from, "profiles", this::profile, "Write names of profiles that there are.");
    from.check(
        !kinds.isEmpty(),
        "profiles",
        "needs one at least",
        "Write with which certificates the service is used, as [vpn-client].");
    List<TenantId> tenants =
        words(from, "tenants", TenantId::new, "Write tenants, as stadt-hassfurt.example, or none.");
    return new Scope(Set.copyOf(kinds), Set.copyOf(tenants));
  }

  private ProfileName profile(String word) {
    return profiles.find(new ProfileName(word)).orElseThrow().name();
  }

  private static <T> List<T> words(
      Section from, String key, Function<String, T> parser, String remedy) {
    List<T> words = from.list(key, parser, remedy);
    from.check(words.size() <= MOST_WORDS, key, "has too many", "Write 100 at most.");
    return words;
  }
}
