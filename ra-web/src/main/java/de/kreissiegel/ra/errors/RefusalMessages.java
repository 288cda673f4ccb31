package de.kreissiegel.ra.errors;

import de.kreissiegel.ca.refusal.Refusal;
import de.kreissiegel.ca.refusal.RefusalReason;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * The words for refusals: {@code refusal.NOT_FOUND.title}, {@code .cause} and {@code .next} for
 * ours, {@code http.404.title} and so on for the server's. They stand in {@code
 * refusals.properties} (German) and {@code refusals_en.properties}.
 */
@Component
public class RefusalMessages {
  /** The statuses that have words of their own. */
  static final List<Integer> STATUSES =
      List.of(400, 401, 403, 404, 405, 406, 413, 415, 429, 500, 503);

  private final MessageSource messages;
  private final RefusalLog log;

  RefusalMessages(MessageSource messages, RefusalLog log) {
    this.messages = messages;
    this.log = log;
  }

  /** A refusal that a page is about to show: explained, and noted in the log. */
  public Explanation tell(Refusal refusal, Locale language) {
    log.refused(refusal.reason() + ": " + refusal.detail());
    return explain(refusal.reason(), language);
  }

  /** A refusal that a page tells in words of its own: noted in the log. */
  public void note(String code) {
    log.refused(code);
  }

  Explanation explain(RefusalReason reason, Locale language) {
    return explain(codeOf(reason), "refusal." + reason, language);
  }

  /** Of a status that has no words the nearest is told. */
  Explanation explain(int status, Locale language) {
    int known = STATUSES.contains(status) ? status : status < 500 ? 400 : 500;
    return explain("http-" + known, "http." + known, language);
  }

  /** A form came after its session had ended. */
  Explanation sessionEnded(Locale language) {
    return explain("session-ended", "session.ended", language);
  }

  private Explanation explain(String code, String key, Locale language) {
    return new Explanation(
        code,
        messages.getMessage(key + ".title", null, language),
        messages.getMessage(key + ".cause", null, language),
        messages.getMessage(key + ".next", null, language));
  }

  private static String codeOf(RefusalReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
