package de.kreissiegel.ra.walkthrough;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a door answered.
 *
 * @param question method and path, for surprises
 * @param status the HTTP status
 * @param contentType the media type; empty if there is none
 * @param location the Location header, if there is one
 * @param body whatever came
 */
record Reply(
    String question, int status, String contentType, Optional<String> location, byte[] body) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_QUOTED = 300;

  /** Ends the walkthrough unless the status is one of these. */
  Reply expect(int... statuses) throws Surprise {
    if (Arrays.stream(statuses).noneMatch(expected -> expected == status)) {
      var expected = Arrays.toString(statuses).replaceAll("[\\[\\]]", "").replace(", ", " or ");
      throw new Surprise("status " + expected + " from " + question, described());
    }
    return this;
  }

  /** The body as JSON. */
  Json json() throws Surprise {
    try {
      return new Json(JSON.readTree(body), question);
    } catch (JacksonException notJson) {
      throw new Surprise("JSON from " + question, described());
    }
  }

  /** The status and, for a problem (RFC 9457), its words. */
  private String described() {
    var text = new String(body, StandardCharsets.UTF_8).strip();
    if (text.length() > MOST_QUOTED) {
      text = text.substring(0, MOST_QUOTED) + "…";
    }
    return text.isEmpty() ? "status " + status : "status " + status + " with " + text;
  }
}
