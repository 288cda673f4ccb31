package de.kreissiegel.ra.errors;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.RequestDispatcher;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class LostFormTest {
  private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/error");

  @Test
  void isAFormThatIsForbiddenToNobodyKnown() {
    request.setAttribute(RequestDispatcher.ERROR_METHOD, "POST");
    assertThat(LostForm.is(request, 403)).isTrue();
    assertThat(LostForm.is(request, 404)).isFalse();
    request.setAttribute(RequestDispatcher.ERROR_METHOD, "GET");
    assertThat(LostForm.is(request, 403)).isFalse();
  }

  @Test
  void givesBackWhatWasWrittenAndNoSecret() {
    request.addHeader("Sec-Fetch-Site", "same-origin");
    request.addParameter("remark", "Home-Office ab Montag");
    request.addParameter("note", " ");
    request.addParameter("password", "geheim");
    request.addParameter("_csrf", "token");
    assertThat(LostForm.texts(request)).containsExactly("Home-Office ab Montag");
  }

  @Test
  void showsNoWordsThatAnotherSiteSent() {
    request.addParameter("remark", "Rufen Sie 0900 an");
    assertThat(LostForm.texts(request)).isEmpty();
    request.addHeader("Sec-Fetch-Site", "cross-site");
    assertThat(LostForm.texts(request)).isEmpty();
  }
}
