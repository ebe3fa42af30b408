import Results
import Specifications
import Threads

/// The figures of an experiment, drawn from its tables.
public enum Figures {
  /// Vega-Lite documents by file name.
  ///
  /// - Parameter jobs: threads that draw.
  public static func documents(
    _ experiment: Experiment, _ report: Report, jobs: Int = 1
  ) -> [(path: String, content: String)] {
    inParallel(Array(zip(paths(experiment.spec), experiment.spec.figures)), jobs: jobs) {
      ($0.0, FigureDrawing(of: $0.1, experiment.spec, report).document.text)
    }
  }

  /// The paths of the documents, in their order.
  static func paths(_ spec: ExperimentSpec) -> [String] {
    spec.figures.enumerated().map { "figures/\($1.fileName(at: $0)).vl.json" }
  }

  /// The measures that the figures show.
  static func measures(_ spec: ExperimentSpec) -> [Int] {
    spec.measures.filter { index in
      spec.figures.contains { figure in
        figure.patterns.contains { spec.measureTable[index].matches($0) }
      }
    }
  }

  /// Whether a figure of these kinds is asked for.
  static func areAny(of kinds: Set<FigureSpec.Kind>, _ spec: ExperimentSpec) -> Bool {
    spec.figures.contains { kinds.contains($0.kind) }
  }
}
