package io.helpdeskexporter.kpi;

import java.util.Arrays;

/**
 * Numbers ordered by their instants, soonest first: a binary heap that knows the place of each
 * number, so that any can be taken out again.
 */
final class Soonest {
  private static final int NONE = -1;

  private final Places places;

  // By place: the instants lie side by side, since they are what is compared.
  private long[] instants = new long[4];
  private int[] heap = new int[4];
  private int size;

  /** Place by number; shared by heaps of which each number is in one at most. */
  static final class Places {
    private int[] place = new int[0];

    private void room(int number) {
      int known = place.length;
      if (number >= known) {
        int room = Math.max(number + 1, known + known / 2);
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
    return size == 0 ? Long.MAX_VALUE : instants[0];
  }

  /** The instant of a number that is in here. */
  long at(int number) {
    return instants[places.place[number]];
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
      instants = Arrays.copyOf(instants, heap.length);
    }
    size++;
    rise(size - 1, number, at);
  }

  /** Takes a number out if it is in here. */
  void remove(int number) {
    int place = number < places.place.length ? places.place[number] : NONE;
    if (place == NONE) {
      return;
    }
    places.place[number] = NONE;
    size--;
    if (place < size) {
      int last = heap[size];
      long at = instants[size];
      if (place > 0 && instants[(place - 1) / 2] > at) {
        rise(place, last, at);
      } else {
        sink(place, last, at);
      }
    }
  }

  private void rise(int from, int number, long at) {
    int place = from;
    while (place > 0 && instants[(place - 1) / 2] > at) {
      put(place, heap[(place - 1) / 2], instants[(place - 1) / 2]);
      place = (place - 1) / 2;
    }
    put(place, number, at);
  }

  private void sink(int from, int number, long at) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && instants[child + 1] < instants[child]) {
        child++;
      }
      if (instants[child] >= at) {
        break;
      }
      put(place, heap[child], instants[child]);
      place = child;
    }
    put(place, number, at);
  }

  private void put(int place, int number, long at) {
    heap[place] = number;
    instants[place] = at;
    places.place[number] = place;
  }
}
