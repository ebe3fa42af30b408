/* Philox4x64-10 as a GSL generator, word for word the one in Sources/Randomness.
 *
 * Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The counter
 * is advanced before a block is made. Integers have 64 bits, doubles 53. */
#ifndef PHILOX_H
#define PHILOX_H

#include <gsl/gsl_rng.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned __int128 u128;

enum { RUN = 16 };

typedef struct {
  uint64_t key[2], counter[4], buffer[RUN];
  unsigned used;
  int has_half;
  uint32_t half; /* of a word, still to be handed out */
} philox_t;

typedef struct {
  uint64_t w0, w1, w2, w3;
} block4_t;

static inline __attribute__((always_inline)) block4_t philox_round(
    block4_t x, uint64_t k0, uint64_t k1) {
  u128 a = (u128)x.w0 * 0xD2E7470EE14C6C93u;
  u128 b = (u128)x.w2 * 0xCA5A826395121157u;
  return (block4_t){
      (uint64_t)(b >> 64) ^ x.w1 ^ k0, (uint64_t)b, (uint64_t)(a >> 64) ^ x.w3 ^ k1, (uint64_t)a};
}

static inline block4_t philox_block(block4_t x, uint64_t k0, uint64_t k1) {
  for (int round = 0; round < 10; round++) {
    x = philox_round(x, k0, k1);
    k0 += 0x9E3779B97F4A7C15u;
    k1 += 0xBB67AE8584CAA73Bu;
  }
  return x;
}

static inline block4_t philox_advanced(philox_t *p) {
  for (int word = 0; word < 4 && ++p->counter[word] == 0; word++) {}
  return (block4_t){p->counter[0], p->counter[1], p->counter[2], p->counter[3]};
}

/* Makes the next sixteen words. The processor overlaps the four blocks by itself; rounds that are
 * interleaved in the source need more registers than there are and take half as long again. */
static __attribute__((noinline)) void philox_run(philox_t *p, uint64_t *out) {
  for (int block = 0; block < RUN / 4; block++) {
    block4_t x = philox_block(philox_advanced(p), p->key[0], p->key[1]);
    memcpy(out + 4 * block, &x, sizeof x);
  }
}

static inline uint64_t philox_next(philox_t *p) {
  if (p->used == RUN) {
    philox_run(p, p->buffer);
    p->used = 0;
  }
  return p->buffer[p->used++];
}

/* The next 32 bits: each word gives its lower half and then its upper one. */
static inline uint32_t philox_next_half(philox_t *p) {
  if (p->has_half) {
    p->has_half = 0;
    return p->half;
  }
  uint64_t word = philox_next(p);
  p->half = (uint32_t)(word >> 32);
  p->has_half = 1;
  return (uint32_t)word;
}

/* As many calls of `philox_next`; whole runs go straight to their place. */
static inline void philox_fill(philox_t *p, uint64_t *out, size_t count) {
  size_t made = 0;
  while (made < count && p->used < RUN) out[made++] = p->buffer[p->used++];
  for (; count - made >= RUN; made += RUN) philox_run(p, out + made);
  while (made < count) out[made++] = philox_next(p);
}

static void philox_set(void *state, unsigned long seed) {
  *(philox_t *)state = (philox_t){.key = {seed, 0}, .used = RUN};
}
static unsigned long philox_get(void *state) { return philox_next(state); }
static unsigned long philox_get_half(void *state) { return philox_next_half(state); }
static double philox_get_double(void *state) {
  return (double)(philox_next(state) >> 11) * 0x1p-53;
}

static const gsl_rng_type philox_type = {
    "philox4x64-10", UINT64_MAX, 0, sizeof(philox_t), philox_set, philox_get, philox_get_double};

/* The same with integers of 32 bits, which is all that GSL's ziggurat takes of one. */
static const gsl_rng_type __attribute__((unused)) philox_halves_type = {
    "philox4x64-10-halves", UINT32_MAX,      0,
    sizeof(philox_t),       philox_set,      philox_get_half,
    philox_get_double};

/* The stream that `RandomStream(seed:replication:name:)` opens: keyed by Philox over the FNV-1a
 * hash of the name. */
static gsl_rng *philox_open(
    const gsl_rng_type *type, uint64_t seed, uint64_t replication, const char *name) {
  u128 hash = (u128)0x6C62272E07BB0142u << 64 | 0x62B821756295C58Du;
  const u128 prime = (u128)0x0000000001000000u << 64 | 0x000000000000013Bu;
  for (; *name; name++) hash = (hash ^ (unsigned char)*name) * prime;
  block4_t x = {(uint64_t)(hash >> 64), (uint64_t)hash, replication, 0};
  x = philox_block(x, seed, 0x726F6C6C73696D31u);
  gsl_rng *rng = gsl_rng_alloc(type);
  *(philox_t *)rng->state = (philox_t){.key = {x.w0, x.w1}, .used = RUN};
  return rng;
}

static inline gsl_rng *philox_stream(uint64_t seed, uint64_t replication, const char *name) {
  return philox_open(&philox_type, seed, replication, name);
}

#endif
