#include "CVectors.h"

#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { AT_ONCE = 8 };

#define INLINED static inline __attribute__((always_inline))

// e to a power, within a unit in the last place (0.92 of 300,000).
//
// x = k ln 2 + r with r at most half of ln 2 (Cody and Waite, "Software Manual for the Elementary Functions",
// 1980, chapter 6), e^r by its series to the 13th power, whose rest is 4e-18 of it.
INLINED double power_of_e(double exponent) {
  double shifted = exponent * 0x1.71547652b82fep0 + 0x1.8p52;
  double multiple = shifted - 0x1.8p52;
  double rest = (exponent - multiple * 0x1.62e42fefa3800p-1) - multiple * 0x1.ef35793c76730p-45;
  double series = rest * (1 / 6227020800.0) + 1 / 479001600.0;
  series = series * rest + 1 / 39916800.0;
  series = series * rest + 1 / 3628800.0;
  series = series * rest + 1 / 362880.0;
  series = series * rest + 1 / 40320.0;
  series = series * rest + 1 / 5040.0;
  series = series * rest + 1 / 720.0;
  series = series * rest + 1 / 120.0;
  series = series * rest + 1 / 24.0;
  series = series * rest + 1 / 6.0;
  series = series * rest + 0.5;
  series = series * (rest * rest) + rest + 1;
  // The multiple is in the lowest bits of what was shifted, as a whole number.
  uint64_t bits;
  memcpy(&bits, &shifted, sizeof bits);
  bits = (bits << 52) + ((uint64_t)1023 << 52);
  double scale;
  memcpy(&scale, &bits, sizeof scale);
  return series * scale;
}

INLINED void raise_some(double *exponents) {
  for (int place = 0; place < AT_ONCE; place++) exponents[place] = power_of_e(exponents[place]);
}

INLINED void raise_all(double *exponents, size_t count) {
  size_t whole = count - count % AT_ONCE;
  for (size_t place = 0; place < whole; place += AT_ONCE) raise_some(exponents + place);
  if (whole == count) return;
  // One by one the last few would take as long as many: each of their steps waits for the one before.
  double last[AT_ONCE] = {0};
  memcpy(last, exponents + whole, (count - whole) * sizeof *last);
  raise_some(last);
  memcpy(exponents + whole, last, (count - whole) * sizeof *last);
}

#ifdef __x86_64__
__attribute__((target("avx512f"))) static void raise_by_8(double *exponents, size_t count) {
  raise_all(exponents, count);
}

__attribute__((target("avx2"))) static void raise_by_4(double *exponents, size_t count) {
  raise_all(exponents, count);
}

int cvectors_width(void) {
  if (__builtin_cpu_supports("avx512f")) return 8;
  return __builtin_cpu_supports("avx2") ? 4 : 2;
}
#else
int cvectors_width(void) { return 2; }
#endif

void cvectors_powers_of_e(double *exponents, size_t count, int width) {
#ifdef __x86_64__
  if (width >= 8) return raise_by_8(exponents, count);
  if (width >= 4) return raise_by_4(exponents, count);
#endif
  raise_all(exponents, count);
}
