import Validating

/// Prints how often confidence intervals contain what is known, as CSV.
func measureCoverage(experiments: Int, jobs: Int) {
  let rows = CoverageStudy(experiments: experiments, jobs: jobs).rows()
  print(CoverageRow.table(rows).csv, terminator: "")
}
