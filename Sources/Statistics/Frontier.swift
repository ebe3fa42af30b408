/// What no other beats in two numbers, smaller being better.
public enum Frontier {
  /// The places of pairs that none beats, by the first number.
  ///
  /// A pair is beaten by one that is no worse in both and better in one of them.
  public static func unbeaten(_ first: [Double], _ second: [Double]) -> [Int] {
    let order = first.indices.sorted {
      (first[$0], second[$0], $0) < (first[$1], second[$1], $1)
    }
    var last: Int?
    return order.filter { place in
      if let last, second[place] >= second[last],
        first[place] != first[last] || second[place] != second[last]
      {
        return false
      }
      last = place
      return true
    }
  }
}
