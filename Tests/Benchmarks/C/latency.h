/* Latencies of many transactions at once: spans of submission instants, joined in pairs when there
 * are too many, and a log-linear histogram with 256 buckets per power of two. */
#ifndef LATENCY_H
#define LATENCY_H

#include <stdint.h>

typedef unsigned __int128 u128;

enum { SPANS = 32, PRECISION = 8, BUCKETS = (64 - PRECISION + 1) << PRECISION };

/* When the transactions of a block, or of several, were submitted. */
typedef struct {
  u128 sum;
  uint64_t count;
  int64_t first, last;
} span_t;

typedef struct {
  span_t spans[SPANS];
  int used, blocks_per_span, blocks_in_last;
} profile_t;

typedef struct {
  uint64_t buckets[BUCKETS], count;
  u128 sum;
  int64_t minimum, maximum;
} histogram_t;

static inline void span_add(span_t *span, const span_t *other) {
  span->sum += other->sum;
  span->count += other->count;
  if (other->first < span->first) span->first = other->first;
  if (other->last > span->last) span->last = other->last;
}

static inline void profile_append(profile_t *profile, const span_t *span) {
  if (span->count == 0) return;
  if (profile->used > 0 && profile->blocks_in_last < profile->blocks_per_span) {
    span_add(&profile->spans[profile->used - 1], span);
    profile->blocks_in_last++;
    return;
  }
  if (profile->used == 0) profile->blocks_per_span = 1;
  if (profile->used == SPANS) {
    for (int index = 0; index < SPANS / 2; index++) {
      profile->spans[index] = profile->spans[2 * index];
      span_add(&profile->spans[index], &profile->spans[2 * index + 1]);
    }
    profile->used = SPANS / 2;
    profile->blocks_per_span *= 2;
  }
  profile->spans[profile->used++] = *span;
  profile->blocks_in_last = 1;
}

static inline int bucket_of(int64_t value) {
  int octave = 63 - PRECISION - __builtin_clzll((uint64_t)value | 1);
  if (octave < 0) octave = 0;
  return (octave << PRECISION) + (int)(value >> octave);
}

static inline int64_t lower_edge(int bucket) {
  int octave = (bucket >> PRECISION) - 1;
  if (octave < 0) octave = 0;
  return (int64_t)(bucket - (octave << PRECISION)) << octave;
}

/* Records so many latencies with a sum, spread evenly between the least and the greatest; count, sum
 * and extremes are exact. */
static inline void histogram_place(
    histogram_t *h, int64_t low, int64_t high, uint64_t count, u128 sum) {
  if (h->count == 0 || low < h->minimum) h->minimum = low;
  if (high > h->maximum) h->maximum = high;
  h->count += count;
  h->sum += sum;
  int begin = bucket_of(low), end = bucket_of(high);
  if (begin == end) {
    h->buckets[begin] += count;
  } else if (count == 1) {
    h->buckets[bucket_of(low + (high - low) / 2)]++;
  } else if (count <= (uint64_t)(end - begin)) {
    double gap = (double)(high - low) / (double)(count - 1);
    for (uint64_t step = 0; step < count; step++)
      h->buckets[bucket_of(low + (int64_t)((double)step * gap))]++;
  } else {
    uint64_t placed = 0;
    for (int bucket = begin; bucket <= end; bucket++) {
      int64_t edge = bucket == end ? high : lower_edge(bucket + 1);
      uint64_t through = (uint64_t)((u128)count * (uint64_t)(edge - low) / (uint64_t)(high - low));
      h->buckets[bucket] += through - placed;
      placed = through;
    }
  }
}

/* Records that the transactions of `span` passed at `now`. */
static inline void histogram_record(histogram_t *h, const span_t *span, int64_t now) {
  if (span->count == 0) return;
  u128 sum = (u128)span->count * (uint64_t)now - span->sum;
  histogram_place(h, now - span->last, now - span->first, span->count, sum);
}

static inline double mean_seconds(const histogram_t *h) {
  if (h->count == 0) return 0;
  return ((double)(h->sum / h->count) + (double)(h->sum % h->count) / (double)h->count) / 1e9;
}

#endif
