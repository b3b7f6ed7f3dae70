package io.helpdeskexporter.source.typeform;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Pace;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.Traffic;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Patience;
import io.helpdeskexporter.source.api.Position;
import io.helpdeskexporter.source.api.Refusals;
import io.helpdeskexporter.source.survey.Editions;
import io.helpdeskexporter.source.typeform.TypeformSettings.Form;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Answers to forms, each form a stream of its own. A walk goes from the newest response back to
 * where the walk before began, and a while further, because Typeform shows some responses late.
 *
 * <p>Pages are turned by time and not by the token of the last response: without a token Typeform
 * sorts by time, with one by when it processed them, and what lies between the two orders would be
 * passed over.
 */
final class TypeformSource implements Source {
  /**
   * Typeform warns that responses of about this time may be missing. They are no reason to be
   * complete until then only: an answer counts a day after it was given, and by then they are
   * there.
   */
  static final Duration SETTLING = Duration.ofMinutes(30);

  /** So little is always answered in time. */
  private static final int SMALLEST_PAGE = 250;

  private static final int NOT_FOUND = 404;

  /** As Typeform says that a question took it too long. */
  private static final int TOO_SLOW = 499;

  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * A definition.
   *
   * @param at when it was so, by Typeform's clock
   */
  private record Described(FormDefinition definition, Instant at) {}

  private final TypeformSettings settings;
  private final Patience patience;
  private final Api api;
  private final Map<Stream, Form> forms = new LinkedHashMap<>();
  private final Map<Form, Editions<FormDefinition>> definitions = new HashMap<>();

  /** Questions that were answered and are in no form any more. */
  private final Map<Form, Set<String>> incomprehensible = new HashMap<>();

  private final Set<Form> gone = new HashSet<>();
  private final Refusals refusals = new Refusals();
  private int pageSize;

  TypeformSource(TypeformSettings settings, InstantSource clock, Patience patience) {
    this.settings = settings;
    this.patience = patience;
    pageSize = settings.pageSize();
    TypeformManners manners = new TypeformManners(settings.oauth().isPresent());
    Budget budget = new Budget(settings.useAtMost(), clock, patience);
    api =
        new Api(
            settings.address(),
            settings.authorization(manners, budget, clock),
            manners,
            budget,
            clock,
            settings.timeout());
    settings.forms().forEach(form -> forms.put(stream(form), form));
  }

  /** Ids of forms know capital letters, names of streams do not. */
  static Stream stream(Form form) {
    StringBuilder name = new StringBuilder("form_");
    for (char each : form.id().toCharArray()) {
      switch (each) {
        case '_' -> name.append("_0");
        case '-' -> name.append("_1");
        default -> name.append(Character.isUpperCase(each) ? "_" : "").append(each);
      }
    }
    return new Stream(name.toString().toLowerCase(Locale.ROOT));
  }

  @Override
  public List<Stream> streams() {
    return List.copyOf(forms.keySet());
  }

  @Override
  public Page fetch(Stream stream, Cursor cursor) throws SourceException, InterruptedException {
    Form form = forms.get(stream);
    if (form == null) {
      throw new IllegalArgumentException("there is no " + stream);
    }
    FormPosition position = Position.read(cursor, FormPosition.class, FormPosition.START);
    int asked = pageSize;
    Answer answer;
    try {
      answer = responses(form, position, asked);
      while (answer.status() == TOO_SLOW) {
        if (asked <= SMALLEST_PAGE) {
          throw new SourceException.Unavailable(
              "Typeform takes too long to find %d responses".formatted(asked));
        }
        asked = smaller(asked);
        answer = responses(form, position, asked);
      }
    } catch (SourceException.Unavailable e) {
      pageSize = smaller(asked);
      throw e;
    }
    pageSize = asked;
    if (answer.status() == NOT_FOUND) {
      return without(form, cursor, answer);
    }
    List<Item> items = items(answer);
    Optional<Editions<FormDefinition>> editions = editions(form, items);
    if (editions.isEmpty()) {
      return without(form, cursor, answer);
    }
    gone.remove(form);
    Harvest harvest = new Harvest(refusals);
    Responses meaning = new Responses(form, settings);
    harvest.each(
        "response of form " + form.id(),
        "token",
        items,
        item -> meaning.read(item, editions.get(), harvest));
    Walk walk = new Walk(position, since(position), answer.at(), items, items.size() >= asked);
    return walk.isOver()
        ? harvest.last(Position.save(walk.end()), walk.began(), readings())
        : harvest.more(Position.save(walk.next()), Math.max(0, total(answer) - items.size()));
  }

  /** A source without tickets. */
  @Override
  public OptionalLong countTickets() {
    return OptionalLong.empty();
  }

  @Override
  public Inspection inspect() throws SourceException, InterruptedException {
    Map<String, OptionalLong> rows = new TreeMap<>();
    List<String> notes = new ArrayList<>();
    for (Map.Entry<Stream, Form> each : forms.entrySet()) {
      Form form = each.getValue();
      Optional<Described> described = askDefinition(form);
      Answer answer = responses(form, FormPosition.START, 1);
      if (described.isEmpty() || answer.status() == NOT_FOUND) {
        notes.add(noSuchForm(form));
        continue;
      }
      items(answer);
      rows.put(each.getKey().name(), Item.count(answer.json(), "total_items"));
      notes.addAll(FormNotes.of(form, described.get().definition()));
    }
    if (rows.isEmpty()) {
      throw new SourceException.Misconfigured(String.join("; ", notes));
    }
    return new Inspection(
        rows,
        Optional.empty(),
        Inspection.Counted.ROWS,
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        notes);
  }

  @Override
  public Optional<Traffic> traffic() {
    return Optional.of(api.traffic());
  }

  @Override
  public Pace pace(Duration took) {
    return api.pace(took);
  }

  @Override
  public void stopWaiting() {
    patience.end();
  }

  @Override
  public void close() {
    api.close();
  }

  // ---- what is asked

  private Answer responses(Form form, FormPosition position, int size)
      throws SourceException, InterruptedException {
    Call call =
        Call.get("responses", "/forms/" + form.id() + "/responses")
            .with("page_size", size)
            .with("response_type", "completed");
    if (position.before().isPresent()) {
      // The rest of one second; sorting and a token exclude each other.
      call = call.with("since", position.until().map(TypeformSource::toTheSecond));
    } else {
      call =
          call.with("sort", "submitted_at,desc")
              .with("since", since(position).map(TypeformSource::toTheSecond));
    }
    return api.ask(
        call.with("until", position.until().map(TypeformSource::toTheSecond))
            .with("before", position.before())
            .limitedBy(TypeformManners.ACCOUNT)
            .accepting(NOT_FOUND, TOO_SLOW));
  }

  private Optional<Instant> since(FormPosition position) {
    return position
        .reached()
        .map(reached -> reached.minus(settings.overlap()))
        .or(() -> settings.since().map(cutoff -> cutoff.in(ZoneOffset.UTC)))
        .map(at -> at.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String toTheSecond(Instant at) {
    return TO_THE_SECOND.format(at);
  }

  private static List<Item> items(Answer answer) throws SourceException {
    try {
      if (answer.json().path("items").isArray()) {
        return Item.of(answer.json()).items("items");
      }
    } catch (BadItem e) {
      throw new SourceException.Nonsense("Typeform answered responses without a list of them", e);
    }
    throw new SourceException.Nonsense("Typeform answered responses without a list of them");
  }

  private static long total(Answer answer) {
    return answer.json().path("total_items").asLong(0);
  }

  private int smaller(int size) {
    return Math.min(size, Math.max(SMALLEST_PAGE, size / 2));
  }

  // ---- forms

  /**
   * Scales as they were when the responses were given, as far as can be: asked for anew when there
   * is a response after it, or one that knows more questions. Empty if the form is gone.
   */
  private Optional<Editions<FormDefinition>> editions(Form form, List<Item> responses)
      throws SourceException, InterruptedException {
    Editions<FormDefinition> editions = definitions.computeIfAbsent(form, _ -> new Editions<>());
    if (responses.isEmpty() || !areOutdated(editions, form, responses)) {
      return Optional.of(editions);
    }
    Optional<Described> asked = askDefinition(form);
    asked.ifPresent(
        it -> {
          editions.add(it.definition(), it.at());
          incomprehensible.put(form, unknownQuestions(form, it.definition(), responses));
        });
    return asked.map(_ -> editions);
  }

  private boolean areOutdated(Editions<FormDefinition> editions, Form form, List<Item> responses) {
    boolean isNews =
        responses.stream()
            .flatMap(each -> Responses.submitted(each).stream())
            .anyMatch(editions::areOlderThan);
    Optional<FormDefinition> latest = editions.latest();
    return isNews
        || latest.isEmpty()
        || !incomprehensible
            .getOrDefault(form, Set.of())
            .containsAll(unknownQuestions(form, latest.get(), responses));
  }

  private Set<String> unknownQuestions(Form form, FormDefinition definition, List<Item> responses) {
    Responses meaning = new Responses(form, settings);
    Set<String> unknown = new HashSet<>();
    responses.forEach(each -> unknown.addAll(meaning.unknownQuestions(each, definition)));
    return unknown;
  }

  private Optional<Described> askDefinition(Form form)
      throws SourceException, InterruptedException {
    Answer answer =
        api.ask(
            Call.get("forms", "/forms/" + form.id())
                .limitedBy(TypeformManners.ACCOUNT)
                .accepting(NOT_FOUND));
    if (answer.status() == NOT_FOUND) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Described(FormDefinition.of(Item.of(answer.json())), answer.at()));
    } catch (BadItem e) {
      throw new SourceException.Nonsense(
          "Typeform described form %s in a way that is not known: %s"
              .formatted(form.id(), e.getMessage()),
          e);
    }
  }

  /** The other forms are read all the same. */
  private Page without(Form form, Cursor cursor, Answer answer) throws SourceException {
    gone.add(form);
    if (gone.size() == forms.size()) {
      throw new SourceException.Misconfigured(noSuchForm(form));
    }
    return new Harvest().last(cursor, answer.at(), readings());
  }

  private String noSuchForm(Form form) {
    return "%s has no form %s for this token; is the id right (as in https://acme.typeform.com/to/ID), and is url the data centre of its account?"
        .formatted(api.address().host(), form.id());
  }

  private Map<String, Double> readings() {
    return Map.of("forms_gone", (double) gone.size());
  }
}
