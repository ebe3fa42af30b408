#include "CVectors.h"

enum { BLOCK = 64, ROUNDS = 64 };

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2).
static const uint32_t constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static inline uint32_t rotated(uint32_t word, int count) { return word >> count | word << (32 - count); }

static inline uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

// FIPS 180-4, 6.2.2.
static void absorb(uint32_t *state, const uint8_t *block) {
  uint32_t words[ROUNDS];
  for (int place = 0; place < 16; place++) words[place] = big_endian(block + 4 * place);
  for (int place = 16; place < ROUNDS; place++) {
    uint32_t early = words[place - 15], late = words[place - 2];
    uint32_t low = rotated(early, 7) ^ rotated(early, 18) ^ early >> 3;
    uint32_t high = rotated(late, 17) ^ rotated(late, 19) ^ late >> 10;
    words[place] = words[place - 16] + low + words[place - 7] + high;
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (int place = 0; place < ROUNDS; place++) {
    uint32_t high = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    uint32_t first = h + high + ((e & f) ^ (~e & g)) + constants[place] + words[place];
    uint32_t low = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    uint32_t second = low + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + first, d = c, c = b, b = a, a = first + second;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>

// The same by the processor's own instructions for it, two rounds each (Intel's manual, volume 2,
// SHA256RNDS2, SHA256MSG1 and SHA256MSG2), which want the state as a, b, e, f and c, d, g, h.
__attribute__((target("sha,sse4.1"))) static void absorb_by_instructions(
    uint32_t *state, const uint8_t *blocks, size_t count) {
  const __m128i reversed = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i dcba = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xb1);
  __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);
  __m128i abef = _mm_alignr_epi8(dcba, hgfe, 8), cdgh = _mm_blend_epi16(hgfe, dcba, 0xf0);
  for (; count > 0; count--, blocks += BLOCK) {
    __m128i former_abef = abef, former_cdgh = cdgh, words[4];
#pragma GCC unroll 16
    for (int group = 0; group < ROUNDS / 4; group++) {
      __m128i *own = words + group % 4, last = words[(group + 3) % 4];
      if (group < 4) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(blocks + 16 * group));
        *own = _mm_shuffle_epi8(bytes, reversed);
      } else {
        __m128i between = _mm_alignr_epi8(last, words[(group + 2) % 4], 4);
        __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(*own, words[(group + 1) % 4]), between);
        *own = _mm_sha256msg2_epu32(sum, last);
      }
      __m128i four = _mm_loadu_si128((const __m128i *)(constants + 4 * group));
      four = _mm_add_epi32(*own, four);
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, four);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(four, 0x0e));
    }
    abef = _mm_add_epi32(abef, former_abef);
    cdgh = _mm_add_epi32(cdgh, former_cdgh);
  }
  __m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

int cvectors_has_sha256(void) {
  unsigned a, b, c, d;
  return __builtin_cpu_supports("sse4.1") && __get_cpuid_count(7, 0, &a, &b, &c, &d) && b & bit_SHA;
}
#else
int cvectors_has_sha256(void) { return 0; }
#endif

void cvectors_sha256(uint32_t *state, const uint8_t *blocks, size_t count, int by_instructions) {
#ifdef __x86_64__
  if (by_instructions) return absorb_by_instructions(state, blocks, count);
#endif
  for (; count > 0; count--, blocks += BLOCK) absorb(state, blocks);
}
