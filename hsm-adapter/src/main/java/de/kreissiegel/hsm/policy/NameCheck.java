package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.policy.NameRules.Count;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Holds alternative names against a tenant's domains. */
final class NameCheck {
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_PORT = 5;
  private static final String SPECIAL_IN_LOCAL_PARTS = "!#$%&'*+-/=?^_`{|}~.";
  private static final Pattern UUID =
      Pattern.compile("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]{0,31}://");

  private final Set<String> mailDomains;
  private final Set<String> dnsDomains;
  private final NameRules rules;
  private final KindRefusal refusal;

  NameCheck(Optional<TenantRules> tenant, NameRules rules, KindRefusal refusal) {
    this.mailDomains = tenant.map(TenantRules::mailDomains).orElse(Set.of());
    this.dnsDomains = tenant.map(TenantRules::dnsDomains).orElse(Set.of());
    this.rules = rules;
    this.refusal = refusal;
  }

  void check(List<AlternativeName> names) throws SigningRefused {
    int[] counts = new int[NameForm.values().length];
    for (AlternativeName name : names) {
      if (name.form().isEmpty() || !rules.forms().containsKey(name.form().get())) {
        throw refusal.of(
            "name-form",
            "alternative names of the form %s are not allowed"
                .formatted(name.form().map(NameForm::word).orElse("that is there")));
      }
      counts[name.form().get().ordinal()]++;
      one(name.form().get(), name.text());
    }
    for (Map.Entry<NameForm, Count> form : rules.forms().entrySet()) {
      int count = counts[form.getKey().ordinal()];
      if (count < form.getValue().least() || count > form.getValue().most()) {
        throw refusal.of(
            "name-count",
            "there must be %d to %d alternative names of the form %s"
                .formatted(form.getValue().least(), form.getValue().most(), form.getKey().word()));
      }
    }
  }

  private void one(NameForm form, String text) throws SigningRefused {
    switch (form) {
      case MAIL -> mailbox(text);
      case DNS -> host(text);
      case URI -> address(text);
      case ENTRY_UUID ->
          refusal.require(
              UUID.matcher(text).matches(), "name-syntax", "a URI of an entry is not urn:uuid:…");
      case SMTP_UTF8 -> internationalMailbox(text);
      case UPN -> principal(text);
      case SID ->
          refusal.require(
              WindowsSid.isName(text), "name-syntax", "a security identifier is S-1-5-21-…");
    }
  }

  /** A host in the tenant's DNS domains; {@code *.} before it only where allowed. */
  void host(String name) throws SigningRefused {
    String host = name;
    if (name.startsWith("*.")) {
      refusal.require(rules.wildcards(), "wildcard", "names with * are not allowed");
      host = name.substring(2);
    }
    refusal.require(
        Domains.isName(host),
        "name-syntax",
        "a DNS name must be ASCII labels of letters, digits and hyphens, without a dot at the end");
    within(host, dnsDomains);
  }

  /** A mailbox of RFC 5321's dot-string form in the tenant's mail domains. */
  void mailbox(String mailbox) throws SigningRefused {
    int at = domainOf(mailbox);
    refusal.require(dotString(mailbox.substring(0, at)), "name-syntax", "no mailbox in ASCII");
    within(mailbox.substring(at + 1), mailDomains);
  }

  /** RFC 9598 §3: only for what rfc822Name can't say; its domain is in A-labels. */
  private void internationalMailbox(String mailbox) throws SigningRefused {
    int at = domainOf(mailbox);
    String local = mailbox.substring(0, at);
    refusal.require(
        local.length() <= LONGEST_LOCAL_PART
            && local.chars().anyMatch(c -> c > 0x7f)
            && local
                .codePoints()
                .noneMatch(c -> Character.isISOControl(c) || c == ' ' || c == '"' || c == '\\'),
        "name-syntax",
        "a SmtpUTF8Mailbox is a mailbox with letters beyond ASCII");
    within(mailbox.substring(at + 1), mailDomains);
  }

  private void principal(String name) throws SigningRefused {
    int at = domainOf(name);
    refusal.require(dotString(name.substring(0, at)), "name-syntax", "no user principal name");
    Set<String> domains = new HashSet<>(mailDomains);
    domains.addAll(dnsDomains);
    within(name.substring(at + 1), domains);
  }

  /** {@code scheme://host}, with a port and a path if it likes; no user, no escapes in the host. */
  private void address(String text) throws SigningRefused {
    var scheme = SCHEME.matcher(text);
    boolean printable = text.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\');
    refusal.require(
        scheme.lookingAt() && printable, "name-syntax", "a URI must have a host, in ASCII");
    int from = scheme.end();
    int to = from;
    while (to < text.length() && "/?#".indexOf(text.charAt(to)) < 0) {
      to++;
    }
    String host = text.substring(from, to);
    int colon = host.indexOf(':');
    if (colon >= 0) {
      String port = host.substring(colon + 1);
      refusal.require(
          !port.isEmpty()
              && port.length() <= LONGEST_PORT
              && port.chars().allMatch(c -> c >= '0' && c <= '9'),
          "name-syntax",
          "a URI with a port that is none");
      host = host.substring(0, colon);
    }
    refusal.require(Domains.isName(host), "name-syntax", "a URI without the name of a host");
    within(host, dnsDomains);
  }

  private int domainOf(String mailbox) throws SigningRefused {
    int at = mailbox.indexOf('@');
    refusal.require(
        at > 0 && mailbox.indexOf('@', at + 1) < 0 && Domains.isName(mailbox.substring(at + 1)),
        "name-syntax",
        "a mailbox must be one local part, @, and a domain of ASCII labels");
    return at;
  }

  private static boolean dotString(String local) {
    if (local.length() > LONGEST_LOCAL_PART || local.startsWith(".") || local.endsWith(".")) {
      return false;
    }
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      boolean good =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || SPECIAL_IN_LOCAL_PARTS.indexOf(c) >= 0;
      if (!good) {
        return false;
      }
    }
    return !local.contains("..");
  }

  private void within(String domain, Set<String> domains) throws SigningRefused {
    if (!Domains.within(domain, domains)) {
      throw refusal.of("name-domain", "\"%s\" is not in the tenant's domains".formatted(domain));
    }
  }
}
