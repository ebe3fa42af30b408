import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A thread of the process's own.
///
/// A dispatch queue waits for ever, and says nothing, where the system has no thread to give. Here whoever
/// asks learns of it, and can do the work itself.
///
/// Unchecked, because Darwin's handle of a thread is a pointer; it is only handed back to the system.
public final class WorkerThread: @unchecked Sendable {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// What a thread's stack may take, whatever the limit of the process [B].
  private static let stackSize = 8 << 20
  private let handle: pthread_t
  private let isJoined = Atomic(false)

  /// Begins to work; nil if the system has no thread to give.
  public init?(_ body: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    let work = Unmanaged.passRetained(Work(body))
    #if canImport(Glibc)
    var started = pthread_t()
    let code = pthread_create(
      &started, &attributes,
      { context in
        if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    let handle: pthread_t? = started
    #else
    var handle: pthread_t?
    let code = pthread_create(
      &handle, &attributes,
      { context in
        Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    #endif
    guard code == 0, let handle else {
      work.release()
      return nil
    }
    self.handle = handle
  }

  deinit { if !isJoined.load(ordering: .relaxed) { pthread_detach(handle) } }

  /// Waits until the work is done.
  public func join() {
    guard !isJoined.exchange(true, ordering: .relaxed) else { return }
    pthread_join(handle, nil)
  }
}
