#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Refuses a link, through which what is written would land in a file of somebody else.
func refuseLink(_ path: String) throws(StoreFailure) {
  var status = stat()
  guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return }
  throw .unusable(
    path: path, reason: "it is a link; links in a folder of results are not followed")
}
