package de.kreissiegel.ra.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Reads what one logger writes. */
@Isolated
class ErrorAdviceTest {
  private static final String SECRET = "jdbc:postgresql://db/kreissiegel?password=geheim";

  private final Logger logger = (Logger) LoggerFactory.getLogger(RefusalLog.class.getName());
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final MockMvc web = web();

  @BeforeEach
  void listen() {
    log.start();
    logger.setLevel(Level.INFO); // an application that a test started here may have asked for less
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @ParameterizedTest
  @EnumSource
  void showsOnAPageCodeCauseNextStepAndTheNumberThatTheLogHas(RefusalReason reason)
      throws Exception {
    var answer = web.perform(get("/refuse/" + reason)).andReturn();
    var page = answer.getModelAndView();
    assertThat(page).isNotNull();
    assertThat(page.getViewName()).isEqualTo("error");
    assertThat(page.getModel().get("told"))
        .isInstanceOfSatisfying(
            Explanation.class,
            told -> {
              assertThat(told.code()).isNotBlank();
              assertThat(told.cause()).isNotBlank();
              assertThat(told.nextStep()).isNotBlank();
            });
    assertThat(page.getModel().get("correlation")).isEqualTo(number(answer));
    assertThat(log.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getMDCPropertyMap()).containsEntry("correlation", number(answer));
              assertThat(line.getFormattedMessage()).contains(reason.name(), "GET /refuse/");
            });
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheSameToProgramsAsAProblem(RefusalReason reason) throws Exception {
    var answer =
        web.perform(get("/api/v1/refuse/" + reason).header("Accept-Language", "en"))
            .andExpect(status().is(RefusalStatus.of(reason).value()))
            .andExpect(content().contentType("application/problem+json"))
            .andExpect(jsonPath("$.reason").value(reason.name()))
            .andExpect(jsonPath("$.cause").isNotEmpty())
            .andExpect(jsonPath("$.nextStep").isNotEmpty())
            .andReturn();
    jsonPath("$.correlationId").value(number(answer)).match(answer);
    var code = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    jsonPath("$.code").value(code).match(answer);
    jsonPath("$.type").value("urn:kreissiegel:refusal:" + code).match(answer);
  }

  @Test
  void keepsTheCauseOfAFaultInTheLog() throws Exception {
    var page = web.perform(get("/fail")).andReturn();
    assertThat(page.getModelAndView()).isNotNull();
    assertThat(page.getModelAndView().getModel().toString())
        .doesNotContain("geheim", "IllegalState", "\tat ");
    var problem = web.perform(get("/api/v1/fail")).andExpect(status().is(500)).andReturn();
    assertThat(problem.getResponse().getContentAsString())
        .contains("http-500", number(problem))
        .doesNotContain("geheim", "IllegalState", "Exception");
    assertThat(log.list)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line.getThrowableProxy().getMessage()).isEqualTo(SECRET));
  }

  @Test
  void numbersEachRequestAnewWhateverTheClientSays() throws Exception {
    var first = web.perform(get("/fail").header(Correlation.HEADER, "x\ny")).andReturn();
    var second = web.perform(get("/fail").header(Correlation.HEADER, "x")).andReturn();
    assertThat(number(first)).matches("[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}");
    assertThat(number(second)).isNotEqualTo(number(first));
    assertThat(Correlation.current()).isEmpty();
  }

  private static String number(MvcResult answer) {
    return String.valueOf(answer.getResponse().getHeader(Correlation.HEADER));
  }

  private static MockMvc web() {
    var log = new RefusalLog();
    var words = new RefusalMessages(RefusalMessagesTest.source(), log);
    var advice = new ErrorAdvice(new Problems(log, words), new Rendering(words));
    return MockMvcBuilders.standaloneSetup(new Failing())
        .setControllerAdvice(advice)
        .addFilters(new Correlation(new SecureRandom()))
        .build();
  }

  /** Does what is asked of it: nothing. */
  @Controller
  static class Failing {
    @GetMapping({"/refuse/{reason}", "/api/v1/refuse/{reason}"})
    void refuse(@PathVariable RefusalReason reason) throws Refused {
      throw new Refused(reason, "because");
    }

    @GetMapping({"/fail", "/api/v1/fail"})
    void fail() {
      throw new IllegalStateException(SECRET);
    }
  }
}
