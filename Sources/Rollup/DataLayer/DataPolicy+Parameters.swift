import Declarations

extension DataPolicy {
  /// What a scenario can say about where the data goes.
  public static let parameters: [PartParameter<DataPolicy>] =
    [
      .word(
        "mode", \.mode,
        "Who keeps the data: the host, the settlement chain, a committee, either by transaction, or another "
          + "chain."),
      .number(
        "off_host", .share, \.offHost,
        "Share of transactions whose data stays with the committee, in a volition."
      ).titled("Share of transactions with data off the host").used { $0.mode == .volition },
    ]
    + Committee.Policy.parameters.lifted(under: "committee", to: \.committee)
    .used(when: \.hasCommittee)
    + ExternalChain.Policy.parameters.lifted(under: "external", to: \.external)
    .used { $0.mode == .external }
    + Withholding.Policy.parameters.lifted(under: "withholding", to: \.withholding)
    .map(usedInModes)

  /// What only some modes need.
  private static func usedInModes(
    _ parameter: PartParameter<DataPolicy>
  ) -> PartParameter<DataPolicy> {
    switch parameter.path {
    case "withholding.honest", "withholding.collusion": parameter.used(when: \.hasCommittee)
    case "withholding.blob_retention": parameter.used { $0.hostShare > 0 }
    default: parameter
    }
  }

  /// States what holds of any data layer.
  public func check(_ expect: inout Expectations) {
    if mode == .volition {
      expect((0...1).contains(offHost), "off_host", "expected a share from 0 to 1")
    }
    if hasCommittee { expect.under("committee") { committee.check(&$0) } }
    if mode == .external { expect.under("external") { external.check(&$0) } }
    expect.under("withholding") { withholding.check(&$0) }
  }
}
