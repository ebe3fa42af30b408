// Loops over many numbers, compiled for several processors, of which one is found when the program runs.
//
// Swift compiles for the oldest processor. What is here takes as many numbers at once as there is room for, and
// makes the same bits whatever that is: IEEE products and sums, and no fused ones.
#ifndef CVECTORS_H
#define CVECTORS_H

#include <stddef.h>
#include <stdint.h>

// How many doubles this processor takes at once: 8 with AVX-512, 4 with AVX2, else 2.
int cvectors_width(void);

// Sets each of some exponents to e to its power; they are no larger than 700 in size.
//
// Takes `width` at once, which is no more than `cvectors_width()`.
void cvectors_powers_of_e(double *exponents, size_t count, int width);

// Lists at which places of some kinds one of them stands, and returns how often it does.
//
// There must be room for as many places as kinds; what is behind those that are listed is overwritten.
size_t cvectors_places(const uint8_t *kinds, size_t count, uint8_t kind, int32_t *places);

// Whether this processor has instructions for SHA-256.
int cvectors_has_sha256(void);

// Adds blocks of 64 bytes to the state of a SHA-256 hash (FIPS 180-4, 6.2.2): eight words, the first of which is H0.
//
// Instructions are used where they are asked for, which needs `cvectors_has_sha256()`.
void cvectors_sha256(uint32_t *state, const uint8_t *blocks, size_t count, int by_instructions);

#endif
