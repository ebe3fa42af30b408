import Results
import Specifications

/// The figures of an experiment, drawn from its tables.
public enum Figures {
  /// Vega-Lite documents by file name.
  public static func documents(
    _ experiment: Experiment, _ report: Report
  ) -> [(path: String, content: String)] {
    zip(paths(experiment.spec), experiment.spec.figures).map { path, figure in
      (path, FigureDrawing(of: figure, experiment.spec, report).document.text)
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
