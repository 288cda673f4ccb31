package de.kreissiegel.ra.pages;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ThemeChangeTest {
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @Test
  void keepsTheChoiceAndShowsTheSamePage() {
    assertThat(goesOn("GET", "/certificates", "text=müller&theme=dark&page=2")).isFalse();
    assertThat(response.getStatus()).isEqualTo(303);
    assertThat(response.getHeader("Location")).isEqualTo("/certificates?text=müller&page=2");
    assertThat(response.getHeader("Set-Cookie"))
        .startsWith("__Host-theme=dark; Path=/;")
        .doesNotContain("Domain")
        .contains("Secure", "HttpOnly", "SameSite=Lax", "Max-Age=31536000");
  }

  @Test
  void forgetsTheChoiceWhereTheDeviceDecides() {
    assertThat(goesOn("GET", "/", "theme=device")).isFalse();
    assertThat(response.getHeader("Location")).isEqualTo("/");
    assertThat(response.getHeader("Set-Cookie")).contains("__Host-theme=;", "Max-Age=0");
  }

  @Test
  void movesAChoiceOfBeforeUnderTheNewName() {
    var request = new MockHttpServletRequest("GET", "/");
    request.setCookies(new Cookie("theme", "dark"));
    assertThat(Theme.chosenIn(request)).isEqualTo(Theme.DARK);
    assertThat(new ThemeChange().preHandle(request, response, this)).isTrue();
    assertThat(response.getHeaders("Set-Cookie"))
        .satisfiesExactly(
            old -> assertThat(old).startsWith("theme=;").contains("Max-Age=0"),
            now -> assertThat(now).startsWith("__Host-theme=dark;"));

    request.setCookies(new Cookie("theme", "dark"), new Cookie("__Host-theme", "light"));
    assertThat(Theme.chosenIn(request)).isEqualTo(Theme.LIGHT);
  }

  @Test
  void ignoresWhatIsNoThemeAndWhatIsSent() {
    assertThat(goesOn("GET", "/", "theme=purple%0d%0aSet-Cookie:x=y")).isTrue();
    assertThat(goesOn("POST", "/requests", "theme=dark")).isTrue();
    assertThat(response.getHeaderNames()).isEmpty();
  }

  @Test
  void takesACookieThatNobodyMadeForNone() {
    var request = new MockHttpServletRequest();
    request.setCookies(new Cookie("theme", "\"><script>"));
    assertThat(Theme.chosenIn(request)).isEqualTo(Theme.DEVICE);
    assertThat(Theme.DEVICE.attribute()).isNull();
  }

  private boolean goesOn(String method, String path, String query) {
    var request = new MockHttpServletRequest(method, path);
    request.setQueryString(query);
    for (var pair : query.split("&")) {
      var parts = pair.split("=", 2);
      request.addParameter(parts[0], parts[1]);
    }
    return new ThemeChange().preHandle(request, response, this);
  }
}
