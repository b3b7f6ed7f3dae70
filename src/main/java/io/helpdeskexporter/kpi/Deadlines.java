package io.helpdeskexporter.kpi;

import java.util.Arrays;

/**
 * When something has to be looked at again: numbers ordered by their instants, soonest first. A
 * binary heap that knows the place of each number, so that any can be taken out again.
 */
final class Deadlines {
  private static final int NONE = -1;

  private int[] heap = new int[16];
  private int size;

  // By number.
  private long[] due = new long[16];
  private int[] places = newPlaces(16);

  /** Whether the soonest is due at {@code now} or was before. */
  boolean anyDue(long now) {
    return size > 0 && due[heap[0]] <= now;
  }

  /** Takes out the soonest. */
  int poll() {
    int first = heap[0];
    remove(first);
    return first;
  }

  /**
   * @param number not in here yet
   */
  void add(int number, long at) {
    if (number >= due.length) {
      int room = Math.max(number + 1, 2 * due.length);
      int known = due.length;
      due = Arrays.copyOf(due, room);
      places = Arrays.copyOf(places, room);
      Arrays.fill(places, known, room, NONE);
    }
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    due[number] = at;
    rise(size++, number);
  }

  /** Takes a number out if it is in here. */
  void remove(int number) {
    int place = number < places.length ? places[number] : NONE;
    if (place == NONE) {
      return;
    }
    places[number] = NONE;
    int last = heap[--size];
    if (place < size) {
      rise(place, last);
      sink(places[last], last);
    }
  }

  private void rise(int from, int number) {
    int place = from;
    while (place > 0 && due[heap[(place - 1) / 2]] > due[number]) {
      put(place, heap[(place - 1) / 2]);
      place = (place - 1) / 2;
    }
    put(place, number);
  }

  private void sink(int from, int number) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && due[heap[child + 1]] < due[heap[child]]) {
        child++;
      }
      if (due[heap[child]] >= due[number]) {
        break;
      }
      put(place, heap[child]);
      place = child;
    }
    put(place, number);
  }

  private void put(int place, int number) {
    heap[place] = number;
    places[number] = place;
  }

  private static int[] newPlaces(int room) {
    int[] places = new int[room];
    Arrays.fill(places, NONE);
    return places;
  }
}
