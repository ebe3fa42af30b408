import Declarations
import Randomness
import Worlds

/// One way to write a distribution: its name, its keys in order and what they make.
struct DistributionForm: Sendable {
  /// What a key takes.
  enum Kind: Sendable {
    /// A quantity of a dimension, or of the parameter's own.
    case quantity(Dimension?)
    /// A number that may be negative.
    case signedNumber
    /// A list of quantities of a dimension, or of the parameter's own.
    case quantities(Dimension?)
    /// A distribution.
    case distribution
    /// A list of distributions.
    case distributions
    /// A name.
    case text
  }

  /// What a key was given.
  enum Argument {
    case number(Double)
    case numbers([Double])
    case distributions([Distribution])
    case node(InputNode)
  }

  /// What the keys were given, in their order.
  struct Arguments {
    let all: [Argument]

    subscript(index: Int) -> Double {
      if case .number(let number) = all[index] { number } else { .nan }
    }

    func numbers(_ index: Int) -> [Double] {
      if case .numbers(let numbers) = all[index] { numbers } else { [] }
    }

    func distributions(_ index: Int) -> [Distribution] {
      if case .distributions(let distributions) = all[index] { distributions } else { [] }
    }
  }

  typealias Key = (name: String, kind: Kind)

  let name: String
  /// Its keys, all of which must be there.
  let keys: [Key]
  /// Makes the distribution from the values of the keys; nil if it comes from a file.
  let make: (@Sendable (Arguments) -> Distribution)?

  init(
    _ name: String, _ keys: [Key], _ make: (@Sendable (Arguments) -> Distribution)?
  ) {
    self.name = name
    self.keys = keys
    self.make = make
  }

  /// The names of all forms, each once.
  static let names = all.map(\.name).reduce(into: [String]()) { names, name in
    if names.last != name { names.append(name) }
  }

  /// The form with a name that a mapping with these keys has: of those that share a name the first is
  /// meant unless another's first key is there.
  static func named(_ name: String, with keys: [String]) -> DistributionForm? {
    let forms = all.filter { $0.name == name }
    return forms.dropFirst().first { keys.contains($0.keys[0].name) } ?? forms.first
  }
}
