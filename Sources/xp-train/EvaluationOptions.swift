import ArgumentParser
import CommandSupport

/// What is looked at while a run trains.
struct EvaluationOptions: ParsableArguments {
  /// Cases that evaluations measure truth on where `--eval-cases` does not say.
  static let defaultCases = 200

  @Option(help: ArgumentHelp("Labelled cases of split validation whose loss is followed.", valueName: "file"))
  var eval: String?

  @Option(help: ArgumentHelp("Steps between evaluations of --eval; 0: only the last.", valueName: "n"))
  var evalEvery = 0

  @Option(
    help: ArgumentHelp(
      "Cases of --eval on which agreement with the target and the truth of explanations are measured; 0: none.",
      valueName: "n"))
  var evalCases = Self.defaultCases

  mutating func validate() throws {
    for (flag, value) in [("--eval-every", evalEvery), ("--eval-cases", evalCases)] {
      try OptionBounds.check(flag, value, in: 0...OptionBounds.count)
    }
  }
}
