package io.helpdeskexporter.kpi;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.facts.Attribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for combinations of label values. A <em>cell</em> is one combination of all labels that
 * the families of a measure or level carry between them; a <em>cut</em> is the labels of one
 * family; a <em>group</em> is one combination of the values of a cut, so that each cell belongs to
 * one group of each cut. Everything is numbered from 0 in order of appearance, and labels are
 * admitted by the budget on the way in.
 */
final class Cells {
  private static final Channel[] CHANNELS = Channel.values();
  private static final Priority[] PRIORITIES = Priority.values();

  private final List<List<Label>> cuts;
  private final List<String> detailLabels;
  private final LabelBudget.Values teams;
  private final LabelBudget.Values details;
  private final LabelBudget.Values secondDetails;
  private final boolean byTeam;
  private final boolean byChannel;
  private final boolean byPriority;
  private final boolean byDetail;
  private final boolean bySecondDetail;

  private int[] cellAt = new int[0];
  private int size;
  private final int[][] groupOf;
  private final List<Group> groups = new ArrayList<>();
  private final Map<Group, Integer> numbers = new HashMap<>();

  /** Label values of a cut; the names are those of the labels as served. */
  record Group(int cut, List<String> names, List<String> values) {}

  /**
   * @param families of one measure or level
   * @param detailLabels of that measure or level
   */
  Cells(LabelBudget budget, List<String> detailLabels, Collection<? extends Family> families) {
    cuts = families.stream().map(Cells::labels).distinct().toList();
    byTeam = carries(Label.TEAM);
    byChannel = carries(Label.CHANNEL);
    byPriority = carries(Label.PRIORITY);
    byDetail = carries(Label.DETAIL);
    bySecondDetail = carries(Label.SECOND_DETAIL);
    if (detailLabels.size() < (bySecondDetail ? 2 : byDetail ? 1 : 0)) {
      throw new IllegalArgumentException(
          families + " carry a detail label that is missing among " + detailLabels);
    }
    this.detailLabels = detailLabels;
    teams = budget.values(LabelBudget.TEAM);
    details = byDetail ? budget.values(detailLabels.get(0)) : teams;
    secondDetails = bySecondDetail ? budget.values(detailLabels.get(1)) : teams;
    groupOf = new int[cuts.size()][0];
    if (cutOf(List.of()) >= 0) {
      group(cutOf(List.of()), List.of());
    }
  }

  /** How many cells there can ever be. */
  long capacity() {
    return (byTeam ? (long) teams.capacity() : 1)
        * (byDetail ? details.capacity() : 1)
        * (bySecondDetail ? secondDetails.capacity() : 1)
        * (byChannel ? CHANNELS.length : 1)
        * (byPriority ? PRIORITIES.length : 1);
  }

  /** How many cells there are. */
  int size() {
    return size;
  }

  int cuts() {
    return cuts.size();
  }

  /** The cut that a family shows. */
  int cutOf(Family family) {
    return cutOf(labels(family));
  }

  int groups() {
    return groups.size();
  }

  Group group(int number) {
    return groups.get(number);
  }

  /** Group of each cell in a cut; replaced as cells are added, so not to be kept. */
  int[] groupOf(int cut) {
    return groupOf[cut];
  }

  int cell(Attribution attribution, String detail) {
    int team = byTeam ? teams.id(attribution.team()) : 0;
    int first = byDetail ? details.id(Detail.first(detail)) : 0;
    int second = bySecondDetail ? secondDetails.id(Detail.second(detail)) : 0;
    int channel = byChannel ? attribution.channel().ordinal() : 0;
    int priority = byPriority ? attribution.priority().ordinal() : 0;
    int place = byDetail ? team * details.capacity() + first : team;
    place = bySecondDetail ? place * secondDetails.capacity() + second : place;
    place = byChannel ? place * CHANNELS.length + channel : place;
    place = byPriority ? place * PRIORITIES.length + priority : place;
    if (place >= cellAt.length) {
      cellAt = Arrays.copyOf(cellAt, Math.max(place + 1, 2 * cellAt.length));
    }
    return cellAt[place] > 0
        ? cellAt[place] - 1
        : add(place, team, first, second, channel, priority);
  }

  /**
   * The groups of a cut that the given values make up; none if nothing is given for one of its
   * labels.
   */
  List<Integer> groups(int cut, Combinations of) {
    List<List<String>> made = List.of(List.of());
    for (Label label : cuts.get(cut)) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> values : made) {
        for (String value : admitted(label, of)) {
          List<String> next = new ArrayList<>(values);
          next.add(value);
          longer.add(next);
        }
      }
      made = longer;
    }
    return made.stream().map(values -> group(cut, values)).distinct().toList();
  }

  private List<String> admitted(Label label, Combinations of) {
    return switch (label) {
      case TEAM -> of.teams().stream().map(t -> teams.name(teams.id(t))).toList();
      case CHANNEL -> of.channels().stream().map(Channel::label).toList();
      case PRIORITY -> of.priorities().stream().map(Priority::label).toList();
      case DETAIL -> of.details().stream().map(d -> details.name(details.id(d))).toList();
      case SECOND_DETAIL ->
          of.secondDetails().stream().map(d -> secondDetails.name(secondDetails.id(d))).toList();
    };
  }

  private int add(int place, int team, int first, int second, int channel, int priority) {
    int cell = size++;
    cellAt[place] = cell + 1;
    for (int cut = 0; cut < cuts.size(); cut++) {
      if (cell == groupOf[cut].length) {
        groupOf[cut] = Arrays.copyOf(groupOf[cut], Math.max(8, 2 * cell));
      }
      List<String> values =
          cuts.get(cut).stream()
              .map(
                  label ->
                      switch (label) {
                        case TEAM -> teams.name(team);
                        case CHANNEL -> CHANNELS[channel].label();
                        case PRIORITY -> PRIORITIES[priority].label();
                        case DETAIL -> details.name(first);
                        case SECOND_DETAIL -> secondDetails.name(second);
                      })
              .toList();
      groupOf[cut][cell] = group(cut, values);
    }
    return cell;
  }

  private int group(int cut, List<String> values) {
    List<String> names = cuts.get(cut).stream().map(this::name).toList();
    return numbers.computeIfAbsent(
        new Group(cut, names, List.copyOf(values)),
        group -> {
          groups.add(group);
          return groups.size() - 1;
        });
  }

  private String name(Label label) {
    return switch (label) {
      case TEAM -> LabelBudget.TEAM;
      case CHANNEL -> "channel";
      case PRIORITY -> "priority";
      case DETAIL -> detailLabels.get(0);
      case SECOND_DETAIL -> detailLabels.get(1);
    };
  }

  private boolean carries(Label label) {
    return cuts.stream().anyMatch(cut -> cut.contains(label));
  }

  private int cutOf(List<Label> labels) {
    return cuts.indexOf(labels);
  }

  private static List<Label> labels(Family family) {
    return family.labels().stream().sorted().toList();
  }
}
