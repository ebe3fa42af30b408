import Foundation
import Testing
import Validating

/// The closed forms and the models behind the oracles of rare events.
@Suite struct RareEventOracleTests {
  /// 1/(1 + 2 + 4 + …) at a load of a half.
  @Test func gamblersRuin() {
    #expect(Oracle.overflowOfMM1(load: 0.5, customers: 1) == 1)
    #expect(Oracle.overflowOfMM1(load: 0.5, customers: 3) == 1.0 / 7)
    #expect(abs(Oracle.overflowOfMM1(load: 0.5, customers: 30) * (0x1p30 - 1) - 1) < 1e-15)
  }

  /// By hand, a(k) = e^(−load)·load^k/k!: two are reached unless nobody arrives in the first service;
  /// three unless services with one arrival are followed by one without.
  @Test(arguments: [0.3, 0.5, 0.9]) func firstStepAnalysis(_ load: Double) {
    let none = exp(-load)
    let two = Oracle.overflowOfMD1(load: load, customers: 2)
    #expect(abs(two - (1 - none)) < 1e-15)
    let three = Oracle.overflowOfMD1(load: load, customers: 3)
    #expect(abs(three - (1 - none / (1 - none * load))) < 1e-15)
  }

  /// In a long queue a customer more is rarer by z, the root of z = e^(load·(z − 1)).
  @Test func theTailOfMD1DecaysAsItsRootSays() {
    let ratio =
      Oracle.overflowOfMD1(load: 0.5, customers: 12)
      / Oracle.overflowOfMD1(load: 0.5, customers: 13)
    #expect(abs(ratio - 3.512862) < 1e-4)
  }

  @Test func levelsEndAtTheTopAndBeginAboveOne() {
    #expect([Double].even(to: 10, each: 0.5) == [4, 7, 10])
    #expect([Double].even(to: 11, each: 0.5) == [2, 5, 8, 11])
    #expect([Double].even(to: 3, each: 0.01) == [2, 3])
  }
}
