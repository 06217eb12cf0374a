import ArgumentParser
import CommandSupport
import Streams

/// How much memory a run may take.
struct MemoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Resident memory to stay below, such as 12G or 800M; by default nine tenths of what the process may use. Where it is short, "
        + "activations are computed again, and packs are smaller.",
      valueName: "size"))
  var memory: ByteCount?
}
