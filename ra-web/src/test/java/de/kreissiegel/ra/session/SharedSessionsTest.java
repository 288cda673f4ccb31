package de.kreissiegel.ra.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.x509;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.login.OpenSession;
import de.kreissiegel.ca.login.SessionBook;
import de.kreissiegel.ca.login.StoredSession;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.MovableClock;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Two nodes over one database, each with all filters and pages and with nothing in memory. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class SharedSessionsTest {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  @Autowired WebApplicationContext context;
  @Autowired CertificationAuthority authority;
  @Autowired List<Keepable> keepables;
  @Autowired Staff staff;
  @Autowired LogIns logIns;
  @Autowired MovableClock clock;
  @Autowired SecureRandom random;

  @Autowired
  @Qualifier("springSecurityFilterChain")
  Filter security;

  @Autowired FilterRegistrationBean<HeaderWriterFilter> headers;

  private Counting book;
  private MockMvc one;
  private MockMvc other;

  @BeforeEach
  void twoNodes() {
    book = new Counting(authority.entrance().sessions());
    one = node();
    other = node();
  }

  @AfterEach
  void everybodyIsBack() {
    staff.reset();
  }

  @Test
  void goesOnAtAnyNodeAndAfterARestart() throws Exception {
    Cookie session = logIn(one, other);
    assertThat(page(other, "/", session)).contains("Abmelden");
    assertThat(page(node(), "/", session)).contains("Abmelden");
  }

  @Test
  void goesOnUnderAnotherIdOnceSomebodyHasLoggedIn() throws Exception {
    MockHttpServletResponse form = one.perform(get("/login")).andReturn().getResponse();
    Cookie before = cookie(form);
    Cookie after = logIn(other, before, token(form));
    assertThat(after.getValue()).isNotEqualTo(before.getValue());
    other.perform(get("/").cookie(before)).andExpect(redirectedUrl("/login"));
  }

  @Test
  void takesNoIdThatABrowserBringsAlong() throws Exception {
    Cookie own = new Cookie(SessionFilter.COOKIE, "A".repeat(43));
    Cookie given = cookie(one.perform(get("/login").cookie(own)).andReturn().getResponse());
    assertThat(given.getValue()).isNotEqualTo(own.getValue()).hasSize(43);
    one.perform(get("/login").cookie(new Cookie(SessionFilter.COOKIE, "' or 1=1 --")))
        .andExpect(status().isOk());
  }

  @Test
  void endsAtEveryNodeWhenItEndsAtOne() throws Exception {
    Cookie session = logIn(one, one);
    MockHttpServletResponse home = one.perform(get("/").cookie(session)).andReturn().getResponse();
    other
        .perform(post("/logout").cookie(session).param("_csrf", token(home)))
        .andExpect(redirectedUrl("/login?loggedOut"));
    one.perform(get("/").cookie(session)).andExpect(redirectedUrl("/login"));
  }

  @Test
  void endsAtEveryNodeWhenThePersonIsGone() throws Exception {
    Cookie session = logIn(one, one);
    staff.disable("staff");
    clock.forward(Duration.ofSeconds(31));
    other.perform(get("/").cookie(session)).andExpect(redirectedUrl("/login?error=ended"));
    one.perform(get("/").cookie(session)).andExpect(redirectedUrl("/login"));
  }

  @Test
  void knowsAtTheOtherNodeByWhatSomebodyLoggedIn() throws Exception {
    Cookie session =
        cookie(
            one.perform(get("/login/certificate").with(x509(logIns.certificate("officer"))))
                .andExpect(redirectedUrl("https://pki.example:8443/"))
                .andReturn()
                .getResponse());
    other.perform(get("/inbox").cookie(session)).andExpect(status().isOk());
    clock.forward(Duration.ofSeconds(31)); // asked again, by the certificate
    other.perform(get("/inbox").cookie(session)).andExpect(status().isOk());
  }

  @Test
  void leadsOnAtTheOtherNodeToWhatWasWanted() throws Exception {
    Cookie session =
        cookie(
            one.perform(get("/certificates").accept("text/html"))
                .andExpect(redirectedUrl("/login"))
                .andReturn()
                .getResponse());
    MockHttpServletResponse form =
        one.perform(get("/login").cookie(session)).andReturn().getResponse();
    other
        .perform(
            post("/login")
                .cookie(session)
                .param("_csrf", token(form))
                .param("username", "staff")
                .param("password", Staff.PASSWORD))
        .andExpect(redirectedUrl("https://pki.example:8443/certificates"));
  }

  @Test
  void writesNothingForAPageThatChangesNothingButOnceAMinute() throws Exception {
    Cookie session = logIn(one, one);
    page(one, "/", session); // makes the token for its forms
    int before = book.writes.get();
    for (int i = 0; i < 10; i++) {
      page(i % 2 == 0 ? one : other, "/", session);
    }
    assertThat(book.writes.get()).isEqualTo(before);
    clock.forward(Duration.ofSeconds(61));
    page(one, "/", session);
    page(other, "/", session);
    assertThat(book.writes.get()).isEqualTo(before + 1);
  }

  @Test
  void livesAsLongAsItIsUsed() throws Exception {
    Cookie session = logIn(one, one);
    clock.forward(Duration.ofMinutes(29));
    page(other, "/", session);
    clock.forward(Duration.ofMinutes(29));
    page(one, "/", session);
    clock.forward(Duration.ofMinutes(32));
    one.perform(get("/").cookie(session)).andExpect(redirectedUrl("/login"));
  }

  @Test
  void tellsWhoReadsTheDatabaseNeitherIdNorNameNorToken() throws Exception {
    Cookie session = logIn(one, one);
    StoredSession stored =
        authority
            .entrance()
            .sessions()
            .find(SessionSeal.key(session.getValue()), clock.instant())
            .orElseThrow();
    String readable = new String(stored.content().toArray(), StandardCharsets.ISO_8859_1);
    assertThat(readable)
        .doesNotContain("staff", "login", "csrf")
        .doesNotContain(session.getValue());
    assertThat(stored.known()).isTrue();
  }

  @Test
  void showsPeopleTheirOwnSessionsAndEndsThemAtEveryNode() throws Exception {
    Cookie here = logIn(one, one);
    clock.forward(Duration.ofMinutes(1));
    Cookie there = logIn(other, other);
    String list = page(one, "/sessions", there);
    assertThat(list).contains("Diese Anmeldung", "Andere Anmeldung", "mit Kennwort");
    String id = SessionSeal.key(here.getValue()).toHex();
    assertThat(list).contains("/sessions/" + id + "/end");

    // Somebody else's is none of theirs.
    MockHttpServletResponse form = one.perform(get("/login")).andReturn().getResponse();
    Cookie stranger = logIn(one, cookie(form), token(form), "stranger");
    end(stranger, "/sessions/" + id + "/end").andExpect(status().isNotFound());
    page(one, "/", here);
    end(there, "/sessions/" + id + "/end").andExpect(redirectedUrl("/sessions"));
    one.perform(get("/").cookie(here)).andExpect(redirectedUrl("/login"));

    Cookie third = logIn(one, one);
    end(there, "/sessions/end-others").andExpect(redirectedUrl("/sessions"));
    one.perform(get("/").cookie(third)).andExpect(redirectedUrl("/login"));
    page(one, "/", there);
    page(one, "/", stranger);
  }

  @Test
  void asksOnceMoreWhoSomebodyIsBeforeSessionsEndAndPasskeysChange() throws Exception {
    Cookie session = logIn(one, one);
    one.perform(get("/prove/sessions").cookie(session)).andExpect(redirectedUrl("/sessions"));
    clock.forward(Duration.ofMinutes(11));
    assertThat(page(one, "/sessions", session)).contains("sessions-prove").doesNotContain("/end\"");
    end(session, "/sessions/end-others").andExpect(status().isForbidden());
    end(session, "/sessions/" + "00".repeat(32) + "/end").andExpect(status().isForbidden());

    one.perform(get("/prove/sessions").cookie(session).accept("text/html"))
        .andExpect(redirectedUrl("/login?again=yes"));
    MockHttpServletResponse form =
        one.perform(get("/login?again=yes").cookie(session))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse();
    assertThat(form.getContentAsString()).contains("data-testid=\"again\"", "name=\"password\"");
    one.perform(password(session, token(form), "staff", "falsch"))
        .andExpect(redirectedUrl("/login?again=yes&error=credentials"));
    Cookie after =
        cookie(
            one.perform(password(session, token(form), "staff", Staff.PASSWORD))
                .andExpect(redirectedUrl("https://pki.example:8443/prove/sessions"))
                .andReturn()
                .getResponse());
    one.perform(get("/prove/sessions").cookie(after)).andExpect(redirectedUrl("/sessions"));
    assertThat(page(one, "/sessions", after)).doesNotContain("sessions-prove");
    one.perform(get("/prove/house").cookie(after)).andExpect(status().isNotFound());
  }

  @Test
  void hasTheBrowserThrowItsCopiesOfPagesAwayWhenASessionWasNotUsedForLong() throws Exception {
    Cookie session = logIn(one, one);
    clock.forward(Duration.ofMinutes(32));
    one.perform(get("/").secure(true).cookie(session))
        .andExpect(redirectedUrl("/login"))
        .andExpect(header().string("Clear-Site-Data", "\"cache\""));
  }

  @Test
  void letsNobodyInByASessionThatWasTamperedWith() throws Exception {
    Cookie session = logIn(one, one);
    Bytes key = SessionSeal.key(session.getValue());
    authority.entrance().sessions().change(key, clock.instant(), SharedSessionsTest::bent);
    one.perform(get("/").cookie(session)).andExpect(redirectedUrl("/login"));
  }

  @Test
  void saysThatTheDatabaseIsAwayAndLogsNobodyOut() throws Exception {
    Cookie session = logIn(one, one);
    book.away = true;
    MockHttpServletResponse answer =
        one.perform(get("/").secure(true).cookie(session))
            .andExpect(status().isServiceUnavailable())
            .andReturn()
            .getResponse();
    assertThat(answer.getContentAsString()).contains("Sie bleiben angemeldet");
    assertThat(answer.getCookie(SessionFilter.COOKIE)).isNull();
    assertThat(answer.getHeader("Strict-Transport-Security")).contains("max-age=31536000");
    assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.getHeader("Content-Security-Policy")).contains("frame-ancestors 'none'");
    book.away = false;
    page(one, "/", session);
  }

  private static StoredSession bent(StoredSession session) {
    byte[] octets = session.content().toArray();
    octets[20] ^= 1;
    return new StoredSession(
        session.key(),
        Bytes.of(octets),
        session.holder(),
        session.created(),
        session.used(),
        session.ends());
  }

  private MockMvc node() {
    return MockMvcBuilders.webAppContextSetup(context)
        .<DefaultMockMvcBuilder>addFilters(
            headers.getFilter(), new SessionFilter(book, keepables, clock, random), security)
        .build();
  }

  /** Asks for the form at one node and sends it to the other one. */
  private static Cookie logIn(MockMvc first, MockMvc second) throws Exception {
    MockHttpServletResponse form = first.perform(get("/login")).andReturn().getResponse();
    return logIn(second, cookie(form), token(form));
  }

  private static Cookie logIn(MockMvc node, Cookie session, String token) throws Exception {
    return logIn(node, session, token, "staff");
  }

  private static Cookie logIn(MockMvc node, Cookie session, String token, String login)
      throws Exception {
    return cookie(
        node.perform(password(session, token, login, Staff.PASSWORD))
            .andExpect(redirectedUrl("/"))
            .andReturn()
            .getResponse());
  }

  private static MockHttpServletRequestBuilder password(
      Cookie session, String token, String login, String password) {
    return post("/login")
        .cookie(session)
        .param("_csrf", token)
        .param("username", login)
        .param("password", password);
  }

  /** Ends by the form of a page that has one. */
  private ResultActions end(Cookie session, String address) throws Exception {
    String token = token(one.perform(get("/").cookie(session)).andReturn().getResponse());
    return one.perform(post(address).cookie(session).param("_csrf", token));
  }

  private static String page(MockMvc node, String path, Cookie session) throws Exception {
    MockHttpServletRequestBuilder request = get(path).cookie(session);
    return node.perform(request)
        .andExpect(status().isOk())
        .andReturn()
        .getResponse()
        .getContentAsString();
  }

  private static Cookie cookie(MockHttpServletResponse response) {
    Cookie cookie = Objects.requireNonNull(response.getCookie(SessionFilter.COOKIE));
    assertThat(cookie.getSecure()).isTrue();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getPath()).isEqualTo("/");
    return cookie;
  }

  private static String token(MockHttpServletResponse page) throws Exception {
    var found = TOKEN.matcher(page.getContentAsString());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  /** The real book; counts what is written, and can be away. */
  private static final class Counting implements SessionBook {
    private final SessionBook book;
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean away;

    Counting(SessionBook book) {
      this.book = book;
    }

    @Override
    public Optional<StoredSession> find(Bytes key, Instant now) {
      if (away) {
        throw new UnsupportedOperationException("away");
      }
      return book.find(key, now);
    }

    @Override
    public void insert(StoredSession session, Instant now) {
      writes.incrementAndGet();
      book.insert(session, now);
    }

    @Override
    public boolean change(Bytes key, Instant now, UnaryOperator<StoredSession> change) {
      writes.incrementAndGet();
      return book.change(key, now, change);
    }

    @Override
    public List<OpenSession> of(SubjectId person, Instant now) {
      return book.of(person, now);
    }

    @Override
    public boolean end(SubjectId person, Bytes key) {
      return book.end(person, key);
    }

    @Override
    public int endOthers(SubjectId person, Bytes own) {
      return book.endOthers(person, own);
    }

    @Override
    public void delete(Bytes key) {
      writes.incrementAndGet();
      book.delete(key);
    }
  }
}
