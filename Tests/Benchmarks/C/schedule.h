/* Clock and future event list with the heap of Sources/EventKernel: 4-ary, implicit, child groups
 * on cache lines; the executing event stays at the root until the first one that it schedules
 * replaces it. Key: 64 bits of nanoseconds, 8 of phase, 56 of sequence. */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned __int128 u128;

typedef struct {
  u128 key;
  uint64_t payload;
} notice_t; /* 32 bytes, as in Swift */

typedef struct {
  notice_t *heap;
  void *storage;
  size_t count, capacity;
  uint64_t scheduled;
  int64_t now;
  int root_is_hole;
} schedule_t;

static inline void schedule_free(schedule_t *s) { free(s->storage); }

static void schedule_reserve(schedule_t *s, size_t capacity) {
  /* Element 1, the first child group, starts a cache line. */
  size_t offset = (64 - sizeof(notice_t) % 64) % 64;
  size_t bytes = (offset + capacity * sizeof(notice_t) + 63) / 64 * 64;
  char *storage = aligned_alloc(64, bytes);
  if (!storage) abort();
  notice_t *heap = (notice_t *)(storage + offset);
  if (s->count) memcpy(heap, s->heap, s->count * sizeof(notice_t));
  free(s->storage);
  s->heap = heap;
  s->storage = storage;
  s->capacity = capacity;
}

/* Seconds to ticks: rounds half up to the nanosecond. */
static inline int64_t nanoseconds(double seconds) { return (int64_t)(seconds * 1e9 + 0.5); }

static inline void sift_down(schedule_t *s, notice_t notice) {
  notice_t *heap = s->heap;
  size_t hole = 0, count = s->count;
  for (;;) {
    size_t child = hole * 4 + 1, least;
    if (child + 3 < count) {
      size_t left = child + (heap[child + 1].key < heap[child].key);
      size_t right = child + 2 + (heap[child + 3].key < heap[child + 2].key);
      least = heap[right].key < heap[left].key ? right : left;
    } else {
      if (child >= count) break;
      least = child;
      for (size_t other = child + 1; other < count; other++)
        if (heap[other].key < heap[least].key) least = other;
    }
    if (heap[least].key >= notice.key) break;
    heap[hole] = heap[least];
    hole = least;
  }
  heap[hole] = notice;
}

static inline void schedule_at(schedule_t *s, int64_t time, unsigned phase, uint64_t payload) {
  u128 key = (u128)(uint64_t)time << 64 | (uint64_t)phase << 56 | ++s->scheduled;
  notice_t notice = {key, payload};
  if (s->root_is_hole) {
    s->root_is_hole = 0;
    sift_down(s, notice);
    return;
  }
  if (s->count == s->capacity) schedule_reserve(s, s->capacity ? s->capacity * 2 : 64);
  notice_t *heap = s->heap;
  size_t hole = s->count++;
  while (hole > 0) {
    size_t parent = (hole - 1) >> 2;
    if (heap[parent].key <= notice.key) break;
    heap[hole] = heap[parent];
    hole = parent;
  }
  heap[hole] = notice;
}

/* Advances the clock to the next event; there must be one. */
static inline uint64_t schedule_next(schedule_t *s) {
  if (s->root_is_hole && --s->count > 0) sift_down(s, s->heap[s->count]);
  s->root_is_hole = 1;
  s->now = (int64_t)(s->heap[0].key >> 64);
  return s->heap[0].payload;
}

#endif
