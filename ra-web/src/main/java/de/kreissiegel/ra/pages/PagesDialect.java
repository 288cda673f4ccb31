package de.kreissiegel.ra.pages;

import java.util.Set;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IExpressionObjectDialect;
import org.thymeleaf.expression.IExpressionObjectFactory;

/**
 * Gives templates {@code #frame} and {@code #words}. As beans ({@code @words}) they could not be
 * asked in attributes, where Thymeleaf allows no bean.
 */
@Component
class PagesDialect extends AbstractDialect implements IExpressionObjectDialect {
  private final Frame frame;
  private final Words words;

  PagesDialect(Frame frame, Words words) {
    super("Kreissiegel");
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
