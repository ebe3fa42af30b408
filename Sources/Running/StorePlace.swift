import Results

/// Where the finished runs of a folder of results are.
public enum StorePlace {
  /// The folder within it.
  public static func folder(in results: ResultFolder) -> ResultFolder {
    ResultFolder(path: results.url.appendingPathComponent(ResultFolder.store).relativePath)
  }

  /// The path of the store in that folder.
  public static func path(in results: ResultFolder) -> String {
    folder(in: results).url.appendingPathComponent("runs.sqlite").relativePath
  }
}
