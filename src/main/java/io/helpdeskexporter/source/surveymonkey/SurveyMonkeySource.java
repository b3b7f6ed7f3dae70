package io.helpdeskexporter.source.surveymonkey;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Pace;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.source.Traffic;
import io.helpdeskexporter.source.api.Address;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.Authorization;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Patience;
import io.helpdeskexporter.source.api.Position;
import io.helpdeskexporter.source.api.Refusals;
import io.helpdeskexporter.source.survey.Editions;
import io.helpdeskexporter.source.surveymonkey.SurveyMonkeySettings.Asked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
 * Answers to surveys, each survey a stream of its own, in the order of their last change: they may
 * be completed, edited or disqualified later.
 *
 * <p>Calls are few, a few hundred a day: a survey is looked at as often as the day's calls suffice
 * for, which is told apart from how often it is asked for.
 */
final class SurveyMonkeySource implements Source {
  /** Nobody says whether the second that is asked for is included, nor how soon changes show. */
  private static final Duration OVERLAP = Duration.ofSeconds(60);

  private static final Duration DESIGN_LASTS = Duration.ofHours(24);
  private static final Duration DAY = Duration.ofDays(1);

  /** Well below the day that answers wait. */
  private static final Duration LONGEST_TRUST = Duration.ofHours(12);

  /** Of each five calls of the day, one is left for designs and for further pages. */
  private static final int LOOKS_OF = 4;

  private static final int CALLS_OF = 5;

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;

  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final SurveyMonkeySettings settings;
  private final InstantSource clock;
  private final Patience patience;
  private final SurveyMonkeyManners manners = new SurveyMonkeyManners();
  private final Api api;
  private final Map<Stream, Asked> surveys = new LinkedHashMap<>();
  private final Map<Asked, Editions<Design>> designs = new HashMap<>();

  /** When each was last asked for, by this machine's clock. */
  private final Map<Asked, Instant> designsAsked = new HashMap<>();

  private final Set<Asked> gone = new HashSet<>();
  private final Refusals refusals = new Refusals();

  SurveyMonkeySource(SurveyMonkeySettings settings, InstantSource clock, Patience patience) {
    this.settings = settings;
    this.clock = clock;
    this.patience = patience;
    api =
        new Api(
            Address.parse("url", settings.url()),
            Authorization.bearer(settings.token()),
            manners,
            new Budget(settings.useAtMost(), clock, patience),
            clock,
            settings.timeout());
    settings.surveys().forEach(survey -> surveys.put(new Stream("survey_" + survey.id()), survey));
  }

  @Override
  public List<Stream> streams() {
    return List.copyOf(surveys.keySet());
  }

  @Override
  public Page fetch(Stream stream, Cursor cursor) throws SourceException, InterruptedException {
    Asked survey = surveys.get(stream);
    if (survey == null) {
      throw new IllegalArgumentException("there is no " + stream);
    }
    SurveyPosition position = Position.read(cursor, SurveyPosition.class, SurveyPosition.START);
    if (isTooSoon(position)) {
      return new Harvest().last(cursor, completeWithoutALook(position), readings());
    }
    Optional<Instant> from = from(position);
    Answer answer = responses(survey, from, position.page());
    if (SurveyMonkeyManners.isAboutOneSurvey(answer)) {
      return without(survey, position, answer);
    }
    List<Item> items = items(answer);
    Responses meaning = new Responses(survey, settings);
    Optional<Editions<Design>> editions = editions(survey, meaning, items);
    if (editions.isEmpty()) {
      return without(survey, position, answer);
    }
    gone.remove(survey);
    Harvest harvest = new Harvest(refusals);
    harvest.each(
        "response to survey " + survey.id(),
        "id",
        items,
        item -> meaning.read(item, editions.get(), harvest));
    return page(position, from, answer, items, harvest);
  }

  /** The end is where there is no link to a next page; the link itself is never followed. */
  private Page page(
      SurveyPosition position,
      Optional<Instant> from,
      Answer answer,
      List<Item> items,
      Harvest harvest) {
    Instant began = position.walkBegan().orElse(answer.at());
    Optional<Instant> newest =
        items.stream().flatMap(each -> Responses.modified(each).stream()).max(Instant::compareTo);
    Optional<Instant> reached =
        newest
            .filter(it -> position.reached().filter(it::isBefore).isEmpty())
            .or(position::reached);
    if (items.isEmpty() || !answer.json().path("links").path("next").isString()) {
      Instant complete = began.minus(OVERLAP);
      return harvest.last(
          Position.save(SurveyPosition.betweenWalks(reached, answer.receivedAt(), complete)),
          complete,
          readings());
    }
    // From the last second on, which may be on both pages: pages further on would be shifted by
    // each response that changes meanwhile.
    Optional<Instant> next = newest.map(it -> it.minusSeconds(1));
    boolean moves = next.isPresent() && from.filter(it -> !next.get().isAfter(it)).isEmpty();
    SurveyPosition then =
        moves
            ? position.at(reached, began, next, 1)
            : position.at(reached, began, from, position.page() + 1);
    return harvest.more(Position.save(then), Math.max(0, total(answer) - items.size()));
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
    for (Map.Entry<Stream, Asked> each : surveys.entrySet()) {
      Asked survey = each.getValue();
      Answer answer = details(survey);
      if (SurveyMonkeyManners.isAboutOneSurvey(answer)) {
        notes.add(cannotBeRead(survey, answer));
      } else {
        Design design = design(survey, answer);
        rows.put(each.getKey().name(), Item.count(answer.json(), "response_count"));
        notes.addAll(SurveyNotes.of(survey, design));
      }
    }
    if (rows.isEmpty()) {
      throw new SourceException.Misconfigured(String.join("; ", notes));
    }
    notes.add(
        "each survey is looked at every %d minutes, so that %s of the app's %d calls a day suffice"
            .formatted(pace().toMinutes() + 1, settings.useAtMost(), manners.callsADay()));
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

  // ---- when

  private boolean isTooSoon(SurveyPosition position) {
    Instant now = clock.instant();
    return position.walkBegan().isEmpty()
        && position.completeUntil().isPresent()
        && position
            .lookedAt()
            .filter(at -> !now.isBefore(at) && now.isBefore(at.plus(pace())))
            .isPresent();
  }

  /**
   * What was given since the last look is not read, and yet nothing that counts is missing: an
   * answer counts a day after it was given, and by then there was another look.
   */
  private Instant completeWithoutALook(SurveyPosition position) {
    Duration since = Duration.between(position.lookedAt().orElseThrow(), clock.instant());
    Duration elapsed = since.compareTo(LONGEST_TRUST) < 0 ? since : LONGEST_TRUST;
    return position.completeUntil().orElseThrow().plus(elapsed);
  }

  /** How long a survey rests between two looks. */
  private Duration pace() {
    long calls = (long) settings.useAtMost().of(manners.callsADay()) * LOOKS_OF / CALLS_OF;
    return DAY.multipliedBy(surveys.size()).dividedBy(Math.max(1, calls));
  }

  private Optional<Instant> from(SurveyPosition position) {
    return position
        .from()
        .or(() -> position.reached().map(at -> at.minus(OVERLAP)))
        .or(() -> settings.since().map(cutoff -> cutoff.in(ZoneOffset.UTC)));
  }

  // ---- what is asked

  private Answer responses(Asked survey, Optional<Instant> from, int page)
      throws SourceException, InterruptedException {
    return ask(
        Call.get("responses", "/surveys/" + survey.id() + "/responses/bulk")
            .with("per_page", settings.pageSize())
            .with("page", page)
            .with("sort_by", "date_modified")
            .with("sort_order", "ASC")
            .with("start_modified_at", from.map(TO_THE_SECOND::format)));
  }

  private Answer details(Asked survey) throws SourceException, InterruptedException {
    return ask(Call.get("surveys", "/surveys/" + survey.id() + "/details"));
  }

  /** A success, or the refusal of one survey alone. */
  private Answer ask(Call call) throws SourceException, InterruptedException {
    Answer answer =
        api.ask(
            call.limitedBy(SurveyMonkeyManners.MINUTE, SurveyMonkeyManners.DAY)
                .accepting(FORBIDDEN, NOT_FOUND, TOO_LARGE));
    if (answer.isSuccess() || SurveyMonkeyManners.isAboutOneSurvey(answer)) {
      return answer;
    }
    throw manners
        .failure(call, answer)
        .orElseGet(
            () ->
                new SourceException.Misconfigured(
                    "SurveyMonkey does not know %s (%d%s); is url right?"
                        .formatted(
                            call,
                            answer.status(),
                            manners.reason(answer).map(it -> ", " + it).orElse(""))));
  }

  private static List<Item> items(Answer answer) throws SourceException {
    try {
      if (answer.json().path("data").isArray()) {
        return Item.of(answer.json()).items("data");
      }
    } catch (BadItem e) {
      throw new SourceException.Nonsense("SurveyMonkey answered responses without a list", e);
    }
    throw new SourceException.Nonsense("SurveyMonkey answered responses without a list");
  }

  private static long total(Answer answer) {
    return answer.json().path("total").asLong(0);
  }

  // ---- surveys

  /**
   * Asked for once a day, and when there is something that it does not know. Empty if the survey
   * cannot be read.
   */
  private Optional<Editions<Design>> editions(Asked survey, Responses meaning, List<Item> responses)
      throws SourceException, InterruptedException {
    Instant now = clock.instant();
    Editions<Design> editions = designs.computeIfAbsent(survey, _ -> new Editions<>());
    Instant asked = designsAsked.getOrDefault(survey, Instant.EPOCH);
    boolean isOfToday = !now.isBefore(asked) && now.isBefore(asked.plus(DESIGN_LASTS));
    if (responses.isEmpty()
        || isOfToday && responses.stream().noneMatch(each -> isBeyond(each, editions, meaning))) {
      return Optional.of(editions);
    }
    Answer answer = details(survey);
    if (SurveyMonkeyManners.isAboutOneSurvey(answer)) {
      return Optional.empty();
    }
    editions.add(design(survey, answer), answer.at());
    designsAsked.put(survey, now);
    return Optional.of(editions);
  }

  /** What is older than the design will not be explained by a newer one. */
  private static boolean isBeyond(Item response, Editions<Design> editions, Responses meaning) {
    Optional<Design> latest = editions.latest();
    return latest.isEmpty()
        || meaning.isBeyond(latest.get(), response)
            && Responses.modified(response).filter(editions::areOlderThan).isPresent();
  }

  private static Design design(Asked survey, Answer answer) throws SourceException {
    try {
      return Design.of(Item.of(answer.json()));
    } catch (BadItem e) {
      throw new SourceException.Nonsense(
          "SurveyMonkey described survey %s in a way that is not known: %s"
              .formatted(survey.id(), e.getMessage()),
          e);
    }
  }

  /** The other surveys are read all the same. */
  private Page without(Asked survey, SurveyPosition position, Answer answer)
      throws SourceException {
    gone.add(survey);
    if (gone.size() == surveys.size()) {
      throw new SourceException.Misconfigured(cannotBeRead(survey, answer));
    }
    Instant complete = answer.at().minus(OVERLAP);
    return new Harvest()
        .last(
            Position.save(
                SurveyPosition.betweenWalks(position.reached(), answer.receivedAt(), complete)),
            complete,
            readings());
  }

  private String cannotBeRead(Asked survey, Answer answer) {
    return "%s: survey %s cannot be read: %s"
        .formatted(api.address().host(), survey.id(), SurveyMonkeyManners.whatIsWrong(answer));
  }

  private Map<String, Double> readings() {
    return Map.of("surveys_gone", (double) gone.size());
  }
}
