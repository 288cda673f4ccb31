package de.kreissiegel.ra.pages.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.bulk.BulkDesk;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.pages.terms.TermsForm;
import de.kreissiegel.ra.pages.terms.TermsRow;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

/** Whoever applies by list accepts the terms where the list is. */
class ListTermsTest {
  private static final TenantId ONE = new TenantId("stadt-a.example");
  private static final TenantId OTHER = new TenantId("gemeinde-b.example");

  private final Actor.Person officer =
      new Actor.Person(
          new SubjectId("otto"),
          "Otto",
          "otto",
          Set.of(ONE),
          Set.of(ONE, OTHER),
          Set.of(),
          Set.of(),
          Proof.CERTIFICATE);
  private final TermsForm terms = mock(TermsForm.class);
  private final Words words = mock(Words.class);
  private final ListPages pages =
      new ListPages(
          mock(BulkDesk.class),
          ProfileCatalog.bundled(),
          mock(SubjectDirectory.class),
          terms,
          words);

  @Test
  void showsWhatIsMissingForDevicesInAllOfTheirTenantsOnce() throws Exception {
    var both = new TermsRow("devices/1/00", "devices", 1, "Geräte", List.of(), "00", "/info");
    when(terms.missing(any(), any(), any())).thenReturn(List.of(both));
    when(words.tenant(any())).thenAnswer(call -> call.<TenantId>getArgument(0).value());
    var model = new ExtendedModelMap();

    pages.all(officer, "", "", model);

    assertThat(model.get("terms")).isEqualTo(List.of(both));
    verify(terms)
        .missing(
            any(),
            argThat(
                kinds ->
                    kinds.contains(new ProfileName("tls-server"))
                        && !kinds.contains(new ProfileName("authentication"))),
            org.mockito.ArgumentMatchers.eq(OTHER));
  }

  @Test
  void acceptsWhatWasTickedAndSaysWhyNot() throws Exception {
    when(words.done("bulk.terms.accepted"))
        .thenReturn(new Notice(Mark.Tone.SUCCESS, "done", "", ""));
    when(words.refused(any())).thenReturn(new Notice(Mark.Tone.DANGER, "refused", "", ""));
    var next = new RedirectAttributesModelMap();

    assertThat(pages.accept(officer, List.of("devices/1/00"), next)).isEqualTo("redirect:/bulk");
    verify(terms).accept(officer, List.of("devices/1/00"));
    assertThat(((Notice) next.getFlashAttributes().get(Notice.ATTRIBUTE)).title())
        .isEqualTo("done");

    doThrow(new Refused(RefusalReason.TERMS_CHANGED, "version 2 is in force"))
        .when(terms)
        .accept(any(), any());
    pages.accept(officer, List.of("devices/1/00"), next);
    assertThat(((Notice) next.getFlashAttributes().get(Notice.ATTRIBUTE)).title())
        .isEqualTo("refused");
  }
}
