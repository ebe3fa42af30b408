/* Philox4x64-10 as a GSL generator, word for word the one in Sources/Randomness.
 *
 * Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The counter
 * is advanced before a block is made. Integers have 64 bits, doubles 53. */
#ifndef PHILOX_H
#define PHILOX_H

#include <gsl/gsl_rng.h>
#include <stdint.h>
#include <stdlib.h>

typedef unsigned __int128 u128;

typedef struct {
  uint64_t key[2], counter[4], buffer[4];
  unsigned used;
} philox_t;

static inline void philox_block(uint64_t x[4], uint64_t k0, uint64_t k1) {
  for (int round = 0; round < 10; round++) {
    u128 a = (u128)x[0] * 0xD2E7470EE14C6C93u;
    u128 b = (u128)x[2] * 0xCA5A826395121157u;
    x[0] = (uint64_t)(b >> 64) ^ x[1] ^ k0;
    x[1] = (uint64_t)b;
    x[2] = (uint64_t)(a >> 64) ^ x[3] ^ k1;
    x[3] = (uint64_t)a;
    k0 += 0x9E3779B97F4A7C15u;
    k1 += 0xBB67AE8584CAA73Bu;
  }
}

static inline uint64_t philox_next(philox_t *p) {
  if (p->used == 4) {
    for (int word = 0; word < 4 && ++p->counter[word] == 0; word++) {}
    uint64_t x[4] = {p->counter[0], p->counter[1], p->counter[2], p->counter[3]};
    philox_block(x, p->key[0], p->key[1]);
    for (int word = 0; word < 4; word++) p->buffer[word] = x[word];
    p->used = 0;
  }
  return p->buffer[p->used++];
}

static void philox_set(void *state, unsigned long seed) {
  *(philox_t *)state = (philox_t){.key = {seed, 0}, .used = 4};
}
static unsigned long philox_get(void *state) { return philox_next(state); }
static double philox_get_double(void *state) {
  return (double)(philox_next(state) >> 11) * 0x1p-53;
}

static const gsl_rng_type philox_type = {
    "philox4x64-10", UINT64_MAX, 0, sizeof(philox_t), philox_set, philox_get, philox_get_double};

/* A generator with a key of its own. */
static gsl_rng *philox_rng(uint64_t key0, uint64_t key1) {
  gsl_rng *rng = gsl_rng_alloc(&philox_type);
  *(philox_t *)rng->state = (philox_t){.key = {key0, key1}, .used = 4};
  return rng;
}

/* The stream that `RandomStream(seed:replication:name:)` opens: keyed by Philox over the FNV-1a hash
 * of the name. */
static gsl_rng *philox_stream(uint64_t seed, uint64_t replication, const char *name) {
  u128 hash = (u128)0x6C62272E07BB0142u << 64 | 0x62B821756295C58Du;
  const u128 prime = (u128)0x0000000001000000u << 64 | 0x000000000000013Bu;
  for (; *name; name++) hash = (hash ^ (unsigned char)*name) * prime;
  uint64_t x[4] = {(uint64_t)(hash >> 64), (uint64_t)hash, replication, 0};
  philox_block(x, seed, 0x726F6C6C73696D31u);
  return philox_rng(x[0], x[1]);
}

#endif
