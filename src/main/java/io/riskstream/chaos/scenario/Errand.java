package io.riskstream.chaos.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operator does to the job in a step, on purpose; and what has to be said of it. */
public enum Errand {
  /** The job is upgraded to a patched build: {@code to}, and how it {@code ends}. */
  UPGRADE("upgrade"),
  /** The job goes on with another parallelism, {@code to}. */
  RESCALE("rescale"),
  /**
   * The job is stopped with a savepoint and submitted again from it, {@code count} times; threads,
   * classes and metaspace must not grow with the rounds.
   */
  ROUNDS("rounds");

  private final String word;

  Errand(String word) {
    this.word = word;
  }

  /** Returns the errand of the word, if there is one. */
  public static Optional<Errand> of(String word) {
    return Arrays.stream(values()).filter(errand -> errand.word.equals(word)).findAny();
  }

  /** Returns the words of all errands. */
  static List<String> words() {
    return Arrays.stream(values()).map(errand -> errand.word).toList();
  }

  /** Returns its keys, all of which have to be given. */
  Map<String, Word> keys() {
    return switch (this) {
      case UPGRADE -> Map.of("to", Word.text(), "ends", Word.one("upgraded", "returned"));
      case RESCALE -> Map.of("to", Word.count());
      case ROUNDS -> Map.of("count", Word.count());
    };
  }

  /** What may stand behind a key. */
  sealed interface Word {
    /** Returns it in words. */
    String allowed();

    /** Returns whether the text is one. */
    boolean allows(String text);

    static Word text() {
      return new Text();
    }

    static Word count() {
      return new Count();
    }

    static Word one(String... words) {
      return new OneOf(List.of(words));
    }

    /** One of these words. */
    record OneOf(List<String> words) implements Word {
      @Override
      public String allowed() {
        return String.join(" or ", words);
      }

      @Override
      public boolean allows(String text) {
        return words.contains(text);
      }
    }

    /** A whole number above 0. */
    record Count() implements Word {
      @Override
      public String allowed() {
        return "a whole number above 0";
      }

      @Override
      public boolean allows(String text) {
        return text.matches("[1-9]\\d{0,5}");
      }
    }

    /** A text that is not blank. */
    record Text() implements Word {
      @Override
      public String allowed() {
        return "a text";
      }

      @Override
      public boolean allows(String text) {
        return !text.isBlank();
      }
    }
  }
}
