package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Kept;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the stages of an account's pipelines mean. Their ids and labels are its own. */
final class Stages {
  private static final Duration KEPT = Duration.ofHours(1);

  /** The pipeline that every account begins with: its stages keep their ids when renamed. */
  private static final String FIRST_PIPELINE = "0";

  private static final Map<String, Status> FIRST_STAGES =
      Map.of("1", Status.NEW, "2", Status.PENDING, "3", Status.OPEN);

  /**
   * One of them.
   *
   * @param word what tickets in it are told to be
   */
  record Stage(String id, String label, String pipeline, String word) {}

  private final Kept<Map<String, Stage>> kept;

  /** Ids that are in no pipeline any more. */
  private final Set<String> gone = new HashSet<>();

  Stages(Crm crm, HubspotSettings settings, InstantSource clock) {
    this.kept = new Kept<>(KEPT, clock, () -> of(settings, crm.pipelines()));
  }

  /** Stages by their ids. */
  static Map<String, Stage> of(HubspotSettings settings, List<Item> pipelines) {
    Map<String, Stage> stages = new TreeMap<>();
    for (Item pipeline : pipelines) {
      try {
        String id = pipeline.requiredKey("id");
        String label = pipeline.text("label").orElse(id);
        for (Item stage : pipeline.items("stages")) {
          String stageId = stage.requiredKey("id");
          String stageLabel = stage.text("label").orElse(stageId);
          String word = word(settings, id, stageId, stageLabel, stage.item("metadata"));
          stages.put(stageId, new Stage(stageId, stageLabel, label, word));
        }
      } catch (BadItem e) {
        // Its tickets are told by the ids of their stages, which have no meaning and are shown.
      }
    }
    return stages;
  }

  private static String word(
      HubspotSettings settings, String pipeline, String id, String label, Item metadata)
      throws BadItem {
    Optional<String> configured = configured(settings, id).or(() -> configured(settings, label));
    if (configured.isPresent()) {
      return configured.get();
    }
    if (isClosed(metadata)) {
      return Status.SOLVED.label();
    }
    Status first = FIRST_STAGES.get(id);
    if (pipeline.equals(FIRST_PIPELINE) && first != null) {
      return first.label();
    }
    return byLabel(settings, label.toLowerCase(Locale.ROOT)).label();
  }

  private static boolean isClosed(Item metadata) throws BadItem {
    Optional<String> state = metadata.text("ticketState");
    return state.isPresent() ? state.get().equalsIgnoreCase("CLOSED") : metadata.isTrue("isClosed");
  }

  private static Optional<String> configured(HubspotSettings settings, String idOrLabel) {
    return settings.stages().entrySet().stream()
        .filter(each -> each.getKey().strip().equalsIgnoreCase(idOrLabel.strip()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Status byLabel(HubspotSettings settings, String label) {
    if (label.matches(".*\\bon us\\b.*")) {
      return Status.OPEN;
    }
    if (has(label, settings.holdWords())) {
      return Status.ON_HOLD;
    }
    return has(label, settings.waitingWords()) ? Status.PENDING : Status.OPEN;
  }

  private static boolean has(String label, List<String> words) {
    return words.stream().anyMatch(word -> label.contains(word.toLowerCase(Locale.ROOT)));
  }

  /**
   * What the stages mean now.
   *
   * @param ids those that turned up: if one is not known, the pipelines are asked for again, once
   */
  Map<String, Stage> knowing(Collection<String> ids) throws SourceException, InterruptedException {
    Set<String> unknown = new HashSet<>(ids);
    unknown.removeAll(kept.get().keySet());
    unknown.removeAll(gone);
    if (!unknown.isEmpty()) {
      kept.forget();
      unknown.removeAll(kept.get().keySet());
      gone.addAll(unknown);
    }
    return kept.get();
  }

  /** What each stage counts as, in words for the operator. */
  List<String> told() throws SourceException, InterruptedException {
    Map<String, List<String>> byPipeline = new TreeMap<>();
    for (Stage stage : kept.get().values()) {
      byPipeline
          .computeIfAbsent(stage.pipeline(), _ -> new ArrayList<>())
          .add("%s (%s) is %s".formatted(stage.label(), stage.id(), stage.word()));
    }
    List<String> told = new ArrayList<>();
    byPipeline.forEach(
        (pipeline, stages) ->
            told.add(
                "stages of the pipeline %s: %s; stages says otherwise"
                    .formatted(pipeline, String.join(", ", stages))));
    return told;
  }
}
