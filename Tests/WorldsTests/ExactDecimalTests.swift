import EventKernel
import Randomness
import Testing
import Worlds

@testable import Declarations

/// What is written in decimals becomes the nearest number, whatever its unit.
@Suite struct ExactDecimalTests {
  @Test(arguments: [
    ("1.1 h", Dimension.duration, 3960.0), ("66 min", .duration, 3960),
    ("0.7 d", .duration, 60_480),
    ("100 us", .duration, 0.0001), ("7 ns", .duration, 7e-9), ("1.1 ms", .duration, 0.0011),
    ("4.35 kB", .bytes, 4350), ("0.001 KiB", .bytes, 1.024), ("1.1 MiB", .bytes, 1_153_433.6),
    ("4.1 gwei", .weiPerGas, 4.1e9), ("29 %", .share, 0.29), ("0.3 %", .share, 0.003),
    ("3 /min", .rate, 0.05), ("10 /h", .rate, 1.0 / 360), ("86.4 /d", .rate, 0.001),
    ("1_000.5_0 s", .duration, 1000.5), ("+.5 s", .duration, 0.5), ("5. s", .duration, 5),
    ("-0 s", .duration, 0), ("0e99999999999999999999 s", .duration, 0),
    ("1e-99999999999999999999 s", .duration, 0),
    ("123456789012345678901234567890e-29", .number, 1.2345678901234567),
  ])
  func isTheNearestNumber(text: String, dimension: Dimension, value: Double) {
    #expect(dimension.parse(text)?.bitPattern == value.bitPattern)
  }

  @Test(arguments: [
    "", ".", "e5", "1e", "1e+", "1.2.3", "--1", "1-", "1+1", "٣", "½", "-1e-400", "1e400",
    "1e99999999999999999999", "inf", "0x1",
  ])
  func isNoNumber(text: String) { #expect(Dimension.number.parse(text) == nil) }

  /// Halfway between two numbers the even one is meant, and a digit however far behind decides.
  @Test func halfwayNumbers() {
    let half = "9007199254740993"
    let zeros = String(repeating: "0", count: 900)
    #expect(Dimension.number.parse(half) == 9_007_199_254_740_992)
    #expect(Dimension.number.parse("\(half).\(zeros)1") == 9_007_199_254_740_994)
    // Sixty times it, and a third of the last digit more, whose quotient never ends.
    #expect(Dimension.rate.parse("540431955284459580 /min") == 9_007_199_254_740_992)
    #expect(Dimension.rate.parse("540431955284459580.\(zeros)1 /min") == 9_007_199_254_740_994)
  }

  /// Texts of up to 30 digits in every unit, against arithmetic in whole numbers of any length.
  ///
  /// A factor that is rounded before, or a product that is, gives the neighbour in one of a few cases.
  @Test func noNumberIsNearer() throws {
    var stream = RandomStream(seed: 1, replication: 0, name: "exact decimals")
    let units = Dimension.allCases.flatMap { dimension in dimension.units.map { (dimension, $0) } }
    var count = 0
    for trial in 0..<3000 {
      let (dimension, unit) = units[trial % units.count]
      guard !dimension.isWhole else { continue }
      let digits = (0...Int(stream.nextWord() % 30)).map { _ in UInt8(stream.nextWord() % 10) }
      let power = Int(stream.nextWord() % 601) - 310
      let text = digits.map(String.init).joined() + "e\(power)"
      let found = dimension.parse("\(text) \(unit.symbol)")
      // What is infinite is refused.
      guard let found, found > 0 else { continue }
      let isNearest = Self.isNearest(
        found, to: digits, times: unit.numerator, over: unit.denominator,
        tenTo: power + unit.exponent)
      #expect(isNearest, "\(text) \(unit.symbol): \(found)")
      count += 1
    }
    #expect(count > 1500)
  }

  /// Whether no `Double` is nearer to a number, and of two as near this one is even.
  private static func isNearest(
    _ found: Double, to digits: [UInt8], times numerator: Int, over denominator: Int,
    tenTo power: Int
  ) -> Bool {
    var number = Natural(0)
    for digit in digits { number = number.times(10).plus(Int(digit)) }
    number = number.times(numerator).times(10, repeated: max(power, 0))
    let divisor = Natural(denominator).times(10, repeated: max(-power, 0))
    let (below, above) = (found.nextDown, found.nextUp)
    let isEven = found.significandBitPattern.isMultiple(of: 2)
    let order = Natural.order(number, of: divisor, against: (below, found))
    let otherOrder = Natural.order(number, of: divisor, against: (found, above))
    return (order > 0 || order == 0 && isEven) && (otherOrder < 0 || otherOrder == 0 && isEven)
  }

  /// What the table says a run keeps is what a scenario gives back.
  @Test(
    arguments: Parameter.all.filter { if case .quantity = $0.kind { true } else { false } }.map(
      \.path))
  func aKeptValueIsReadAsItIs(path: String) throws {
    let parameter = try #require(Parameter.named(path))
    guard case .quantity(let dimension) = parameter.kind, !dimension.isWhole else { return }
    var stream = RandomStream(seed: 1, replication: 0, name: path)
    for _ in 0..<200 {
      let value = stream.uniform() * (dimension == .duration ? 2_000_000 : 1e6)
      var scenario = Scenario.baseCase
      parameter.write(&scenario, .quantity(value))
      #expect(parameter.read(scenario)?.constant == dimension.kept(value))
      let kept = dimension.kept(value)
      parameter.write(&scenario, .quantity(kept))
      #expect(parameter.read(scenario)?.constant == kept)
    }
  }

  @Test(arguments: [
    ("1.5 gas", Dimension.gas), ("0.0000000001 gwei", .weiPerGas), ("0.5 B", .bytes),
    ("1.0000000005 s", .duration), ("0.1 ns", .duration), ("1e-30 d", .duration),
    ("0.001 KiB", .bytes),
  ])
  func whatARunDoesNotKeep(text: String, dimension: Dimension) throws {
    #expect(try !dimension.keeps(#require(dimension.exact(text))))
  }

  @Test(arguments: [
    ("1.50 kgas", Dimension.gas), ("0.000000001 gwei", .weiPerGas), ("0.5 KiB", .bytes),
    ("1.000000001 s", .duration), ("0.1 us", .duration), ("0.0000000001 %", .share),
    ("0 B", .bytes),
  ])
  func whatARunKeeps(text: String, dimension: Dimension) throws {
    #expect(try dimension.keeps(#require(dimension.exact(text))))
  }
}

/// A whole number of any length, for the few operations that a comparison needs.
private struct Natural {
  /// In base 2^32, the lowest first, without zeros at the end.
  private var limbs: [UInt32]

  init(_ number: Int) { limbs = number == 0 ? [] : [UInt32(number)] }

  func times(_ factor: Int) -> Natural { adding(0, afterTimes: UInt64(factor)) }

  func plus(_ number: Int) -> Natural { adding(UInt64(number), afterTimes: 1) }

  func times(_ factor: Int, repeated count: Int) -> Natural {
    (0..<count).reduce(self) { product, _ in product.times(factor) }
  }

  private func adding(_ number: UInt64, afterTimes factor: UInt64) -> Natural {
    var result = self
    var carry = number
    for index in limbs.indices {
      carry += UInt64(limbs[index]) * factor
      result.limbs[index] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    while carry > 0 {
      result.limbs.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    return result
  }

  /// Whether `number` / `divisor` is above (1), at (0) or below (-1) the middle of two neighbours.
  static func order(
    _ number: Natural, of divisor: Natural, against neighbours: (Double, Double)
  ) -> Int {
    // Both are whole numbers of the smaller one's last place.
    let place = min(neighbours.0.ulp, neighbours.1.ulp)
    let exponent = Int(place.exponent) - 1
    let (low, high) = (neighbours.0 / place, neighbours.1 / place)
    let middle = Natural(whole: UInt64(low)).adding(UInt64(high), afterTimes: 1)
    let left = number.times(2, repeated: max(-exponent, 0))
    let right = middle.times(divisor).times(2, repeated: max(exponent, 0))
    return left.compared(to: right)
  }

  private init(whole number: UInt64) {
    limbs = [UInt32(truncatingIfNeeded: number), UInt32(number >> 32)]
    while limbs.last == 0 { limbs.removeLast() }
  }

  private func times(_ other: Natural) -> Natural {
    var product = [UInt64](repeating: 0, count: limbs.count + other.limbs.count + 1)
    for (i, limb) in limbs.enumerated() {
      var carry: UInt64 = 0
      for (j, otherLimb) in other.limbs.enumerated() {
        let sum = product[i + j] + UInt64(limb) * UInt64(otherLimb) + carry
        product[i + j] = sum & 0xFFFF_FFFF
        carry = sum >> 32
      }
      product[i + other.limbs.count] += carry
    }
    var result = Natural(0)
    result.limbs = product.map { UInt32($0) }
    while result.limbs.last == 0 { result.limbs.removeLast() }
    return result
  }

  private func compared(to other: Natural) -> Int {
    guard limbs.count == other.limbs.count else { return limbs.count < other.limbs.count ? -1 : 1 }
    for (limb, otherLimb) in zip(limbs, other.limbs).reversed() where limb != otherLimb {
      return limb < otherLimb ? -1 : 1
    }
    return 0
  }
}
