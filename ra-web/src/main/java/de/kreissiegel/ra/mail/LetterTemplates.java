package de.kreissiegel.ra.mail;

import de.kreissiegel.ca.letter.LetterKind;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.tenancy.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.Context;
import org.thymeleaf.exceptions.TemplateEngineException;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/**
 * The frames of letters, in text and HTML. A tenant may have its own in a folder of the
 * installation: {@code TENANT/KIND.txt} and {@code .html} for one kind of letter, {@code
 * TENANT/letter.txt} and {@code .html} for all.
 */
public final class LetterTemplates {
  private static final int LONGEST = 64 * 1024;
  private static final String ALL = "letter";

  /** What a mail program would fetch, or run: who opens a letter is nobody's business. */
  private static final Pattern FETCHED =
      Pattern.compile(
          "(?i)<\\s*(script|link|iframe|object|embed|form|base|meta\\s+http-equiv)\\b"
              + "|\\b(src|srcset|background|poster|data)\\s*=\\s*[\"']?\\s*(https?:|//|cid:|\\$|@)"
              + "|\\bth:(src|srcset|background)\\b|url\\s*\\(|@import");

  private final Optional<Path> folder;
  private final SpringTemplateEngine text = engine(TemplateMode.TEXT);
  private final SpringTemplateEngine html = engine(TemplateMode.HTML);

  /**
   * @param folder of the tenants' own templates, if there is one
   */
  public LetterTemplates(@Nullable Path folder) {
    this.folder = Optional.ofNullable(folder);
  }

  /**
   * What stands in a letter in one language.
   *
   * @param language {@code de}, {@code en}
   * @param subject its heading
   * @param paragraphs its text
   * @param link what the link says
   * @param foot who sends it, and why
   */
  public record Passage(
      String language, String subject, List<String> paragraphs, String link, String foot) {
    public Passage {
      paragraphs = List.copyOf(paragraphs);
    }
  }

  /**
   * What templates are filled with.
   *
   * @param subject of the mail
   * @param passages the same in each language
   * @param address where the letter leads
   * @param said all that the letter is about, by name
   */
  public record Content(
      String subject, List<Passage> passages, String address, Map<String, String> said) {
    public Content {
      passages = List.copyOf(passages);
      said = Map.copyOf(said);
    }
  }

  /** A letter's words in its frame. */
  MailText filled(LetterKind kind, Optional<TenantId> tenant, Content content) {
    return new MailText(
        content.subject(),
        filled(text, template(kind, tenant, ".txt"), content),
        filled(html, template(kind, tenant, ".html"), content));
  }

  private static String filled(SpringTemplateEngine engine, String template, Content content) {
    var context = new Context(Locale.GERMAN);
    context.setVariable("subject", content.subject());
    context.setVariable("passages", content.passages());
    context.setVariable("address", content.address());
    context.setVariable("said", content.said());
    return engine.process(template, context);
  }

  private static SpringTemplateEngine engine(TemplateMode mode) {
    var resolver = new StringTemplateResolver();
    resolver.setTemplateMode(mode);
    resolver.setCacheable(false);
    var engine = new SpringTemplateEngine();
    engine.setTemplateResolver(resolver);
    return engine;
  }

  private String template(LetterKind kind, Optional<TenantId> tenant, String end) {
    try {
      for (String name : List.of(kind.templateName(), ALL)) {
        Optional<Path> own =
            folder.flatMap(it -> tenant.map(id -> it.resolve(id.value()).resolve(name + end)));
        if (own.isPresent() && Files.isRegularFile(own.get())) {
          return read(own.get());
        }
      }
      try (InputStream bundled =
          Objects.requireNonNull(LetterTemplates.class.getResourceAsStream(ALL + end))) {
        return new String(bundled.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(LONGEST + 1);
      if (octets.length > LONGEST) {
        throw new IOException(file + " is longer than " + LONGEST + " octets");
      }
      return new String(octets, StandardCharsets.UTF_8);
    }
  }

  /** What is wrong with the tenants' own templates: names, form, and what they would fetch. */
  public List<ConfigurationFault> faults() throws IOException {
    if (folder.isEmpty()) {
      return List.of();
    }
    List<ConfigurationFault> faults = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.get(), 2)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        fault(file).ifPresent(faults::add);
      }
    }
    return List.copyOf(faults);
  }

  private Optional<ConfigurationFault> fault(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String kind = dot < 0 ? name : name.substring(0, dot);
    String end = dot < 0 ? "" : name.substring(dot);
    boolean known =
        kind.equals(ALL)
            || Arrays.stream(LetterKind.values()).anyMatch(one -> one.templateName().equals(kind));
    if (!known || !List.of(".txt", ".html").contains(end)) {
      return Optional.of(
          fault(file, "no letter is called so", "Name it after a kind of letter, or letter.html."));
    }
    String template = read(file);
    if (FETCHED.matcher(template).find()) {
      return Optional.of(
          fault(
              file,
              "it would have mail programs fetch or run something",
              "Leave out pictures, styles and scripts from elsewhere."));
    }
    try {
      filled(end.equals(".html") ? html : text, template, SAMPLE);
      return Optional.empty();
    } catch (TemplateEngineException wrong) {
      return Optional.of(
          fault(file, "it can't be filled: " + wrong.getMessage(), "Compare it with letter" + end));
    }
  }

  private static final Content SAMPLE =
      new Content(
          "Betreff",
          List.of(new Passage("de", "Betreff", List.of("Text"), "Öffnen", "Fuß")),
          "https://pki.example/",
          Map.of());

  private static ConfigurationFault fault(Path file, String message, String remedy) {
    return new ConfigurationFault(file.toString(), 0, "", message, remedy);
  }
}
