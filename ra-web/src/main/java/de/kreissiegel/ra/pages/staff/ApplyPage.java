package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.KeyAlgorithm;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.FieldValue;
import de.kreissiegel.ca.registration.KeyOrigin;
import de.kreissiegel.ca.registration.Offer;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.pages.FieldForm;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.SignatureKind;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.pages.cards.CardFiles;
import de.kreissiegel.ra.pages.cards.CardPlatform;
import de.kreissiegel.ra.pages.terms.TermsForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The application form. Names are shown from the directory, never typed. */
@Controller
class ApplyPage {
  private static final int LONGEST_REMARK = 500;
  private static final String TYPED = "typedFields";

  private final RegistrationDesk desk;
  private final Offers offers;
  private final Renewals renewals;
  private final Escrows escrows;
  private final ServerKeys serverKeys;
  private final CardFiles cards;
  private final TermsForm terms;
  private final Words words;

  ApplyPage(
      RegistrationDesk desk,
      Offers offers,
      Renewals renewals,
      Escrows escrows,
      ServerKeys serverKeys,
      CardFiles cards,
      TermsForm terms,
      Words words) {
    this.desk = desk;
    this.offers = offers;
    this.renewals = renewals;
    this.escrows = escrows;
    this.serverKeys = serverKeys;
    this.cards = cards;
    this.terms = terms;
    this.words = words;
  }

  @GetMapping("/apply")
  String form(
      Actor.Person person,
      @RequestParam String profile,
      @RequestParam String subject,
      @RequestParam String tenant,
      @RequestParam(defaultValue = "false") boolean order,
      @RequestParam(defaultValue = "") List<String> renews,
      @RequestParam(defaultValue = "") String grant,
      Model model)
      throws Refused, DirectoryUnavailable {
    var offer = offers.named(person, profile, order, subject, tenant, grant);
    var renewed = renewals.named(person, renews);
    model.addAttribute("renewed", renewed);
    model.addAttribute(
        "renews",
        offer.profiles().stream().map(kind -> Renewals.nameOf(renewed, kind.name())).toList());
    model.addAttribute("offer", OfferCard.of(offer, person, List.of(), words));
    model.addAttribute("holder", offer.subject());
    model.addAttribute("pseudonymous", offer.profile().pseudonymous());
    model.addAttribute("approvals", offer.profile().approvals());
    var days = offer.profile().validity().toDays();
    model.addAttribute("days", days);
    model.addAttribute(
        "fields",
        FieldForm.inputs(
            offer.isOrder() ? List.of() : offer.profile().fields().setBy(FieldSource.APPLICANT),
            model.containsAttribute(TYPED) ? said(model) : renewals.saidThen(person, renewed),
            days));
    SignatureKind.of(offer.profiles()).ifPresent(kind -> model.addAttribute("signature", kind));
    model.addAttribute("terms", terms.missing(person, kindsOf(offer), offer.tenant()));
    model.addAttribute(
        "keys", offer.profiles().stream().map(kind -> kind.title(Words.language())).toList());
    model.addAttribute("escrow", escrows.of(offer, words));
    model.addAttribute("serverKey", serverKeys.offered(offer));
    model.addAttribute(
        "cardPlatforms", cards.offered(offer) ? List.of(CardPlatform.values()) : List.of());
    model.addAttribute(
        "browserKey",
        offer.profiles().stream()
            .allMatch(kind -> kind.keyAlgorithms().contains(KeyAlgorithm.EC_P256)));
    return "apply";
  }

  /** What the applicant typed before the desk refused it. */
  private static List<FieldValue> said(Model model) {
    return model.getAttribute(TYPED) instanceof Map<?, ?> typed
        ? typed.entrySet().stream()
            .flatMap(
                entry ->
                    ((List<?>) entry.getValue())
                        .stream()
                            .map(
                                value ->
                                    new FieldValue(
                                        (Field) entry.getKey(),
                                        String.valueOf(value),
                                        FieldSource.APPLICANT)))
            .toList()
        : List.of();
  }

  /** Takes the application; where the desk refuses it, back to the form with why. */
  @PostMapping("/requests")
  String submit(
      Actor.Person person,
      @RequestParam String profile,
      @RequestParam String subject,
      @RequestParam String tenant,
      @RequestParam(defaultValue = "") String remark,
      @RequestParam(defaultValue = "") String keyFrom,
      @RequestParam(name = "terms", defaultValue = "") List<String> accepted,
      @RequestParam(defaultValue = "false") boolean order,
      @RequestParam Map<String, String> parameters,
      @RequestParam Map<String, MultipartFile> files,
      Model model,
      RedirectAttributes next)
      throws IOException, DirectoryUnavailable {
    var fields = FieldForm.read(parameters);
    try {
      var kinds =
          order
              ? kindsOf(offers.named(person, profile, true, subject, tenant, ""))
              : List.of(new ProfileName(profile));
      if (keyFrom.equals(ServerKeys.CHOICE) && !order) {
        terms.accept(person, accepted);
        return serverKeys.submit(
            person,
            new CertificateApplication(
                new SubjectId(subject),
                new TenantId(tenant),
                kinds.getFirst(),
                Bytes.of(new byte[0]),
                remark(remark),
                fields,
                Renewals.of(parameters.getOrDefault("renews", ""))),
            model);
      }
      Optional<KeyOrigin> origin = originOf(keyFrom);
      if (origin.equals(Optional.of(KeyOrigin.TOKEN))
          && !cards.offered(
              offers.named(
                  person, profile, order, subject, tenant, parameters.getOrDefault("grant", "")))) {
        throw new Refused(RefusalReason.UNKNOWN_PROFILE, "no key of this kind is made on a card");
      }
      var applications = new ArrayList<CertificateApplication>();
      for (int i = 0; i < kinds.size(); i++) {
        var application =
            new CertificateApplication(
                new SubjectId(subject),
                new TenantId(tenant),
                kinds.get(i),
                certificationRequest(
                    parameters.getOrDefault("csr" + suffix(i), ""),
                    files.get("csrFile" + suffix(i))),
                remark(remark),
                order ? Map.of() : fields,
                Renewals.of(parameters.getOrDefault("renews" + suffix(i), "")));
        var under = under(application, parameters.getOrDefault("grant", ""));
        applications.add(origin.map(under::withKeyFrom).orElse(under));
      }
      terms.accept(person, accepted);
      for (int i = 0; i < applications.size(); i++) {
        escrows.deposit(person, applications.get(i), parameters, suffix(i));
      }
      next.addAttribute("id", taken(person, applications).toString());
      return "redirect:/requests/{id}";
    } catch (Refused refused) {
      Notice notice = words.refused(refused.refusal());
      boolean isTwice =
          keyFrom.equals(ServerKeys.CHOICE) && refused.reason() == RefusalReason.DUPLICATE;
      next.addFlashAttribute(
          Notice.ATTRIBUTE,
          isTwice
              ? notice.inWords(words.of("keys.made.twice.title"), words.of("keys.made.twice.text"))
              : notice);
      next.addFlashAttribute("remark", remark);
      next.addFlashAttribute(TYPED, fields);
      next.addFlashAttribute("keyFrom", keyFrom);
      next.addFlashAttribute("ownRequest", parameters.getOrDefault("csr", ""));
      next.addAttribute("order", order);
      next.addAttribute("profile", profile);
      next.addAttribute("subject", subject);
      next.addAttribute("tenant", tenant);
      if (parameters.containsKey("grant")) {
        next.addAttribute("grant", parameters.get("grant"));
      }
      for (int i = 0; parameters.containsKey("renews" + suffix(i)); i++) {
        next.addAttribute("renews", parameters.get("renews" + suffix(i)));
      }
      return "redirect:/apply";
    }
  }

  /** Where the key was made, by what the form says; empty if it says nothing that is known. */
  private static Optional<KeyOrigin> originOf(String keyFrom) {
    return switch (keyFrom) {
      case "browser" -> Optional.of(KeyOrigin.BROWSER);
      case "file" -> Optional.of(KeyOrigin.FILE);
      case "token" -> Optional.of(KeyOrigin.TOKEN);
      default -> Optional.empty();
    };
  }

  private static List<ProfileName> kindsOf(Offer offer) {
    return offer.profiles().stream().map(CertificateProfile::name).toList();
  }

  private RequestId taken(Actor.Person person, List<CertificateApplication> applications)
      throws Refused {
    return applications.size() == 1
        ? desk.submit(person, applications.getFirst()).id()
        : desk.order(person, applications).getFirst().id();
  }

  /** The second key's parameters end in {@code -1}, and so on. */
  private static String suffix(int part) {
    return part == 0 ? "" : "-" + part;
  }

  private static CertificateApplication under(CertificateApplication application, String grant)
      throws Refused {
    if (grant.isEmpty()) {
      return application;
    }
    try {
      return application.under(new GrantId(UUID.fromString(grant)));
    } catch (IllegalArgumentException unreadable) {
      throw new Refused(RefusalReason.UNKNOWN_PROFILE, "no such grant");
    }
  }

  private static Bytes certificationRequest(String text, @Nullable MultipartFile file)
      throws Refused, IOException {
    if (file != null && !file.isEmpty()) {
      return RequestFile.read(file.getBytes());
    }
    return RequestFile.read(text.strip().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String remark(String typed) throws Refused {
    // Browsers send line ends as CRLF; the limit counts what the person typed.
    var text = typed.strip().replace("\r\n", "\n");
    if (text.length() > LONGEST_REMARK) {
      throw new Refused(
          RefusalReason.BAD_DATA_FORMAT,
          "the remark has more than " + LONGEST_REMARK + " characters");
    }
    return text;
  }
}
