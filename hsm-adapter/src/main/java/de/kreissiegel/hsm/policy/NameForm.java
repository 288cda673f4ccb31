package de.kreissiegel.hsm.policy;

/** The forms of name in subjectAltName that a policy can allow; no other is ever signed. */
public enum NameForm {
  /** rfc822Name: an ASCII mailbox in a mail domain of the tenant. */
  MAIL("mail"),
  /** dNSName in a DNS domain of the tenant. */
  DNS("dns"),
  /** uniformResourceIdentifier with a host in a DNS domain of the tenant. */
  URI("uri"),
  /** uniformResourceIdentifier {@code urn:uuid:…} (RFC 9562 §4): the directory's entry. */
  ENTRY_UUID("entry-uuid"),
  /** SmtpUTF8Mailbox (RFC 9598) in a mail domain of the tenant. */
  SMTP_UTF8("smtp-utf8"),
  /** Microsoft's user principal name, in a mail or DNS domain of the tenant. */
  UPN("upn"),
  /**
   * uniformResourceIdentifier {@code tag:microsoft.com,2022-09-14:sid:S-1-5-21-…}: the security
   * identifier of a Windows account, by which a domain controller knows it (KB5014754).
   */
  SID("sid");

  private final String word;

  NameForm(String word) {
    this.word = word;
  }

  /** Its name in policy files. */
  public String word() {
    return word;
  }

  /** The form of that name; IllegalArgumentException if there is none. */
  static NameForm ofWord(String word) {
    for (NameForm form : values()) {
      if (form.word.equals(word)) {
        return form;
      }
    }
    throw new IllegalArgumentException("no form of name is called " + word);
  }
}
