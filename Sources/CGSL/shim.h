// The part of the GNU Scientific Library that the simulator uses.
#ifndef CGSL_SHIM_H
#define CGSL_SHIM_H

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_version.h>
#include <math.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#include <malloc.h>
#endif

// Swift 6 refuses mutable C globals; these read the version of the library that is loaded, and the
// kinds of its sequences.
static inline const char *cgsl_version(void) { return gsl_version; }

static inline const gsl_qrng_type *cgsl_qrng_sobol(void) { return gsl_qrng_sobol; }
static inline const gsl_qrng_type *cgsl_qrng_halton(void) { return gsl_qrng_halton; }

// GSL aborts the process on a domain error by default. Parameters are validated before they reach
// it, and a code that still comes back is turned into an error by the caller.
static inline void cgsl_turn_off_error_handler(void) { gsl_set_error_handler_off(); }

// The C library, whose elementary functions the samplers call.
static inline const char *cgsl_libm(void) {
#ifdef __GLIBC__
  return gnu_get_libc_version();
#else
  return "unknown";
#endif
}

static inline const gsl_multimin_fminimizer_type *cgsl_nmsimplex2(void) {
  return gsl_multimin_fminimizer_nmsimplex2;
}

// By default glibc gives what a run frees back to the system, which clears the pages anew for the next
// run; for a short run that takes several times as long as the run.
static inline void cgsl_keep_freed_memory(void) {
#ifdef __GLIBC__
  mallopt(M_TRIM_THRESHOLD, 1 << 28);
  mallopt(M_MMAP_THRESHOLD, 1 << 28);
#endif
}

#endif
