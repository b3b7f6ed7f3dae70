package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Lists that are paged by a cursor in {@code meta}, whatever host their links name. */
final class Listing {
  static final int ROWS_PER_PAGE = 100;

  /** Agents, groups: a hundred thousand of each are more than anybody has. */
  private static final int MOST_PAGES = 1_000;

  private Listing() {}

  /** All pages of a list that is short. */
  static List<Answer> all(Api api, Call call) throws SourceException, InterruptedException {
    List<Answer> pages = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Answer page = api.ask(page(call, ROWS_PER_PAGE, after));
      pages.add(page);
      after = next(page);
      if (pages.size() > MOST_PAGES) {
        throw new SourceException.Nonsense("the list of " + call.name() + " does not end");
      }
    } while (after.isPresent());
    return pages;
  }

  static Call page(Call call, int rows, Optional<String> after) {
    return call.with("page[size]", rows).with("page[after]", after);
  }

  /** Where the next page begins; empty after the last one. */
  static Optional<String> next(Answer page) {
    JsonNode meta = page.json().path("meta");
    JsonNode after = meta.path("after_cursor");
    return meta.path("has_more").asBoolean(false) && after.isString()
        ? Optional.of(after.asString())
        : Optional.empty();
  }
}
