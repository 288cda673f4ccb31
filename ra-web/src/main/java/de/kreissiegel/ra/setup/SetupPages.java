package de.kreissiegel.ra.setup;

import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The wizard's pages: a step each, a summary, and the checklist. */
@Controller
class SetupPages {
  private static final String SUMMARY = "summary";
  private static final String TO_CHECKLIST = "redirect:/checklist";
  private static final int BLANK_ROWS = 1;
  private static final int MORE_ROWS = 5;

  private final Wizard wizard;
  private final SetupWords words;
  private final Setup.End end;

  SetupPages(Wizard wizard, SetupWords words, Setup.End end) {
    this.wizard = wizard;
    this.words = words;
    this.end = end;
  }

  @GetMapping("/")
  String begin() throws IOException {
    if (wizard.isWritten()) {
      return TO_CHECKLIST;
    }
    return wizard
        .open(Words.language())
        .map(step -> "redirect:/steps/" + step.word())
        .orElse("redirect:/" + SUMMARY);
  }

  @GetMapping("/steps/{word}")
  String show(
      @PathVariable String word,
      @RequestParam(name = "more", defaultValue = "") String more,
      Model model)
      throws IOException {
    Step step = step(word);
    if (wizard.isWritten()) {
      return TO_CHECKLIST;
    }
    Answers answers = wizard.answers();
    List<Fault> faults = wizard.faults(step, Words.language());
    model.addAttribute("file", step.takesFile());
    model.addAttribute("word", step.word());
    model.addAttribute("places", places(step.word()));
    model.addAttribute(
        "parts", step.parts().stream().map(part -> view(part, answers, faults, more)).toList());
    model.addAttribute("faults", faults.stream().map(fault -> told(step, fault)).toList());
    Optional<Trial> trial = wizard.trial(step);
    model.addAttribute("tried", step.isTried());
    model.addAttribute("trial", trial.map(Trial::lines).orElse(List.of()));
    model.addAttribute("failed", trial.filter(one -> !one.good()).isPresent());
    model.addAttribute("prefill", step == Step.KEYS && wizard.knowsTenants());
    return "setup-step";
  }

  @PostMapping("/steps/{word}")
  String take(
      @PathVariable String word,
      @RequestParam(name = "action", defaultValue = "next") String action,
      HttpServletRequest request,
      RedirectAttributes after)
      throws IOException {
    Step step = step(word);
    if (wizard.isWritten()) {
      return TO_CHECKLIST;
    }
    wizard.say(step, typed(request), files(request));
    String here = "redirect:/steps/" + step.word();
    if (action.startsWith("more-")) {
      after.addAttribute("more", action.substring("more-".length()));
      return here;
    }
    return switch (action) {
      case "back" -> step.before().map(one -> "redirect:/steps/" + one.word()).orElse(here);
      case "mapping" -> {
        wizard.takeMapping();
        yield here;
      }
      case "tenants" -> {
        wizard.fillTenants();
        yield here;
      }
      case "try" -> {
        if (wizard.isDone(step, Words.language())) {
          tryOut(step, after);
        }
        yield here;
      }
      default -> next(step, here, action.equals("anyway"), after);
    };
  }

  /** Whoever goes on sees first how it went, and then does it a second time. */
  private String next(Step step, String here, boolean anyway, RedirectAttributes after)
      throws IOException {
    if (!wizard.isDone(step, Words.language())) {
      return here;
    }
    if (step.isTried() && !anyway) {
      Optional<Trial> before = wizard.trial(step);
      if (before.isEmpty() || !before.get().good()) {
        tryOut(step, after);
        return here;
      }
    }
    return step.next().map(one -> "redirect:/steps/" + one.word()).orElse("redirect:/" + SUMMARY);
  }

  private void tryOut(Step step, RedirectAttributes after) throws IOException {
    Trial trial = wizard.tryOut(step);
    String key = "setup.tried." + (trial.good() ? "good" : "bad");
    after.addFlashAttribute(
        Notice.ATTRIBUTE,
        new Notice(
            trial.good() ? Tone.SUCCESS : Tone.DANGER,
            words.of(key + ".title"),
            words.of(key + ".text"),
            ""));
  }

  @GetMapping("/" + SUMMARY)
  String summary(Model model) throws IOException {
    if (wizard.isWritten()) {
      return TO_CHECKLIST;
    }
    model.addAttribute("places", places(SUMMARY));
    model.addAttribute("ready", wizard.open(Words.language()).isEmpty());
    model.addAttribute("remarks", wizard.remarks());
    model.addAttribute("facts", facts());
    return "setup-summary";
  }

  @PostMapping("/" + SUMMARY)
  String write(Model model) throws IOException {
    if (wizard.isWritten()) {
      return TO_CHECKLIST;
    }
    List<String> wrong = wizard.write(Words.language());
    if (wrong.isEmpty()) {
      return TO_CHECKLIST;
    }
    model.addAttribute("wrong", wrong);
    return summary(model);
  }

  @GetMapping("/checklist")
  String checklist(Model model) {
    requireWritten();
    Checklist list = wizard.checklist(Words.language());
    model.addAttribute("sections", list.sections());
    model.addAttribute("organization", wizard.answers().get("organization"));
    return "setup-checklist";
  }

  @GetMapping("/checklist.txt")
  ResponseEntity<byte[]> text() {
    requireWritten();
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(SetupFolder.CHECKLIST).build().toString())
        .body(wizard.checklist(Words.language()).text().getBytes(StandardCharsets.UTF_8));
  }

  @PostMapping("/finish")
  String finish() {
    requireWritten();
    end.come();
    return "setup-end";
  }

  private void requireWritten() {
    if (!wizard.isWritten()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }

  private static Step step(String word) {
    return Step.of(word).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static Map<String, String> typed(HttpServletRequest request) {
    var typed = new LinkedHashMap<String, String>();
    request
        .getParameterMap()
        .forEach((name, values) -> typed.put(name, values.length == 0 ? "" : values[0]));
    return typed;
  }

  private static Map<String, byte[]> files(HttpServletRequest request) throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    if (request instanceof MultipartHttpServletRequest multipart) {
      for (Map.Entry<String, MultipartFile> file : multipart.getFileMap().entrySet()) {
        files.put(file.getKey(), file.getValue().getBytes());
      }
    }
    return files;
  }

  /**
   * A step in the list of steps.
   *
   * @param state {@code open}, {@code done} or {@code wrong}
   */
  record Place(String word, String address, String state, boolean current) {}

  private List<Place> places(String current) throws IOException {
    var places = new ArrayList<Place>();
    for (Step step : Step.values()) {
      String state =
          !wizard.isSaved(step) ? "open" : wizard.isDone(step, Words.language()) ? "done" : "wrong";
      places.add(
          new Place(step.word(), "/steps/" + step.word(), state, step.word().equals(current)));
    }
    places.add(new Place(SUMMARY, "/" + SUMMARY, "open", SUMMARY.equals(current)));
    return places;
  }

  /**
   * A fault as a page tells it.
   *
   * @param id of the input; empty where it is none's
   */
  record Told(String id, String text, String detail) {}

  private Told told(Step step, Fault fault) {
    String label = label(step, fault.input());
    String text = words.of("setup.fault." + fault.code(), fault.detail());
    boolean machine = List.of("plan", "mapping", "request").contains(fault.code());
    return new Told(
        id(fault.input()),
        label.isEmpty() ? text : label + ": " + text,
        machine ? fault.detail() : "");
  }

  private String label(Step step, String input) {
    for (Part part : step.parts()) {
      for (Input one : part.inputs()) {
        if (!part.isRows() && one.name().equals(input)) {
          return words.of("setup.input." + one.name());
        }
        if (part.isRows()
            && input.startsWith(part.name() + ".")
            && input.endsWith("." + one.name())) {
          int row = Integer.parseInt(input.split("\\.")[1]) + 1;
          return words.of("setup.row." + part.name(), row)
              + ", "
              + words.of("setup.input." + part.name() + "." + one.name());
        }
      }
    }
    return "";
  }

  private static String id(String input) {
    return input.replace('.', '-');
  }

  /**
   * A part as the page shows it.
   *
   * @param rows one without a number where it is asked once
   * @param more whether there may be more rows
   */
  record PartView(String name, List<RowView> rows, boolean table, boolean more) {}

  /**
   * A row.
   *
   * @param legend what it is called; empty where there is only one
   */
  record RowView(String legend, List<InputView> inputs) {}

  /**
   * An input as the page shows it.
   *
   * @param kind {@code text}, {@code password}, {@code lines}, {@code choice} or {@code file}
   * @param key its words
   * @param kept whether a password is there that isn't shown
   * @param fault what is wrong; empty if nothing is
   */
  record InputView(
      String id,
      String name,
      String kind,
      String key,
      String value,
      int longest,
      boolean required,
      boolean code,
      boolean kept,
      List<ChoiceView> choices,
      String fault) {}

  record ChoiceView(String value, String text, boolean chosen) {}

  private PartView view(Part part, Answers answers, List<Fault> faults, String more) {
    if (!part.isRows()) {
      List<InputView> inputs =
          part.inputs().stream()
              .map(
                  input ->
                      input(
                          input,
                          input.name(),
                          "setup.input." + input.name(),
                          answers.get(input.name()),
                          faults))
              .toList();
      return new PartView(part.name(), List.of(new RowView("", inputs)), false, false);
    }
    List<Map<String, String>> said = answers.rows(part);
    int blanks = more.equals(part.name()) ? MORE_ROWS : said.size() < 2 ? 2 : BLANK_ROWS;
    int shown = Math.min(part.most(), said.size() + blanks);
    var rows = new ArrayList<RowView>();
    for (int i = 0; i < shown; i++) {
      Map<String, String> row = i < said.size() ? said.get(i) : Map.of();
      int number = i;
      rows.add(
          new RowView(
              words.of("setup.row." + part.name(), i + 1),
              part.inputs().stream()
                  .map(
                      column ->
                          input(
                              column,
                              part.name() + "." + number + "." + column.name(),
                              "setup.input." + part.name() + "." + column.name(),
                              row.getOrDefault(column.name(), ""),
                              faults))
                  .toList()));
    }
    return new PartView(part.name(), rows, true, shown < part.most());
  }

  private InputView input(Input input, String name, String key, String value, List<Fault> faults) {
    String fault =
        Checks.at(faults, name)
            .map(one -> words.of("setup.fault." + one.code(), one.detail()))
            .orElse("");
    List<ChoiceView> choices =
        wizard.choices(input).stream()
            .map(
                choice ->
                    new ChoiceView(
                        choice, words.of(choiceKey(input, choice), choice), choice.equals(value)))
            .toList();
    boolean secret = input.kind() == Input.Kind.PASSWORD;
    return new InputView(
        id(name),
        name,
        input.kind().name().toLowerCase(Locale.ROOT),
        key,
        secret ? "" : value,
        input.longest(),
        input.required(),
        input.kind() == Input.Kind.LINES || input.rule() == Rule.FINGERPRINT,
        secret && wizard.hasSecret(name),
        choices,
        fault);
  }

  /** The words of a choice; an algorithm's are its own. */
  private String choiceKey(Input input, String choice) {
    String key = words.orElse("setup.choice." + input.name(), choice);
    return key.endsWith("." + choice) ? key : "setup.choice";
  }

  /** What the summary repeats. */
  private Map<String, String> facts() {
    Answers answers = wizard.answers();
    var facts = new LinkedHashMap<String, String>();
    for (String name :
        Arrays.asList(
            "organization",
            "public-base-url",
            "validation-base-url",
            "directory-url",
            "directory-base",
            "root-name",
            "algorithm",
            "policy-set")) {
      facts.put("setup.input." + name, answers.get(name).replace("\n", ", "));
    }
    if (answers.is("superior", "external")) {
      facts.remove("setup.input.root-name");
      facts.put("setup.input.superior", words.of("setup.choice.superior.external"));
    }
    facts.put("setup.part.tenants", Integer.toString(answers.rows("tenants").size()));
    facts.put(
        "setup.part.people",
        String.join(
            ", ",
            answers.rows("people").stream().map(row -> row.getOrDefault("name", "")).toList()));
    facts.put(
        "setup.part.officers",
        String.join(
            ", ",
            answers.rows("officers").stream().map(row -> row.getOrDefault("name", "")).toList()));
    return facts;
  }
}
