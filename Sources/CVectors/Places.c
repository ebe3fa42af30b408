#include "CVectors.h"

#include <string.h>

// Which of eight bytes are set in a mask, the lowest first: a byte each.
#define BEFORE(mask, bit) (8 * __builtin_popcount((mask) & ((1 << (bit)) - 1)))
#define BIT(mask, bit) ((mask) >> (bit) & 1 ? (uint64_t)(bit) << BEFORE(mask, bit) : 0)
#define ONE(mask) \
  BIT(mask, 0) | BIT(mask, 1) | BIT(mask, 2) | BIT(mask, 3) | BIT(mask, 4) | BIT(mask, 5) \
      | BIT(mask, 6) | BIT(mask, 7)
#define FOUR(mask) ONE(mask), ONE((mask) + 1), ONE((mask) + 2), ONE((mask) + 3)
#define SOME(mask) FOUR(mask), FOUR((mask) + 4), FOUR((mask) + 8), FOUR((mask) + 12)
#define MANY(mask) SOME(mask), SOME((mask) + 16), SOME((mask) + 32), SOME((mask) + 48)
static const uint64_t set_in[256] = {MANY(0), MANY(64), MANY(128), MANY(192)};

typedef uint8_t eight_bytes __attribute__((vector_size(8)));
typedef int32_t eight_places __attribute__((vector_size(32)));

#define EACH(byte) ((byte) * 0x0101010101010101u)

// The highest bit of each byte that equals another.
static inline uint64_t equals(uint64_t bytes, uint8_t byte) {
  uint64_t difference = bytes ^ EACH((uint64_t)byte);
  return ~((difference & EACH(0x7Full)) + EACH(0x7Full) | difference) & EACH(0x80ull);
}

size_t cvectors_places(const uint8_t *kinds, size_t count, uint8_t kind, int32_t *places) {
  size_t found = 0, whole = count & ~(size_t)7;
  for (size_t place = 0; place < whole; place += 8) {
    uint64_t bytes, equal;
    memcpy(&bytes, kinds + place, sizeof bytes);
    equal = equals(bytes, kind) >> 7;
    // A product brings the bits of all bytes together in the highest one: beside each other, or as their sum.
    uint64_t list = set_in[equal * 0x0102040810204080u >> 56];
    eight_places listed = (int32_t)place + __builtin_convertvector((eight_bytes)list, eight_places);
    memcpy(places + found, &listed, sizeof listed);
    found += equal * EACH(1ull) >> 56;
  }
  for (size_t place = whole; place < count; place++) {
    places[found] = (int32_t)place;
    found += kinds[place] == kind;
  }
  return found;
}
