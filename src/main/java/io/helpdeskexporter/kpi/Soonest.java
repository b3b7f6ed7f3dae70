package io.helpdeskexporter.kpi;

import java.util.Arrays;

/**
 * Numbers ordered by their instants, soonest first: a binary heap that knows the place of each
 * number, so that any can be taken out again.
 */
final class Soonest {
  private static final int NONE = -1;

  private final Places places;
  private int[] heap = new int[4];
  private int size;

  /** Instant and place by number; shared by heaps of which each number is in one at most. */
  static final class Places {
    private long[] at = new long[0];
    private int[] place = new int[0];

    private void room(int number) {
      int known = at.length;
      if (number >= known) {
        int room = Math.max(number + 1, known + known / 2);
        at = Arrays.copyOf(at, room);
        place = Arrays.copyOf(place, room);
        Arrays.fill(place, known, room, NONE);
      }
    }
  }

  Soonest(Places places) {
    this.places = places;
  }

  /** {@link Long#MAX_VALUE} if there is none. */
  long soonest() {
    return size == 0 ? Long.MAX_VALUE : places.at[heap[0]];
  }

  /** The instant of a number that is in here. */
  long at(int number) {
    return places.at[number];
  }

  /** Takes the first one out. */
  int poll() {
    int first = heap[0];
    remove(first);
    return first;
  }

  /**
   * @param number in none of the heaps yet
   */
  void add(int number, long at) {
    places.room(number);
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size + size / 2);
    }
    places.at[number] = at;
    size++;
    rise(size - 1, number);
  }

  /** Takes a number out if it is in here. */
  void remove(int number) {
    int place = number < places.place.length ? places.place[number] : NONE;
    if (place == NONE) {
      return;
    }
    places.place[number] = NONE;
    size--;
    int last = heap[size];
    if (place < size) {
      rise(place, last);
      sink(places.place[last], last);
    }
  }

  private void rise(int from, int number) {
    long[] at = places.at;
    int place = from;
    while (place > 0 && at[heap[(place - 1) / 2]] > at[number]) {
      put(place, heap[(place - 1) / 2]);
      place = (place - 1) / 2;
    }
    put(place, number);
  }

  private void sink(int from, int number) {
    long[] at = places.at;
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && at[heap[child + 1]] < at[heap[child]]) {
        child++;
      }
      if (at[heap[child]] >= at[number]) {
        break;
      }
      put(place, heap[child]);
      place = child;
    }
    put(place, number);
  }

  private void put(int place, int number) {
    heap[place] = number;
    places.place[number] = place;
  }
}
