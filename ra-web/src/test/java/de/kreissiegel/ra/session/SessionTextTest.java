package de.kreissiegel.ra.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.security.Credential;
import de.kreissiegel.ra.security.LastCheck;
import de.kreissiegel.ra.security.StaffPrincipal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.web.servlet.FlashMap;

class SessionTextTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00.123456Z");

  private final SessionText text = new SessionText(List.of(new Keepable("seen", Seen.class)));

  private record Seen(String what, Level level) {}

  private enum Level {
    LOW,
    HIGH
  }

  private record Unheard(String of) {}

  @Test
  void bringsBackWhoIsLoggedInWithOfficesAndProof() {
    for (Credential by :
        List.of(
            new Credential.Password(),
            new Credential.Certificate(Bytes.fromHex("3003020101")),
            new Credential.Passkey(Bytes.fromHex("00ff")),
            new Credential.OpenId("e.y.J"),
            new Credential.Emergency(List.of(3L, 4L)))) {
      var principal = new StaffPrincipal(officer(), NOW, by);
      var context = (SecurityContext) back(new SecurityContextImpl(principal.authentication()));
      assertThat(context.getAuthentication()).isEqualTo(principal.authentication());
      assertThat(context.getAuthentication().getPrincipal()).isEqualTo(principal);
    }
  }

  @Test
  void bringsBackTokensTextsNumbersMapsAndKnownRecords() {
    assertThat(back("Grüße\u0000 \"ja\"")).isEqualTo("Grüße\u0000 \"ja\"");
    assertThat(back(7L)).isEqualTo(7L);
    assertThat(back(true)).isEqualTo(true);
    assertThat(back(new Seen("x", Level.HIGH))).isEqualTo(new Seen("x", Level.HIGH));
    assertThat(back(new LastCheck(NOW, NOW))).isEqualTo(new LastCheck(NOW, NOW));
    assertThat(back(Map.of("a", List.of("b", Map.of("c", "d")))))
        .isEqualTo(Map.of("a", List.of("b", Map.of("c", "d"))));
    var token = (CsrfToken) back(new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "t0k"));
    assertThat(token.getToken()).isEqualTo("t0k");
  }

  @Test
  void bringsBackWhatAPageWantsToSay() {
    var flash = new FlashMap();
    flash.setTargetRequestPath("/inbox");
    flash.addTargetRequestParam("tab", "mine");
    flash.put("seen", new Seen("x", Level.LOW));
    flash.startExpirationPeriod(180);
    assertThat(back(List.of(flash))).isEqualTo(List.of(flash));
  }

  @Test
  void keepsNoOtherKindOfObject() {
    for (Object value : List.of(new Unheard("x"), new ArrayList<>(List.of(NOW)), new Object())) {
      assertThatThrownBy(() -> text.write(Map.of("a", value)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "7",
        "{\"a\": null}",
        "{\"a\": {}}",
        "{\"a\": 1.5}",
        "{\"a\": {\"java.util.ArrayList\": []}}",
        "{\"a\": {\"unheard\": {\"of\": \"x\"}}}",
        "{\"a\": {\"seen\": {\"what\": \"x\", \"level\": \"HIGH\", \"more\": 1}}}",
        "{\"a\": {\"seen\": {\"what\": \"x\"}}}",
        "{\"a\": {\"seen\": {\"what\": \"x\", \"level\": \"HUGE\"}}}",
        "{\"a\": {\"login\": {\"@class\": \"javax.naming.InitialContext\"}}}",
        "{\"a\": {\"login\": {\"by\": {\"kind\": \"nothing\"}}}}"
      })
  void readsNothingElse(String stored) {
    assertThatThrownBy(() -> text.read(stored.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Object back(Object value) {
    return text.read(text.write(Map.of("a", value))).get("a");
  }

  private static Actor.Person officer() {
    var tenant = new TenantId("stadt-hassfurt.example");
    return new Actor.Person(
        new SubjectId("0815"),
        "Olga Ö.",
        "olga",
        Set.of(tenant),
        Set.of(tenant, new TenantId("ebern.example")),
        Set.of(),
        Set.of(),
        Proof.CERTIFICATE);
  }
}
