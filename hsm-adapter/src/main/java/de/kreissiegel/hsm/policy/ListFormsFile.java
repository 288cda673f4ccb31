package de.kreissiegel.hsm.policy;

/** {@link ListForms} in a policy's YAML. */
final class ListFormsFile {
  private static final String DELTAS = "none, known-base or any-base";

  private ListFormsFile() {}

  static void write(StringBuilder text, ListForms forms) {
    forms
        .address()
        .ifPresent(address -> text.append("  address: %s\n".formatted(YamlText.quoted(address))));
    if (forms.partitions() > 0) {
      text.append("  partitions: %d\n".formatted(forms.partitions()));
    }
    if (forms.deltas() != ListForms.Deltas.NONE) {
      text.append("  deltas: %s\n".formatted(forms.deltas().word()));
    }
    if (forms.expired()) {
      text.append("  expired-certificates: true\n");
    }
    if (forms.invalidity()) {
      text.append("  invalidity-dates: true\n");
    }
  }

  static ListForms read(YamlSheet sheet) throws PolicyFault {
    var address = sheet.optionalParsed("address", word -> word, "the list's address");
    int partitions = sheet.number("partitions").orElse(0);
    ListForms.Deltas deltas =
        sheet
            .optionalParsed("deltas", ListForms.Deltas::ofWord, DELTAS)
            .orElse(ListForms.Deltas.NONE);
    boolean expired = sheet.truth("expired-certificates");
    boolean invalidity = sheet.truth("invalidity-dates");
    return sheet.made(() -> new ListForms(address, partitions, deltas, expired, invalidity));
  }
}
