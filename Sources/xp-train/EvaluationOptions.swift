import ArgumentParser
import CommandSupport
import Training

/// What is looked at while a run trains.
struct EvaluationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Labelled cases of split validation whose loss is followed.", valueName: "file"))
  var eval: String?

  @Option(help: ArgumentHelp("Steps between evaluations of --eval; 0: only the last.", valueName: "n"))
  var evalEvery = 0

  @Option(
    help: ArgumentHelp(
      "Cases of --eval on which agreement with the target and the truth of explanations are measured; 0: none.",
      valueName: "n"))
  var evalCases = RunConfiguration.usualEvaluationCases

  mutating func validate() throws {
    for (flag, value) in [("--eval-every", evalEvery), ("--eval-cases", evalCases)] {
      try OptionBounds.check(flag, value, in: 0...OptionBounds.count)
    }
  }
}
