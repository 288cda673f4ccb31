package de.kreissiegel.ra.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.endsWith;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.nimbusds.jwt.JWTClaimsSet;
import de.kreissiegel.ca.audit.AuditDesk;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.MovableClock;
import de.kreissiegel.ra.house.OpenIdProviderOfTests;
import de.kreissiegel.ra.house.OpenIdProviderOfTests.Signing;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class OpenIdLogInTest {
  private static final String UNPROVEN = "/login?error=openid-unproven";

  private static final AuditQuery LAST =
      new AuditQuery("login.", Optional.empty(), Optional.empty(), 0, 1);

  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired OpenIdProviderOfTests provider;
  @Autowired OpenIdSettings settings;
  @Autowired MovableClock clock;
  @Autowired AuditDesk audit;

  private final MockHttpSession session = new MockHttpSession();

  @AfterEach
  void allIsAsItWas() {
    staff.reset();
    provider.reset();
  }

  @Test
  void logsInForWhomTheProviderVouchesUnderAnotherSessionId() throws Exception {
    String before = session.getId();
    back(provider.logIn(start(), "staff")).andExpect(redirectedUrl("/"));
    assertThat(session.getId()).isNotEqualTo(before);
    web.perform(get("/").session(session)).andExpect(status().isOk());
    assertThat(audit.read(staff.person("auditor"), LAST))
        .first()
        .satisfies(event -> assertThat(event.action()).isEqualTo("login.succeeded"))
        .satisfies(event -> assertThat(event.detail()).isEqualTo("proof=openid"));
  }

  @Test
  void asksWithStateNonceAndAChallenge() throws Exception {
    Map<String, String> asked = OpenIdProviderOfTests.parameters(start());
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "kreissiegel")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("redirect_uri", "https://pki.example:8443/login/openid/code")
        .containsKeys("code_challenge", "nonce");
    assertThat(Objects.requireNonNull(asked.get("state")).length()).isGreaterThanOrEqualTo(43);
  }

  @Test
  void asksAtTheUserInfoEndpointForWhatTheTokenDoesNotTell() throws Exception {
    provider.claims(token -> token.claim("preferred_username", null));
    back(provider.logIn(start(), "staff")).andExpect(redirectedUrl("/"));
  }

  @Test
  void takesNoUserInfoOfAnotherSubject() throws Exception {
    provider.claims(token -> token.claim("preferred_username", null).subject("another"));
    back(provider.logIn(start(), "staff")).andExpect(redirectedUrl(UNPROVEN));
    nobodyIsIn();
  }

  @Test
  void opensNoOffice() throws Exception {
    back(provider.logIn(start(), "officer")).andExpect(redirectedUrl("/"));
    web.perform(get("/inbox").session(session)).andExpect(redirectedUrl("/login?stronger=yes"));
  }

  @Test
  void leadsOnToWhatWasWanted() throws Exception {
    web.perform(get("/passkeys").accept("text/html").session(session))
        .andExpect(redirectedUrl("/login"));
    back(provider.logIn(start(), "staff"))
        .andExpect(redirectedUrl("https://pki.example:8443/passkeys"));
  }

  @Test
  void logsNobodyInWhomTheDirectoryDoesNotKnow() throws Exception {
    back(provider.logIn(start(), "nobody")).andExpect(redirectedUrl("/login?error=openid-nobody"));
    staff.goAway();
    back(provider.logIn(start(), "staff")).andExpect(redirectedUrl("/login?error=directory"));
  }

  @Test
  void endsTheSessionOfWhoWasDisabled() throws Exception {
    back(provider.logIn(start(), "staff")).andExpect(redirectedUrl("/"));
    staff.disable("staff");
    clock.forward(Duration.ofSeconds(31));
    web.perform(get("/").session(session)).andExpect(redirectedUrl("/login?error=ended"));
  }

  @ParameterizedTest
  @MethodSource("wrongTokens")
  void refusesATokenWith(String what, UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    provider.claims(change);
    back(provider.logIn(start(), "staff")).andExpect(redirectedUrl(UNPROVEN));
    nobodyIsIn();
  }

  static Stream<Arguments> wrongTokens() {
    return Map.<String, UnaryOperator<JWTClaimsSet.Builder>>of(
            "another nonce", token -> token.claim("nonce", "other"),
            "no nonce", token -> token.claim("nonce", null),
            "another issuer", token -> token.issuer("http://127.0.0.1:1"),
            "another audience", token -> token.audience("somebody-else"),
            "several audiences and none authorised",
                token -> token.audience(List.of("kreissiegel", "other")),
            "another authorised party", token -> token.claim("azp", "other"),
            "an end long ago", token -> token.expirationTime(new Date(0)),
            "no end", token -> token.expirationTime(null),
            "no subject", token -> token.subject(null))
        .entrySet()
        .stream()
        .map(one -> Arguments.of(one.getKey(), one.getValue()));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROPER")
  void refusesATokenThatIsSignedBy(Signing how) throws Exception {
    provider.signing(how);
    back(provider.logIn(start(), "staff")).andExpect(redirectedUrl(UNPROVEN));
    nobodyIsIn();
  }

  @Test
  void takesACodeOnce() throws Exception {
    String answer = provider.logIn(start(), "staff");
    back(answer).andExpect(redirectedUrl("/"));
    back(answer).andExpect(redirectedUrl("/login?error=openid-stale"));
    // In another browser, which began a log-in of its own: another state, and another verifier.
    var other = new MockHttpSession();
    start(other);
    back(answer, other).andExpect(redirectedUrl(UNPROVEN));
  }

  @Test
  void refusesACodeOfAnotherLogInBroughtWithThisOnesState() throws Exception {
    String theirs = provider.logIn(start(new MockHttpSession()), "officer");
    String code = theirs.substring(0, theirs.indexOf('&'));
    String mine = provider.logIn(start(), "staff");
    back(code + mine.substring(mine.indexOf('&'))).andExpect(redirectedUrl(UNPROVEN));
    nobodyIsIn();
  }

  @Test
  void refusesAnAnswerThatThisBrowserDidNotAskFor() throws Exception {
    String theirs = provider.logIn(start(new MockHttpSession()), "staff");
    back(theirs).andExpect(redirectedUrl("/login?error=openid-stale"));
    start();
    back(theirs).andExpect(redirectedUrl(UNPROVEN));
    nobodyIsIn();
  }

  @Test
  void refusesAnAnswerOfAnotherProvider() throws Exception {
    String answer = provider.logIn(start(), "staff");
    back(answer.replace(provider.issuer(), "https://evil.example"))
        .andExpect(redirectedUrl(UNPROVEN));
  }

  @Test
  void forgetsALogInThatTookTooLong() throws Exception {
    String answer = provider.logIn(start(), "staff");
    clock.forward(Duration.ofMinutes(16));
    back(answer).andExpect(redirectedUrl("/login?error=openid-stale"));
  }

  @Test
  void saysThatTheProviderSaidNo() throws Exception {
    String state = provider.logIn(start(), "staff").replaceFirst("code=[^&]*", "");
    back("error=access_denied" + state).andExpect(redirectedUrl("/login?error=openid-denied"));
  }

  @Test
  void letsPeopleInByPasswordWhileTheProviderIsDown() throws Exception {
    provider.down();
    web.perform(
            post("/login")
                .with(csrf())
                .param("username", "staff")
                .param("password", Staff.PASSWORD))
        .andExpect(redirectedUrl("/"));
  }

  @Test
  void saysThatTheProviderIsAwayOrAnother() {
    OpenIdSettings there = settings;
    for (String issuer : List.of("http://127.0.0.1:1", provider.issuer() + "/")) {
      var asked =
          new OpenIdProvider(
              new OpenIdSettings(
                  URI.create(issuer),
                  there.clientId(),
                  there.clientSecret(),
                  there.claim(),
                  there.names(),
                  there.scopes(),
                  there.title(),
                  there.trust()),
              URI.create("https://pki.example:8443/login/openid/code"),
              clock);
      assertThatThrownBy(asked::registration)
          .isInstanceOfSatisfying(
              OpenIdTurned.class, turned -> assertThat(turned.word()).isEqualTo("away"));
    }
  }

  @Test
  void logsOutAtTheProviderToo() throws Exception {
    back(provider.logIn(start(), "staff")).andExpect(redirectedUrl("/"));
    String end =
        Objects.requireNonNull(
            web.perform(post("/logout").session(session).with(csrf()))
                .andExpect(
                    header()
                        .string(
                            "Content-Security-Policy",
                            endsWith("form-action 'self' " + provider.issuer())))
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
    assertThat(end)
        .startsWith(provider.issuer() + "/end?client_id=kreissiegel&id_token_hint=ey")
        .endsWith("&post_logout_redirect_uri=https%3A%2F%2Fpki.example%3A8443%2Flogin%3FloggedOut");
    assertThat(session.isInvalid()).isTrue();
  }

  private void nobodyIsIn() throws Exception {
    web.perform(get("/").session(session)).andExpect(redirectedUrl("/login"));
  }

  private String start() throws Exception {
    return start(session);
  }

  private String start(MockHttpSession browser) throws Exception {
    String there =
        web.perform(get("/login/openid").session(browser))
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    assertThat(there).startsWith(provider.issuer() + "/auth?");
    return Objects.requireNonNull(there);
  }

  private ResultActions back(String query) throws Exception {
    return back(query, session);
  }

  private ResultActions back(String query, MockHttpSession browser) throws Exception {
    return web.perform(get(URI.create("/login/openid/code?" + query)).session(browser));
  }
}
