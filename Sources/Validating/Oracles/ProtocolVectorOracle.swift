import Settlement

extension Oracle {
  /// Fees in the integers of the protocol, against what clients test themselves with.
  static let protocolVectors = Oracle(
    name: "protocol-vectors",
    statement: "next base fee, fake_exponential, blob base fee and excess, in exact integers",
    source: "EIP-1559: alloy and go-ethereum; EIP-4844 and EIP-7918: go-ethereum",
    cases: baseFees + fakeExponentials + blobBaseFees + excesses)

  // MARK: EIP-1559

  /// Alloy's `calculate_base_fee` arrays under three sets of constants, and `TestCalcBaseFee`.
  private static let baseFees: [Case] = {
    let forks = [
      ("ethereum", ExecutionFeeRule.ethereum),
      ("bedrock", ExecutionFeeRule(elasticity: 6, denominator: 50)),
      ("canyon", ExecutionFeeRule(elasticity: 6, denominator: 250)),
    ]
    let alloy: [(fee: UInt64, used: UInt64, limit: UInt64, next: [Double])] = [
      (1_000_000_000, 10_000_000, 10_000_000, [1_125_000_000, 1_100_000_048, 1_020_000_009]),
      (1_000_000_000, 10_000_000, 14_000_000, [1_053_571_428, 1_065_714_297, 1_013_142_859]),
      (1_059_263_476, 10_001_000, 14_000_000, [1_116_028_649, 1_128_881_311, 1_073_187_043]),
      (1_049_238_967, 10_000_000, 18_000_000, [1_063_811_730, 1_098_203_452, 1_059_031_864]),
      (0, 10_000_000, 18_000_000, [1, 1, 1]), (2, 10_000_000, 18_000_000, [3, 3, 3]),
    ]
    let goEthereum: [(fee: UInt64, used: UInt64, limit: UInt64, next: [Double])] = [
      (1_000_000_000, 10_000_000, 20_000_000, [1_000_000_000]),
      (1_000_000_000, 9_000_000, 20_000_000, [987_500_000]),
      (1_000_000_000, 11_000_000, 20_000_000, [1_012_500_000]),
    ]
    return (alloy + goEthereum).flatMap { fee, used, limit, next in
      zip(forks, next).map { fork, expected in
        .exact("base fee, \(fork.0), \(fee) wei, \(used)/\(limit) gas", unit: "wei", expected) {
          fork.1.nextBaseFee(after: fee, gasUsed: used, gasLimit: limit).map { Double($0) }
        }
      }
    }
  }()

  // MARK: EIP-4844

  /// The rows of go-ethereum's table with the factor 1, which is all that the protocol uses.
  private static let fakeExponentials: [Case] =
    ([
      (0, 1, 1), (2, 1, 6), (4, 2, 6), (3, 1, 16), (6, 2, 18), (4, 1, 49), (8, 2, 50), (5, 1, 136),
      (5, 2, 11), (50_000_000, 2_225_652, 5_709_098_764),
    ] as [(UInt64, UInt64, Double)]).map { numerator, denominator, expected in
      .exact("fake_exponential(1, \(numerator), \(denominator))", unit: "1", expected) {
        BlobFeeRule(target: 3, limit: 6, updateFraction: denominator, hasReservePrice: false)
          .baseFee(excess: numerator).map { Double($0) }
      }
    }

  private static let cancun = BlobFeeRule(
    target: 3, limit: 6, updateFraction: 3_338_477, hasReservePrice: false)

  private static let blobBaseFees: [Case] =
    ([(0, 1), (2_314_057, 1), (2_314_058, 2), (10_485_760, 23)] as [(UInt64, Double)]).map {
      excess, expected in
      .exact("blob base fee, cancun, excess \(excess)", unit: "wei", expected) {
        cancun.baseFee(excess: excess).map { Double($0) }
      }
    }

  /// Cancun's, and with a reserve price: where it binds, where it does not, and another schedule.
  private static let excesses: [Case] = {
    let blob = BlobFeeRule.gasPerBlob
    let osaka = BlobFeeRule(
      target: 6, limit: 9, updateFraction: 5_007_716, hasReservePrice: true)
    let other = BlobFeeRule(
      target: 9, limit: 14, updateFraction: 8_832_827, hasReservePrice: true)
    let vectors: [(BlobFeeRule, excess: UInt64, blobs: UInt64, fee: UInt64, next: UInt64)] = [
      (cancun, 0, 0, 1_000_000_000, 0), (cancun, 0, 1, 1_000_000_000, 0),
      (cancun, 0, 3, 1_000_000_000, 0), (cancun, 0, 4, 1_000_000_000, blob),
      (cancun, 1, 4, 1_000_000_000, blob + 1), (cancun, 3 * blob, 3, 1_000_000_000, 3 * blob),
      (cancun, 3 * blob, 2, 1_000_000_000, 2 * blob), (cancun, 3 * blob, 1, 1_000_000_000, blob),
      (osaka, 0, 6, 1_000_000_000, 262_144), (osaka, 0, 6, 1, 0),
      (other, 5_149_252, 10, 30, 5_617_366),
    ]
    return vectors.map { rule, excess, blobs, fee, next in
      let name = "excess, target \(rule.target), after \(excess) and \(blobs) blobs at \(fee) wei"
      return .exact(name, unit: "gas", Double(next)) {
        Double(rule.nextExcess(after: excess, blobs: blobs, baseFee: fee))
      }
    }
  }()
}
