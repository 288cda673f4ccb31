package de.kreissiegel.ra.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import de.kreissiegel.ca.login.ProviderLogin;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.MovableClock;
import de.kreissiegel.ra.house.OpenIdProviderOfTests;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;

/** Log-in by npm's oidc-provider, whose forms are filled in as a browser would. */
@AgainstPeer(Peer.OIDC_PROVIDER)
@SpringBootTest(
    classes = {RaApplication.class, TestHouse.class, OpenIdPeerTest.ByOidcProvider.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
class OpenIdPeerTest {
  private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
  private static final String BACK = "/login/openid/code";
  private static final String SECRET = "a secret that is long enough for it";

  @Autowired MockMvc web;
  @Autowired MovableClock clock;

  private final MockHttpSession session = new MockHttpSession();
  private final HttpClient browser =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  /** The provider has the world's time. */
  @BeforeEach
  void today() {
    clock.forward(Duration.between(clock.instant(), Clock.systemUTC().instant()));
  }

  @Test
  void logsInAndOut(PeerSession peer) throws Exception {
    String there =
        redirection(web.perform(get("/login/openid").session(session)).andReturn().getResponse());
    URI back = logInThere(there, "staff");
    MockHttpServletResponse answer =
        web.perform(get(back).session(session)).andReturn().getResponse();
    peer.sees("its log-in as ours", () -> assertThat(answer.getRedirectedUrl()).isEqualTo("/"));
    String end =
        redirection(
            web.perform(post("/logout").session(session).with(csrf())).andReturn().getResponse());
    HttpResponse<String> asked = fetch(URI.create(end));
    peer.sees("our log-out as its own", () -> assertThat(asked.body()).contains("op.logoutForm"));
  }

  @Test
  void refusesACodeThatIsBroughtASecondTime(PeerSession peer) throws Exception {
    URI back =
        logInThere(
            redirection(
                web.perform(get("/login/openid").session(session)).andReturn().getResponse()),
            "staff");
    web.perform(get(back).session(session));
    var again = new MockHttpSession();
    String other =
        redirection(web.perform(get("/login/openid").session(again)).andReturn().getResponse());
    String state = OpenIdProviderOfTests.parameters(other).get("state");
    String code = OpenIdProviderOfTests.parameters(back.toString()).get("code");
    String answer =
        redirection(
            web.perform(get(BACK).param("code", code).param("state", state).session(again))
                .andReturn()
                .getResponse());
    peer.sees(
        "its code used up", () -> assertThat(answer).isEqualTo("/login?error=openid-unproven"));
  }

  /** Gives name and consent. */
  private URI logInThere(String there, String login) throws Exception {
    HttpResponse<String> page = fetch(URI.create(there));
    page = submit(page, "prompt=login&password=any&login=" + URLEncoder.encode(login, UTF_8));
    page = submit(page, "prompt=consent");
    return URI.create(page.headers().firstValue("Location").orElseThrow());
  }

  private HttpResponse<String> submit(HttpResponse<String> page, String form) throws Exception {
    var action = FORM.matcher(page.body());
    assertThat(action.find()).as(page.body()).isTrue();
    return followed(
        browser.send(
            HttpRequest.newBuilder(URI.create(action.group(1)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString()));
  }

  private HttpResponse<String> fetch(URI address) throws Exception {
    return followed(
        browser.send(
            HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString()));
  }

  /** As long as it stays at the provider. */
  private HttpResponse<String> followed(HttpResponse<String> answer) throws Exception {
    Optional<URI> next = answer.headers().firstValue("Location").map(answer.uri()::resolve);
    return next.isPresent() && next.get().getHost().equals("127.0.0.1")
        ? fetch(next.get())
        : answer;
  }

  private static String redirection(MockHttpServletResponse response) {
    return Objects.requireNonNull(response.getRedirectedUrl());
  }

  /** The provider's process. */
  record Running(Process process, int port) implements AutoCloseable {
    static Running start() throws IOException {
      int port;
      try (var free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      Process process =
          new ProcessBuilder("node", "provider.mjs", String.valueOf(port))
              .directory(Path.of("src/test/oidc-provider").toFile())
              .redirectErrorStream(true)
              .start();
      BufferedReader out = process.inputReader();
      for (String line = out.readLine(); !"listening".equals(line); line = out.readLine()) {
        if (line == null) {
          throw new IOException("the provider has ended");
        }
      }
      return new Running(process, port);
    }

    /** It ends with its standard input. */
    @Override
    public void close() throws IOException {
      process.outputWriter().close();
    }
  }

  /** The house, with this provider. */
  static class ByOidcProvider {
    @Bean(destroyMethod = "close")
    Running running() throws IOException {
      return Running.start();
    }

    @Bean
    @Primary
    OpenIdSettings byOidcProvider(Running provider) {
      return new OpenIdSettings(
          URI.create("http://127.0.0.1:" + provider.port()),
          "kreissiegel",
          Optional.of(SECRET),
          "preferred_username",
          ProviderLogin.Names.LOGIN,
          Set.of("profile"),
          "oidc-provider",
          Optional.empty());
    }
  }
}
