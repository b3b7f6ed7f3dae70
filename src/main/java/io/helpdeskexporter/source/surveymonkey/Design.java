package io.helpdeskexporter.source.surveymonkey;

import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.survey.Ends;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The questions of a survey by id, in its order. */
record Design(Map<String, Posed> questions) {
  /** What can be chosen. */
  record Choice(
      String id, String text, int position, Optional<BigDecimal> weight, boolean notApplicable) {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,3}");

    /** The number in its text: {@code 10 - Extremely likely}. */
    OptionalInt number() {
      Matcher digits = DIGITS.matcher(text);
      return digits.find() ? OptionalInt.of(Integer.parseInt(digits.group())) : OptionalInt.empty();
    }
  }

  /**
   * A question.
   *
   * @param rows ids of the rows of a matrix
   * @param choices all that there are, by id
   * @param scored those that are points of a row, from the least on
   * @param slider whether its text is a number
   * @param slides between which ends, where that is told
   */
  record Posed(
      String id,
      String heading,
      String family,
      String subtype,
      List<String> rows,
      Map<String, Choice> choices,
      List<Choice> scored,
      boolean slider,
      Optional<Ends> slides) {
    private static final int POINTS_OF_A_RECOMMENDATION = 11;

    /** One that is no more in the design; its answers are, and can be known by ids. */
    static Posed unknown(String id) {
      return new Posed(id, "", "", "", List.of(), Map.of(), List.of(), false, Optional.empty());
    }

    /** Points in rows, such as stars. */
    boolean isRating() {
      return family.equals("matrix") && subtype.equals("rating") || subtype.equals("star");
    }

    /** As the question for a recommendation is made, and hardly any other: 0 to 10 in one row. */
    boolean asksForRecommendation() {
      return isRating() && rows.size() <= 1 && scored.size() == POINTS_OF_A_RECOMMENDATION;
    }

    /** Between which ends a choice is made, or a number slid. */
    Optional<Ends> ends(boolean recommendation) {
      if (slider) {
        return slides;
      }
      int points = scored.size();
      return !isRating() || points < 2
          ? Optional.empty()
          : Optional.of(
              recommendation && points == POINTS_OF_A_RECOMMENDATION
                  ? new Ends(0, points - 1)
                  : new Ends(1, points));
    }

    /**
     * Which point a choice is. Of a recommendation the number in its text, because its weight is
     * the group that it counts to; of others its weight, where weights are the points, or its
     * place.
     */
    OptionalInt point(Choice choice, boolean recommendation) {
      int place = scored.indexOf(choice);
      if (place < 0 || !isRating()) {
        return OptionalInt.empty();
      }
      if (recommendation && scored.size() == POINTS_OF_A_RECOMMENDATION) {
        Set<Integer> numbers =
            scored.stream()
                .flatMapToInt(each -> each.number().stream())
                .boxed()
                .collect(Collectors.toSet());
        boolean numbered =
            numbers.equals(IntStream.range(0, scored.size()).boxed().collect(Collectors.toSet()));
        return numbered ? choice.number() : OptionalInt.of(place);
      }
      List<BigDecimal> weights =
          scored.stream().flatMap(each -> each.weight().stream()).sorted().toList();
      boolean weighted = weights.size() == scored.size();
      for (int i = 0; weighted && i < weights.size(); i++) {
        weighted = weights.get(i).compareTo(BigDecimal.valueOf(i + 1)) == 0;
      }
      return OptionalInt.of(weighted ? choice.weight().orElseThrow().intValue() : place + 1);
    }
  }

  static Design of(Item survey) throws BadItem {
    Map<String, Posed> questions = new LinkedHashMap<>();
    for (Item page : survey.items("pages")) {
      for (Item question : page.items("questions")) {
        Posed posed = posed(question);
        questions.put(posed.id(), posed);
      }
    }
    return new Design(questions);
  }

  private static Posed posed(Item question) throws BadItem {
    Item answers = question.item("answers");
    Map<String, Choice> choices = new HashMap<>();
    List<Choice> scored = new ArrayList<>();
    for (Item each : answers.items("choices")) {
      Choice choice = choice(each);
      choices.put(choice.id(), choice);
      if (!choice.notApplicable() && each.truth("visible").orElse(true)) {
        scored.add(choice);
      }
    }
    scored.sort(Comparator.comparingInt(Choice::position));
    List<String> rows = new ArrayList<>();
    for (Item row : answers.items("rows")) {
      rows.add(row.requiredKey("id"));
    }
    List<Item> headings = question.items("headings");
    String heading = headings.isEmpty() ? "" : headings.getFirst().text("heading").orElse("");
    Item display = question.item("display_options");
    return new Posed(
        question.requiredKey("id"),
        heading,
        question.text("family").orElse(""),
        question.text("subtype").orElse(""),
        List.copyOf(rows),
        Map.copyOf(choices),
        List.copyOf(scored),
        display.text("display_type").equals(Optional.of("slider")),
        slides(question.item("validation")));
  }

  private static Choice choice(Item choice) throws BadItem {
    return new Choice(
        choice.requiredKey("id"),
        choice.text("text").orElse(""),
        (int) choice.number("position").orElse(0),
        choice.decimal("weight"),
        choice.isTrue("is_na"));
  }

  private static Optional<Ends> slides(Item validation) throws BadItem {
    OptionalLong least = validation.number("min");
    OptionalLong most = validation.number("max");
    return least.isPresent()
            && most.isPresent()
            && least.getAsLong() < most.getAsLong()
            && least.getAsLong() >= 0
            && most.getAsLong() <= 1_000
        ? Optional.of(new Ends((int) least.getAsLong(), (int) most.getAsLong()))
        : Optional.empty();
  }
}
