package de.kreissiegel.ra.setup;

import de.kreissiegel.ra.pages.Frame;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IExpressionObjectDialect;
import org.thymeleaf.expression.IExpressionObjectFactory;

/** Gives templates {@code #frame} and {@code #words}, as the pages of the house have them. */
@Component
class SetupDialect extends AbstractDialect implements IExpressionObjectDialect {
  private final Frame frame;
  private final SetupWords words;

  SetupDialect(Frame frame, SetupWords words) {
    super("Kreissiegel setup");
    this.frame = frame;
    this.words = words;
  }

  @Override
  public IExpressionObjectFactory getExpressionObjectFactory() {
    return new IExpressionObjectFactory() {
      @Override
      public Set<String> getAllExpressionObjectNames() {
        return Set.of("frame", "words");
      }

      @Override
      public Object buildObject(IExpressionContext context, String name) {
        return name.equals("frame") ? frame : words;
      }

      @Override
      public boolean isCacheable(String name) {
        return true;
      }
    };
  }
}
