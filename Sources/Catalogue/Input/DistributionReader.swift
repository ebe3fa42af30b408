import Declarations
import Randomness
import Worlds

/// Reads distributions of quantities of one dimension.
struct DistributionReader {
  /// So deep can distributions stand inside each other, and so many in a mixture.
  private static let depthLimit = 4
  private static let partLimit = 100

  let dimension: Dimension
  /// What a value that is no distribution must look like.
  let expectation: String

  /// Reads a quantity, which is a constant, or a distribution, or adds to `problems` why it is none.
  func read(_ node: InputNode, depth: Int = 1, _ problems: inout [Problem]) -> Distribution? {
    guard node.members != nil else {
      return node.quantity(dimension, expectation: expectation, &problems).map { .constant($0) }
    }
    guard let members = node.members, members.count == 1, let member = members.first,
      let name = member.key.text
    else {
      problems.append(node.problem("expected one distribution such as {exponential: {mean: …}}"))
      return nil
    }
    guard depth <= Self.depthLimit else {
      problems.append(node.problem("distributions stand at most \(Self.depthLimit) deep"))
      return nil
    }
    let keys = (member.value.members ?? []).compactMap(\.key.text)
    guard let form = DistributionForm.named(name, with: keys) else {
      let names = DistributionForm.names
      problems.append(
        member.key.problem(
          "no distribution has this name\(advice(for: name, among: names)); "
            + "expected one of: \(names.joined(separator: ", "))"))
      return nil
    }
    guard let arguments = read(form.keys, of: member.value, depth: depth, &problems),
      let result = form.make?(arguments) ?? observations(arguments, &problems)
    else { return nil }
    if let defect = result.defect {
      problems.append(node.problem("no such distribution: \(defect)"))
      return nil
    }
    return result
  }

  /// Reads a mapping with exactly these keys, in their order.
  private func read(
    _ keys: [DistributionForm.Key], of node: InputNode, depth: Int, _ problems: inout [Problem]
  ) -> DistributionForm.Arguments? {
    let found = problems.count
    let names = keys.map(\.name)
    guard let members = node.members else {
      problems.append(
        node.problem("expected a mapping with the keys \(names.joined(separator: ", "))"))
      return nil
    }
    for member in members where !names.contains(member.key.text ?? "") && !problems.isFull {
      let nearest = advice(for: member.key.text ?? "", among: names)
      problems.append(
        member.key.problem("unknown key\(nearest); expected \(names.joined(separator: ", "))"))
    }
    var arguments: [DistributionForm.Argument] = []
    for (name, kind) in keys {
      guard let value = members.first(where: { $0.key.text == name })?.value else {
        problems.append(node.problem("the key '\(name)' is missing"))
        continue
      }
      if let argument = argument(kind, value, depth: depth, &problems) {
        arguments.append(argument)
      }
    }
    return problems.count == found ? .init(all: arguments) : nil
  }

  private func argument(
    _ kind: DistributionForm.Kind, _ node: InputNode, depth: Int, _ problems: inout [Problem]
  ) -> DistributionForm.Argument? {
    switch kind {
    case .quantity(let dimension):
      return node.quantity(dimension ?? self.dimension, &problems).map { .number($0) }
    case .signedNumber:
      guard let number = node.text.flatMap(Dimension.signedNumber) else {
        problems.append(node.problem("expected a number; found \(node.quotation)"))
        return nil
      }
      return .number(number)
    case .quantities(let dimension):
      return list(node, &problems) { $0.quantity(dimension ?? self.dimension, &$1) }
        .map { .numbers($0) }
    case .distribution:
      return read(node, depth: depth + 1, &problems).map { .distributions([$0]) }
    case .distributions:
      return list(node, upTo: Self.partLimit, &problems) { read($0, depth: depth + 1, &$1) }
        .map { .distributions($0) }
    case .text: return node.anyText(&problems).map { _ in .node(node) }
    }
  }

  private func list<Element>(
    _ node: InputNode, upTo limit: Int = .max, _ problems: inout [Problem],
    _ read: (InputNode, inout [Problem]) -> Element?
  ) -> [Element]? {
    guard let nodes = node.elements, !nodes.isEmpty, nodes.count <= limit else {
      let count = limit == .max ? "" : " of at most \(limit)"
      problems.append(node.problem("expected a list\(count); found \(node.quotation)"))
      return nil
    }
    var elements: [Element] = []
    for node in nodes where !problems.isFull {
      if let element = read(node, &problems) { elements.append(element) }
    }
    return elements.count == nodes.count ? elements : nil
  }
}

extension InputNode {
  /// Reads a distribution with a finite mean, or adds to `problems` why it is none.
  ///
  /// A result is a mean over replications; one that has no expectation would never settle.
  func distribution(
    _ dimension: Dimension, expectation: String, _ problems: inout [Problem]
  ) -> Distribution? {
    let reader = DistributionReader(dimension: dimension, expectation: expectation)
    guard let distribution = reader.read(self, &problems) else { return nil }
    guard distribution.hasFiniteMean else {
      problems.append(
        problem("the mean is infinite; bound it: {truncated: {of: …, low: …, high: …}}"))
      return nil
    }
    return distribution
  }
}
