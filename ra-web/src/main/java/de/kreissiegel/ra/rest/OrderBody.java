package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order: several certificates for one subject, asked for and decided as one.
 *
 * @param subject the directory's id of whom they shall name, as an offer tells it
 * @param tenant for which of the subject's tenants
 * @param remark words for the officer, at most 500 characters
 * @param parts the profile that offers the order first, each part with a key of its own
 */
record OrderBody(
    @NotNull String subject,
    @NotNull String tenant,
    @Nullable @Size(max = 500) String remark,
    @NotNull @Size(min = 2, max = 5) List<Part> parts) {

  /**
   * One certificate of it.
   *
   * @param profile of which kind
   * @param csr PKCS#10 (RFC 2986), as PEM or the base64 of its DER
   * @param fields as in an application
   */
  record Part(
      @NotNull String profile, @NotNull String csr, @Nullable Map<String, List<String>> fields) {}

  List<CertificateApplication> applications() throws Refused {
    var applications = new ArrayList<CertificateApplication>();
    for (Part part : parts) {
      if (part == null || part.profile() == null || part.csr() == null) {
        throw new Refused(RefusalReason.BAD_DATA_FORMAT, "a part has a profile and a csr");
      }
      applications.add(
          new ApplicationBody(
                  subject, tenant, part.profile(), part.csr(), remark, part.fields(), null)
              .application());
    }
    return applications;
  }
}
