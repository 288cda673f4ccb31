package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.encoding.Pem;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An application for a certificate.
 *
 * @param subject the directory's id of whom it shall name, as an offer tells it
 * @param tenant for which of the subject's tenants
 * @param profile of which kind
 * @param csr PKCS#10 (RFC 2986), as PEM or the base64 of its DER
 * @param remark words for the officer, at most 500 characters
 * @param fields what the applicant says of fields that the profile lets them set, by field: {@code
 *     common-name}, {@code pseudonym}, {@code mail}, {@code dns}, {@code validity} (as {@code
 *     P90D})
 * @param grant of an officer's certificate: the grant for which it is good
 */
record ApplicationBody(
    @NotNull String subject,
    @NotNull String tenant,
    @NotNull String profile,
    @NotNull String csr,
    @Nullable @Size(max = 500) String remark,
    @Nullable Map<String, List<String>> fields,
    @Nullable UUID grant) {

  CertificateApplication application() throws Refused {
    var application =
        new CertificateApplication(
            read("subject", subject, SubjectId::new),
            read("tenant", tenant, TenantId::new),
            read("profile", profile, ProfileName::new),
            Pem.certificationRequest(csr),
            remark == null ? "" : remark,
            FieldsBody.read(fields));
    return grant == null ? application : application.under(new GrantId(grant));
  }

  static Bytes base64(String member, String text) throws Refused {
    return read(member, text.strip(), value -> Bytes.of(Base64.getDecoder().decode(value)));
  }

  private static <T> T read(String member, String text, Function<String, T> reading)
      throws Refused {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, member + " has not the expected form");
    }
  }
}
