package de.kreissiegel.ra.walkthrough;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import de.kreissiegel.ra.credentials.CredentialsFile;
import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.credentials.DemoCredentials.Person;
import de.kreissiegel.ra.credentials.DemoRole;
import de.kreissiegel.ra.officer.OfficerFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A demo on loopback that is only as deep as the story, and that can be told to lie: so that the
 * walkthrough is seen to find lies. It shares no code with the real one.
 */
final class StandInDemo implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String DN = "uid=staff,o=hassfurt";

  private final Set<Lie> lies;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final InMemoryDirectoryServer directory;
  private final HttpServer validation;
  private final HttpsServer web;
  private final DemoCredentials credentials;
  private final StandInRegister register;
  private final StandInStatus status;

  StandInDemo(Path data, Set<Lie> lies, String serverName) throws Exception {
    this.lies = lies;
    this.directory = directory();
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    this.validation = HttpServer.create(loopback, 0);
    this.web = HttpsServer.create(loopback, 0);
    var base = "http://localhost:" + validation.getAddress().getPort();
    var root = TestAuthority.root(base);
    var devices = root.under("Test Devices", "devices");
    this.credentials =
        credentials(
            "https://localhost:" + web.getAddress().getPort(),
            base,
            "ldap://127.0.0.1:" + directory.getListenPort());
    this.register = new StandInRegister(credentials, devices, lies);
    this.status = new StandInStatus(root, devices, lies);
    web.setHttpsConfigurator(asking(tls(devices, serverName)));
    start(root, devices, data);
  }

  boolean staffIsDisabled() throws Exception {
    return directory.getEntry(DN).hasAttributeValue("employeeType", "disabled");
  }

  void disableStaff() throws Exception {
    directory.modify(
        "dn: " + DN, "changetype: modify", "replace: employeeType", "employeeType: disabled");
  }

  private void start(TestAuthority root, TestAuthority devices, Path data) throws Exception {
    new CredentialsFile(data).write(credentials);
    for (DemoRole role : List.of(DemoRole.OFFICER, DemoRole.FOREIGN_OFFICER, DemoRole.AUDITOR)) {
      var keys = TestAuthority.newKeys();
      new OfficerFile(
              keys.getPrivate(),
              List.of(devices.client(credentials.person(role).login(), keys.getPublic())))
          .write(
              DemoCredentials.keyFile(data, credentials.person(role)),
              credentials.officerKeyPassword().toCharArray());
    }
    Files.createDirectories(data.resolve("trust"));
    Files.writeString(data.resolve("trust/root.pem"), pem(root.certificate()));
    Files.writeString(
        data.resolve("trust/chain.pem"), pem(devices.certificate()) + pem(root.certificate()));
    validation.setExecutor(threads);
    validation.createContext("/", exchange -> quietly(exchange, this::validate));
    validation.start();
    web.setExecutor(threads);
    web.createContext("/api/v1", exchange -> quietly(exchange, this::rest));
    web.start();
  }

  private interface Handling {
    void handle(HttpExchange exchange) throws Exception;
  }

  private static void quietly(HttpExchange exchange, Handling handling) {
    try (exchange) {
      handling.handle(exchange);
    } catch (Exception fault) {
      throw new IllegalStateException(fault);
    }
  }

  /** Looks at the directory first: the real demo does so by itself. */
  private void validate(HttpExchange exchange) throws Exception {
    if (staffIsDisabled()) {
      for (X509Certificate certificate : register.certificates.values()) {
        if (!status.revoked.containsKey(certificate.getSerialNumber())) {
          status.revoke(certificate.getSerialNumber());
          register.tell(
              "certificate.revoked",
              "certificate:devices/" + certificate.getSerialNumber().toString(16));
        }
      }
    }
    status.answer(exchange);
  }

  private void rest(HttpExchange exchange) throws Exception {
    var path = exchange.getRequestURI().getPath().substring("/api/v1".length());
    var query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    byte[] octets = exchange.getRequestBody().readAllBytes();
    Map<String, String> body =
        octets.length == 0 ? Map.of() : JSON.readValue(octets, new TypeReference<>() {});
    var person =
        exchange.getRequestHeaders().containsKey("Authorization")
            ? person(exchange.getRequestHeaders().getFirst("Authorization"))
            : person(((HttpsExchange) exchange).getSSLSession());
    if (person.isEmpty()) {
      send(exchange, 401, JSON.writeValueAsBytes(Map.of("title", "log in")));
      return;
    }
    var answer = register.answer(person.get(), path, query, body);
    for (X509Certificate certificate : register.certificates.values()) {
      publish(certificate);
    }
    if (answer.status() == 201) {
      var id = ((Map<?, ?>) answer.body()).get("id");
      exchange.getResponseHeaders().add("Location", "/api/v1/requests/" + id);
    }
    send(
        exchange,
        answer.status(),
        answer.body() instanceof byte[] file ? file : JSON.writeValueAsBytes(answer.body()));
  }

  private Optional<Person> person(String authorization) throws Exception {
    var decoded =
        new String(
            Base64.getDecoder().decode(authorization.substring("Basic ".length())),
            StandardCharsets.UTF_8);
    boolean mayStaff = !staffIsDisabled() || lies.contains(Lie.LETS_THE_DISABLED_IN);
    return credentials.people().values().stream()
        .filter(one -> decoded.equals(one.login() + ":" + one.password()))
        .filter(one -> mayStaff || !one.login().equals("staff"))
        .findFirst();
  }

  private void publish(X509Certificate certificate) throws Exception {
    var entry = directory.getEntry(DN);
    if (!entry.hasAttributeValue("userCertificate;binary", certificate.getEncoded())) {
      directory.modify(
          "dn: " + DN,
          "changetype: modify",
          "add: userCertificate;binary",
          "userCertificate;binary:: "
              + Base64.getEncoder().encodeToString(certificate.getEncoded()));
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws Exception {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static InMemoryDirectoryServer directory() throws Exception {
    var config = new InMemoryDirectoryServerConfig("o=hassfurt");
    config.addAdditionalBindCredentials("cn=admin", "Geheim!ä");
    var server = new InMemoryDirectoryServer(config);
    server.add("dn: o=hassfurt", "objectClass: organization", "o: hassfurt");
    server.add(
        "dn: " + DN,
        "objectClass: inetOrgPerson",
        "uid: staff",
        "cn: Erika",
        "sn: Erika",
        "employeeType: active");
    server.startListening();
    return server;
  }

  private static DemoCredentials credentials(String web, String validation, String directory) {
    var people = new EnumMap<DemoRole, Person>(DemoRole.class);
    for (DemoRole role : DemoRole.values()) {
      var tenant = role == DemoRole.FOREIGN_OFFICER ? "ebern.example" : "hassfurt.example";
      people.put(role, new Person("Rolle", "Name " + role, role.key(), "pä:ß " + role, tenant));
    }
    return new DemoCredentials(
        new DemoCredentials.Addresses(
            URI.create(web), URI.create(web), URI.create(validation), URI.create(directory)),
        people,
        new DemoCredentials.DirectoryAdmin("cn=admin", "Geheim!ä"),
        "Geheim!k",
        "phrase");
  }

  private static SSLContext tls(TestAuthority devices, String serverName) throws Exception {
    var keys = TestAuthority.newKeys();
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "tls",
        keys.getPrivate(),
        new char[] {'x'},
        new Certificate[] {devices.server(serverName, keys.getPublic()), devices.certificate()});
    var managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, new char[] {'x'});
    var tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), new TrustManager[] {new Everybody()}, null);
    return tls;
  }

  private static HttpsConfigurator asking(SSLContext tls) {
    return new HttpsConfigurator(tls) {
      @Override
      public void configure(HttpsParameters parameters) {
        var asked = tls.getDefaultSSLParameters();
        asked.setWantClientAuth(true);
        parameters.setSSLParameters(asked);
      }
    };
  }

  /** Each has one key, whose certificate says whose. */
  private Optional<Person> person(SSLSession session) {
    try {
      var shown = (X509Certificate) session.getPeerCertificates()[0];
      return credentials.people().values().stream()
          .filter(one -> shown.getSubjectX500Principal().getName().equals("CN=" + one.login()))
          .findFirst();
    } catch (SSLPeerUnverifiedException _) {
      return Optional.empty();
    }
  }

  /** TLS has proved who has the key; here that is enough. */
  private static final class Everybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static String pem(X509Certificate certificate) throws Exception {
    var base64 = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
    return String.join(
        "\n", List.of("-----BEGIN CERTIFICATE-----", base64, "-----END CERTIFICATE-----", ""));
  }

  @Override
  public void close() {
    web.stop(0);
    validation.stop(0);
    directory.shutDown(true);
    threads.close();
  }
}
