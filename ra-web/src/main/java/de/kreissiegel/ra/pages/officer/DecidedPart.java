package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ra.pages.FieldForm;
import de.kreissiegel.ra.pages.Words;
import java.util.List;
import java.util.Optional;

/**
 * One part of an order, or the request alone, as officers see it.
 *
 * @param id the request's id
 * @param title which kind of certificate
 * @param said what people said of its fields
 * @param fields what is the officer's to set now, and how it stands
 * @param certificate the address of its certificate's page, once there is one
 */
record DecidedPart(
    String id,
    String title,
    List<SaidLine> said,
    List<FieldForm.Input> fields,
    Optional<String> certificate) {
  /**
   * As it stands.
   *
   * @param open whether this officer may set fields now
   */
  static DecidedPart of(CertificateRequest part, boolean open, RegistrationDesk desk, Words words) {
    var values = part.content().values();
    return new DecidedPart(
        part.id().toString(),
        words.profile(part.content().profile()),
        SaidLine.of(values, words),
        open
            ? FieldForm.inputs(
                desk.officersFields(part),
                values.saidBy(FieldSource.OFFICER),
                desk.longestValidity(part).toDays())
            : List.of(),
        part instanceof CertificateRequest.Issued issued
            ? Optional.of("/certificates/" + issued.authority() + "/" + issued.serial())
            : Optional.empty());
  }

  /** Whether there is anything to show of its fields. */
  public boolean hasFields() {
    return !said.isEmpty() || !fields.isEmpty();
  }
}
