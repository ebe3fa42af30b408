/// CSV files that a specification names, and the specification: whatever reads CSV takes part.
struct TableDocument: Sendable {
  /// What the file is for.
  let name: String
  /// A specification that reads it, given its path.
  let yaml: @Sendable (String) -> String
  /// The file.
  let csv: String

  static let all: [TableDocument] = [
    TableDocument(
      name: "trace", yaml: { "settlement.demand: {trace: \"\($0)\", volatility: 0}\n" },
      csv: "time_s,factor\n0,1\n3600,2.5\n\"5400\", 1e0\n"),
    TableDocument(
      name: "trace of dates",
      yaml: {
        "settlement.starts_at: 2024-06-20\nsettlement.blob_demand.trace: \"\($0)\"\nhorizon: 2 d\n"
      },
      csv: "note,time,factor\r\nx,2024-06-19,1\r\n,2024-06-20T21:00:00Z,0.25\r\n"),
    TableDocument(
      name: "trace of Unix seconds",
      yaml: { "settlement.starts_at: 1718841600\nsettlement.demand.trace: \"\($0)\"\n" },
      csv: "unix_s,factor\n1718841600,1\n1718845200,3\n"),
    TableDocument(
      name: "list of points", yaml: { "experiment: e\ndesign: {list: \"\($0)\"}\n" },
      csv: """
        system,poster.max_age,prover.proof_time
        starknet,30 s,"{lognormal: {mean: 3 min, cv: 0.5}}"
        zksync-era, 1.5 min ,20 min

        """),
    TableDocument(
      name: "observations",
      yaml: {
        "sequence: sequence_verify\nprover.proof_time: {empirical: {file: \"\($0)\", column: proof_s}}\n"
      },
      csv: "\u{FEFF}\"\n\",proof_s\n1,355.82\n2,3.5161e2\n3,340\n"),
  ]
}
