package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the credentials are let read. */
final class Account {
  /** What not every plan has, and not every agent may read, is answered so. */
  private static final Set<Integer> NOT_PERMITTED = Set.of(403, 404);

  private final Api api;
  private final ZendeskManners manners;
  private Optional<String> role = Optional.empty();

  Account(Api api, ZendeskManners manners) {
    this.api = api;
    this.manners = manners;
  }

  /**
   * Asks once who asks: wrong credentials may be answered as if nobody had given any, and exports
   * then tell nothing.
   */
  void requireLogin() throws SourceException, InterruptedException {
    if (role.isEmpty()) {
      role = Optional.of(askForRole());
    }
  }

  /** As of now: {@code admin}, {@code agent}; empty where Zendesk does not say. */
  String askForRole() throws SourceException, InterruptedException {
    Call call = Call.get("users", ZendeskManners.WHO_ASKS).limitedBy(ZendeskManners.ACCOUNT);
    return Item.of(api.ask(call).json()).item("user").item("role").value().orElse("");
  }

  /**
   * Whether what was asked for is not in the plan, or not for these credentials; the call accepts
   * 403 and 404.
   *
   * @throws SourceException where it is the account that is not there
   */
  boolean isSwitchedOff(Answer answer) throws SourceException {
    if (ZendeskManners.isNoHelpdesk(answer)) {
      throw manners.noHelpdesk();
    }
    return NOT_PERMITTED.contains(answer.status());
  }

  /** Nothing, for now: the other streams go on without it. */
  static Page switchedOff(Cursor same, Answer answer) {
    return new Harvest()
        .last(same, answer.at().minus(TimeExport.SETTLING), Map.of("switched_off", 1.0));
  }
}
