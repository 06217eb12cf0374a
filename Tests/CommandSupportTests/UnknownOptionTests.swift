import ArgumentParser
import CommandSupport
import Testing

@Suite struct UnknownOptionTests {
  private struct Tool: ParsableCommand {
    @Option var model: String
    @Option var `as`: String
    @Option var lr = 1.0
    @Option(name: .shortAndLong) var output: String?
    @Option var batchSize = 1
    @Flag var resume = false
  }

  private func unknown(_ arguments: String...) -> String? {
    UnknownOption(in: arguments, of: Tool.self).map { "\($0.name) \($0.meant ?? "-")" }
  }

  @Test func theNearestIsMeant() {
    #expect(unknown("--modle", "x") == "--modle --model")
    #expect(unknown("--model", "x", "--batchsize=3") == "--batchsize --batch-size")
    #expect(unknown("--resum") == "--resum --resume")
    #expect(unknown("--batch", "3") == "--batch --batch-size")
    #expect(unknown("--lrr", "1") == "--lrr --lr")
    #expect(unknown("--frobnicate") == "--frobnicate -")
  }

  @Test func namesOfOtherPrograms() {
    #expect(unknown("--learning-rate", "1e-3") == "--learning-rate --lr")
    #expect(unknown("--name=x") == "--name --as")
    // Only where the command has what they stand for.
    #expect(unknown("--lora-rank", "8") == "--lora-rank -")
  }

  @Test func otherDashesAndLetters() {
    #expect(unknown("--batch_size", "3") == "--batch_size --batch-size")
    #expect(unknown("--learning_rate=1") == "--learning_rate --lr")
    #expect(unknown("--LR", "1") == "--LR --lr")
    #expect(unknown("-model", "x") == "-model --model")
    #expect(unknown("—model", "x") == "—model --model")
    #expect(unknown("-ofile", "-o", "-1", "-", "—") == nil)
  }

  @Test func valuesAndOperandsAreNotOptions() {
    #expect(unknown("--model", "--x", "--as=--y", "-o", "--z", "--resume", "file", "--", "--modle") == nil)
    #expect(unknown("--help", "-h") == nil)
  }
}
