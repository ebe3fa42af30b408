import ArgumentParser
import Foundation
import Results
import Tracing

/// The files that a trace is written to: all of them, or none.
struct TraceFiles {
  private let trace: OutputFile
  private let table: OutputFile?
  private let log: (file: OutputFile, staged: StagedFiles, writer: StagedFiles.Writer)?
  /// Takes the events of the run, if anybody asked for them.
  let eventLog: EventLog?

  /// Makes sure that the files can be written.
  ///
  /// - Parameter log: a file, or - for standard error.
  init(trace: String, table: String?, log: String?, force: Bool) throws {
    self.trace = try OutputFile(trace, option: "--output", content: "trace", force: force) {
      $0.hasPrefix(Trace.viewerMark)
    }
    self.table = try table.map {
      try OutputFile(
        $0, option: "--csv", content: "table of events", force: force, isOurs: Trace.isHeader)
    }
    try Self.checkPlaces([trace, table, log == "-" ? nil : log].compactMap { $0 })
    guard let log, log != "-" else {
      self.log = nil
      eventLog = log.map { _ in EventLog(Self.writeToStandardError) }
      return
    }
    let file = try OutputFile(log, option: "--log", content: "log of events", force: force) {
      $0 + "\n" == EventLog.header
    }
    let staged = file.folder.stage()
    let writer = try staged.open(file.name)
    self.log = (file, staged, writer)
    eventLog = EventLog { try writer.append($0) }
  }

  /// Refuses files that are the same, or of which one would be the folder of another.
  private static func checkPlaces(_ paths: [String]) throws {
    let places = paths.map(OutputFile.place)
    guard Set(places).count == places.count else {
      throw ValidationError(
        "expected a file of its own for each of --output (its default too), --csv and --log; found "
          + paths.map { "'\($0)'" }.joined(separator: ", "))
    }
    for (path, place) in zip(paths, places)
    where places.contains(where: { $0.hasPrefix(place + "/") }) {
      throw ValidationError("'\(path)' cannot be both a file and a folder of another one")
    }
  }

  private static func writeToStandardError(_ line: String) throws {
    let code = Descriptor.write(line, to: STDERR_FILENO)
    guard code == 0 else {
      throw ResultFolder.Failure(
        description: "cannot write the log to standard error: \(String(cString: strerror(code)))")
    }
  }

  /// Where everything is, once it is written.
  var paths: [String] { [trace, table, log?.file].compactMap { $0?.path } }

  /// Writes everything, and puts it into place when all is there.
  func write(_ recorded: Trace) throws {
    if let failure = eventLog?.failure { throw failure }
    var staged: [StagedFiles] = []
    if let log {
      try log.staged.finish(log.file.name, log.writer)
      staged.append(log.staged)
    }
    if let table {
      staged.append(try Self.stage(table) { try recorded.writeTable($0.append) })
    }
    staged.append(try Self.stage(trace) { try recorded.writeForViewer($0.append) })
    try StagedFiles.commit(staged)
  }

  private static func stage(
    _ file: OutputFile, _ body: (StagedFiles.Writer) throws -> Void
  ) throws -> StagedFiles {
    let staged = file.folder.stage()
    try staged.write(file.name, body)
    return staged
  }
}
