package de.kreissiegel.ra.errors;

import de.kreissiegel.ca.refusal.RefusalReason;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * The words for refusals that people read: {@code refusal.NOT_FOUND.title} says what happened in a
 * few words, {@code refusal.NOT_FOUND.text} the cause and the next step. They stand in {@code
 * refusals.properties} (German) and {@code refusals_en.properties}.
 */
@Component
public class RefusalMessages {
  private final MessageSource messages;

  RefusalMessages(MessageSource messages) {
    this.messages = messages;
  }

  /** What happened, in a few words. */
  public String title(RefusalReason reason, Locale language) {
    return messages.getMessage("refusal." + reason + ".title", null, language);
  }

  /** Cause and next step, one or two sentences. */
  public String text(RefusalReason reason, Locale language) {
    return messages.getMessage("refusal." + reason + ".text", null, language);
  }
}
