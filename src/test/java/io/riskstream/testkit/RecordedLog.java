package io.riskstream.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** Keeps the error lines that one class logs, in any thread and at whatever level, until closed. */
public final class RecordedLog implements AutoCloseable {
  private final Logger logger;
  private final Lines lines = new Lines();

  private final Level levelBefore;

  private RecordedLog(Logger logger) {
    this.logger = logger;
    levelBefore = logger.getLevel();
  }

  /** Begins to keep the lines of the class. */
  public static RecordedLog of(Class<?> logging) {
    var log = new RecordedLog((Logger) LogManager.getLogger(logging));
    log.lines.start();
    log.logger.addAppender(log.lines);
    Configurator.setLevel(log.logger, Level.ERROR);
    return log;
  }

  /** Returns the error lines so far. */
  public List<String> errors() {
    return List.copyOf(lines.errors);
  }

  @Override
  public void close() {
    logger.removeAppender(lines);
    Configurator.setLevel(logger, levelBefore);
    lines.stop();
  }

  private static final class Lines extends AbstractAppender {
    private final List<String> errors = new CopyOnWriteArrayList<>();

    Lines() {
      super("recorded", null, null, false, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      if (event.getLevel().equals(Level.ERROR)) {
        errors.add(event.getMessage().getFormattedMessage());
      }
    }
  }
}
