/// Where a function that falls from above `level` at 0 reaches it, to the last bit.
///
/// - Parameter function: a function on the numbers from 0, which falls below `level` somewhere.
func crossing(of level: Double, _ function: (Double) -> Double) -> Double {
  var high = 1.0
  while function(high) > level { high *= 2 }
  var low = 0.0
  while case let middle = low + (high - low) / 2, low < middle, middle < high {
    if function(middle) > level { low = middle } else { high = middle }
  }
  return high
}
