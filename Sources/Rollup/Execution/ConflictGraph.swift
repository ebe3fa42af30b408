/// Which transactions of a block conflict with which earlier ones.
///
/// Two conflict if one writes what the other reads or writes; the later one then needs what the earlier one wrote, or
/// must not be seen by it. Where each version of a key is kept, as in Block-STM, only who reads what an earlier one
/// writes has to come after it.
struct ConflictGraph: ~Copyable {
  /// None of what is numbered from 0.
  static let none: Int32 = -1

  /// Whose an access is, by the place of the access.
  private(set) var owners: [Int32] = []
  /// The last access before it that writes its key; none where no earlier transaction does.
  private(set) var previousWrite: [Int32] = []
  /// The number of the key of each access.
  private(set) var keyNumbers: [Int32] = []
  /// The longest chain of conflicts through each transaction, with its own time on a lane, and through any before it
  /// [ns].
  private(set) var longestPath: [Int64] = []
  /// How many earlier ones each waits for, counted with each conflict.
  private(set) var waitsFor: [Int32] = []
  /// The first conflict with a later one, of each transaction.
  private(set) var firstEdge: [Int32] = []
  /// Those that wait, and the next conflict of the same earlier one.
  private(set) var edges: [(later: Int32, next: Int32)] = []

  private var table = KeyTable()
  /// What is known of a key, by its number, up to the access at hand.
  private var keys: [KeyState] = []
  /// The access before that reads the same key since it was written.
  private var previousRead: [Int32] = []

  private struct KeyState {
    var lastWrite = ConflictGraph.none
    var lastRead = ConflictGraph.none
    /// The longest chain through who reads or writes it.
    var readPath: Int64 = 0
    var writePath: Int64 = 0
  }

  /// How many keys there are.
  var keyCount: Int { keys.count }

  /// An empty graph.
  init() {}

  /// Finds the conflicts of the first transactions.
  ///
  /// - Parameters:
  ///   - keepsVersions: whether who writes can come before those who read or write earlier versions.
  ///   - linksLater: whether edges to later ones are needed.
  mutating func build(
    _ candidates: borrowing Candidates, first count: Int, keepsVersions: Bool, linksLater: Bool
  ) {
    removeAll()
    var longest: Int64 = 0
    for transaction in 0..<count {
      firstEdge.append(Self.none)
      waitsFor.append(0)
      let range = Int(candidates.begins[transaction])..<Int(candidates.begins[transaction + 1])
      var path: Int64 = 0
      for place in range {
        let access = candidates.accesses[place]
        path = max(path, add(access, at: place, of: transaction, keepsVersions, linksLater))
      }
      path += candidates.laneTimes[transaction]
      for place in range { pass(candidates.accesses[place], path) }
      longest = max(longest, path)
      longestPath.append(longest)
    }
  }

  private mutating func removeAll() {
    table.removeAll()
    keys.removeAll(keepingCapacity: true)
    owners.removeAll(keepingCapacity: true)
    keyNumbers.removeAll(keepingCapacity: true)
    previousWrite.removeAll(keepingCapacity: true)
    previousRead.removeAll(keepingCapacity: true)
    longestPath.removeAll(keepingCapacity: true)
    waitsFor.removeAll(keepingCapacity: true)
    firstEdge.removeAll(keepingCapacity: true)
    edges.removeAll(keepingCapacity: true)
  }

  /// Adds an access behind all others.
  ///
  /// - Returns: the longest chain that ends with who has to come before it.
  private mutating func add(
    _ access: KeyAccess, at place: Int, of transaction: Int, _ keepsVersions: Bool,
    _ linksLater: Bool
  ) -> Int64 {
    let key = table.number(of: access.key)
    if key == keys.count { keys.append(KeyState()) }
    let state = keys[key]
    owners.append(Int32(transaction))
    keyNumbers.append(Int32(key))
    previousWrite.append(state.lastWrite)
    previousRead.append(access.isWrite ? Self.none : state.lastRead)
    if linksLater {
      link(state.lastWrite, before: transaction)
      var read = access.isWrite ? state.lastRead : Self.none
      while read != Self.none {
        link(read, before: transaction)
        read = previousRead[Int(read)]
      }
    }
    if access.isWrite {
      keys[key].lastWrite = Int32(place)
      keys[key].lastRead = Self.none
    } else {
      keys[key].lastRead = Int32(place)
    }
    return access.isWrite && !keepsVersions ? max(state.writePath, state.readPath) : state.writePath
  }

  /// A transaction waits for whose access is at `place`.
  private mutating func link(_ place: Int32, before transaction: Int) {
    guard place != Self.none else { return }
    let earlier = Int(owners[Int(place)])
    edges.append((Int32(transaction), firstEdge[earlier]))
    firstEdge[earlier] = Int32(edges.count - 1)
    waitsFor[transaction] += 1
  }

  /// Takes note of a chain that ends with who has an access.
  private mutating func pass(_ access: KeyAccess, _ path: Int64) {
    let key = table.number(of: access.key)
    if access.isWrite {
      keys[key].writePath = max(keys[key].writePath, path)
    } else {
      keys[key].readPath = max(keys[key].readPath, path)
    }
  }
}
