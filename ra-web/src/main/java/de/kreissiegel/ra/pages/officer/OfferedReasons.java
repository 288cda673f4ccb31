package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.wording.RefusalText;
import de.kreissiegel.ca.wording.RefusalTextDesk;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.pages.officer.RefusalTemplates.Template;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The reasons that an officer may choose from: the tenant's own first, then those of the house. */
@Component
class OfferedReasons {
  private static final String OWN = "own-";

  private final RefusalTextDesk desk;
  private final Words words;

  OfferedReasons(RefusalTextDesk desk, Words words) {
    this.desk = desk;
    this.words = words;
  }

  /** For an application of this tenant. */
  List<Template> of(Actor.Person officer, TenantId tenant) {
    return with(desk.usable(officer).stream().filter(one -> one.tenant().equals(tenant)).toList());
  }

  /** For applications of any tenant for which the officer decides. */
  List<Template> of(Actor.Person officer) {
    return with(desk.usable(officer));
  }

  private List<Template> with(List<RefusalText> own) {
    boolean several = own.stream().map(RefusalText::tenant).distinct().count() > 1;
    return Stream.concat(
            own.stream()
                .map(
                    one ->
                        new Template(
                            OWN + one.id(),
                            several
                                ? one.words().title() + " (" + words.tenant(one.tenant()) + ")"
                                : one.words().title(),
                            one.words().in(Words.language()))),
            RefusalTemplates.all(words).stream())
        .toList();
  }

  /** What the officer wrote, or, if that is nothing, the text of the one that they chose. */
  String reason(Actor.Person officer, String written, String template) {
    String text = written.strip().replace("\r\n", "\n");
    return text.isEmpty() && template.startsWith(OWN)
        ? desk.usable(officer).stream()
            .filter(one -> template.equals(OWN + one.id()))
            .map(one -> one.words().in(Words.language()))
            .findFirst()
            .orElse("")
        : RefusalTemplates.reason(text, template, words);
  }
}
