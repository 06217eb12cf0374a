import ArgumentParser
import Tensors
import Training

/// Which behaviour the sets of `--behave` teach.
struct BehaviorOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Whose behaviour is learned; by default the target's.", valueName: "name"))
  var behaveAs: String?

  @Option(help: "Which inputs behaviour is learned on: x, or both x and every x without a feature.")
  var behaveOn = BehaviorInputs.x

  @Option(
    help: ArgumentHelp(
      "What is learned of it: the answer (hard), the distribution over the choices (soft), or at each of its tokens the "
        + "distribution over the vocabulary that the model has before training (kl)."))
  var behaveTargets = BehaviorTargets.hard

  @Option(
    help: ArgumentHelp(
      "With kl: the divergence KL(before‖now) (forward, the default) or KL(now‖before) (reverse).",
      valueName: "direction"))
  var kl: Divergence?

  func validate() throws {
    guard kl == nil || behaveTargets == .kl else { throw ValidationError("--kl needs --behave-targets kl") }
  }

  /// The same for `TrainingDataRequest`.
  var learned: LearnedBehavior {
    LearnedBehavior(name: behaveAs, inputs: behaveOn, targets: behaveTargets, direction: kl)
  }
}

extension BehaviorInputs: ExpressibleByArgument {}
extension BehaviorTargets: ExpressibleByArgument {}
extension Divergence: ExpressibleByArgument {}
