import Declarations

extension ForkSchedule {
  static let parameters: [PartParameter<ForkSchedule>] = (1...capacity).flatMap { number in
    BlobFork.parameters(of: number).lifted(under: "\(number)", to: \.[number])
      .titled { "\($0), fork \(number)" }
  }

  /// States what holds of the forks of a chain whose blobs were priced by `first` before them.
  func check(after first: BlobFeeRule, _ expect: inout Expectations) {
    var earlier: Int64 = 0
    for number in 1...Self.capacity {
      let fork = self[number]
      guard fork.time > 0 else { continue }
      let path = "forks.\(number)"
      expect(
        fork.rule.limit > 0, ["\(path).blob_limit", "\(path).time"],
        "expected blob_limit of at least 1: a fork has a blob_target, blob_limit and "
          + "blob_update_fraction of its own")
      expect(
        first.target > 0, ["blob_target", "\(path).time"],
        "expected settlement.blob_target of at least 1 before a fork: others' demand is stated "
          + "against it")
      expect(
        fork.time > earlier, ["\(path).time", "forks"],
        "expected a time after that of the fork before it")
      expect(
        fork.rule.target <= fork.rule.limit && fork.rule.limit <= 1000,
        ["\(path).blob_limit", "\(path).blob_target"],
        "expected blob_target <= blob_limit <= 1000")
      expect(
        BlobFeeRule.updateFractions.contains(fork.rule.updateFraction),
        "\(path).blob_update_fraction", "expected from 1 to 1e9")
      expect(
        BlobFeeRule.minimumFees.contains(fork.rule.minimumFee), "\(path).blob_min_base_fee",
        "expected from 1 wei to 1e15 wei")
      earlier = fork.time
    }
  }
}

extension BlobFork {
  fileprivate static func parameters(of number: Int) -> [PartParameter<BlobFork>] {
    [
      .whole(
        "time", .instant, \.time,
        "When fork \(number) changes the blob parameters, in Unix seconds; 0 for no fork.")
    ]
      + [
        .whole(
          "blob_target", .count, \.rule.target,
          "Blobs per block at which the blob fee stands still from then on."),
        .whole(
          "blob_limit", .count, \.rule.limit, "Blobs that fit into a block from then on."),
        .whole(
          "transaction_blobs", .count, \.rule.transactionLimit,
          "Blobs of one transaction at most from then on; 0 for as before."),
        .whole(
          "blob_update_fraction", .count, \.rule.updateFraction,
          "Denominator of the exponent of the blob fee from then on."),
        .whole(
          "blob_min_base_fee", .weiPerGas, \.rule.minimumFee,
          "Blob base fee at no excess from then on, below which it never falls."),
        .flag(
          "blob_reserve_price", \.rule.hasReservePrice,
          "Whether the blob fee is held above a share of the base fee from then on."
        ).titled("Whether the blob fee has a reserve price from then on"),
      ].used { $0.time > 0 }
  }
}
