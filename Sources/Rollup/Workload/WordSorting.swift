extension UnsafeMutableBufferPointer<UInt64> {
  /// Sorts the first `count` words, which are random, into `other`: by their first bits into about as many
  /// places as there are words, then each past the few that are wrong.
  func sort(first count: Int, into other: UnsafeMutableBufferPointer<UInt64>) {
    guard count > 1 else {
      if count == 1 { other[0] = self[0] }
      return
    }
    let bits = Swift.min(Int.bitWidth - (count - 1).leadingZeroBitCount, 10)
    let shift = UInt64(64 - bits)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1 << bits) { ends in
      ends.initialize(repeating: 0)
      for index in 0..<count { ends[Int(self[index] &>> shift)] &+= 1 }
      var sum: Int32 = 0
      for bucket in ends.indices {
        sum &+= ends[bucket]
        ends[bucket] = sum
      }
      for index in 0..<count {
        let bucket = Int(self[index] &>> shift)
        ends[bucket] &-= 1
        other[Int(ends[bucket])] = self[index]
      }
    }
    for index in 1..<count {
      let word = other[index]
      var place = index
      while place > 0, other[place &- 1] > word {
        other[place] = other[place &- 1]
        place &-= 1
      }
      other[place] = word
    }
  }
}
