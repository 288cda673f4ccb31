package de.kreissiegel.ra.house;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.kreissiegel.ca.login.ProviderLogin;
import de.kreissiegel.ra.security.OpenIdSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * An OpenID provider over loopback HTTP that does what it should (code flow, PKCE, codes that are
 * good once), and what it shouldn't when a test asks for it.
 */
public final class OpenIdProviderOfTests implements AutoCloseable {
  private static final String CLIENT = "kreissiegel";
  private static final String SECRET = "s3cret & more";

  private final HttpServer server;
  private final Clock clock;
  private final ECKey key;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private volatile UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();
  private volatile Signing signing = Signing.PROPER;
  private volatile boolean down;

  /** How an ID token is signed. */
  public enum Signing {
    PROPER,
    OTHER_KEY,
    /** By HMAC under the client's secret, which we don't agree to. */
    SHARED_SECRET,
    NONE
  }

  OpenIdProviderOfTests(Clock clock) throws Exception {
    this.clock = clock;
    this.key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  OpenIdSettings settings() {
    return new OpenIdSettings(
        URI.create(issuer()),
        CLIENT,
        Optional.of(SECRET),
        "preferred_username",
        ProviderLogin.Names.LOGIN,
        Set.of("profile"),
        "Testkonto",
        Optional.empty());
  }

  /** Its identifier. */
  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All is as it should be again. */
  public void reset() {
    claims = UnaryOperator.identity();
    signing = Signing.PROPER;
    down = false;
  }

  /** Every ID token from now on has these claims changed. */
  public void claims(UnaryOperator<JWTClaimsSet.Builder> change) {
    claims = change;
  }

  public void signing(Signing how) {
    signing = how;
  }

  public void down() {
    down = true;
  }

  /**
   * Somebody logs in there, having been sent with this address.
   *
   * @return the query with which the browser is sent back
   */
  public String logIn(String authorization, String login) {
    Map<String, String> asked = parameters(authorization);
    String code = UUID.randomUUID().toString();
    asked.put("login", login);
    codes.put(code, asked);
    return "code="
        + code
        + "&state="
        + URLEncoder.encode(asked.getOrDefault("state", ""), UTF_8)
        + "&iss="
        + issuer();
  }

  /** What an address asks for. */
  public static Map<String, String> parameters(String address) {
    Map<String, String> all = new HashMap<>();
    UriComponentsBuilder.fromUriString(address)
        .build()
        .getQueryParams()
        .toSingleValueMap()
        .forEach((name, value) -> all.put(name, URLDecoder.decode(String.valueOf(value), UTF_8)));
    return all;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (down) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/.well-known/openid-configuration" -> send(exchange, 200, configuration());
        case "/jwks" -> send(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
        case "/token" -> token(exchange);
        case "/userinfo" -> userInfo(exchange);
        default -> exchange.sendResponseHeaders(404, -1);
      }
    } catch (JOSEException | GeneralSecurityException impossible) {
      throw new IOException(impossible);
    }
  }

  private String configuration() {
    return """
    {"issuer": "%1$s", "authorization_endpoint": "%1$s/auth", "token_endpoint": "%1$s/token",
     "jwks_uri": "%1$s/jwks", "userinfo_endpoint": "%1$s/userinfo", "end_session_endpoint": "%1$s/end",
     "response_types_supported": ["code"], "subject_types_supported": ["public"],
     "id_token_signing_alg_values_supported": ["ES256"]}
    """
        .formatted(issuer());
  }

  /** RFC 6749 §4.1.3, RFC 7636 §4.6. */
  private void token(HttpExchange exchange)
      throws IOException, JOSEException, GeneralSecurityException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Map<String, String> form = parameters("?" + body);
    Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
    String basic = exchange.getRequestHeaders().getFirst("Authorization");
    if (!("Basic " + base64(CLIENT + ":s3cret+%26+more")).equals(basic)) {
      send(exchange, 401, "{\"error\": \"invalid_client\"}");
    } else if (asked == null || !challenge(form).equals(asked.get("code_challenge"))) {
      send(exchange, 400, "{\"error\": \"invalid_grant\"}");
    } else {
      send(
          exchange,
          200,
          "{\"access_token\": \"of-%s\", \"token_type\": \"Bearer\", \"id_token\": \"%s\"}"
              .formatted(asked.get("login"), signed(asked)));
    }
  }

  private static void userInfo(HttpExchange exchange) throws IOException {
    String login = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer of-", "");
    send(
        exchange,
        200,
        "{\"sub\": \"subject-of-%1$s\", \"preferred_username\": \"%1$s\"}".formatted(login));
  }

  private static String challenge(Map<String, String> form) throws GeneralSecurityException {
    byte[] verifier = form.getOrDefault("code_verifier", "").getBytes(UTF_8);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier));
  }

  private String signed(Map<String, String> asked) throws JOSEException {
    var now = clock.instant();
    JWTClaimsSet set =
        claims
            .apply(
                new JWTClaimsSet.Builder()
                    .issuer(issuer())
                    .audience(CLIENT)
                    .subject("subject-of-" + asked.get("login"))
                    .claim("nonce", asked.get("nonce"))
                    .claim("preferred_username", asked.get("login"))
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plus(Duration.ofMinutes(5)))))
            .build();
    if (signing == Signing.NONE) {
      return new PlainJWT(set).serialize();
    }
    boolean shared = signing == Signing.SHARED_SECRET;
    var token =
        new SignedJWT(
            new JWSHeader.Builder(shared ? JWSAlgorithm.HS256 : JWSAlgorithm.ES256)
                .keyID("k1")
                .build(),
            set);
    if (shared) {
      token.sign(new MACSigner((SECRET + " ".repeat(32)).getBytes(UTF_8)));
    } else {
      ECKey by =
          signing == Signing.PROPER ? key : new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
      token.sign(new ECDSASigner(by));
    }
    return token.serialize();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] octets = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, octets.length);
    exchange.getResponseBody().write(octets);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
