import Streams

extension LabelCommand {
  /// Throws `ToolError` (64) for an option that says how a checkpoint is computed here.
  func checkServerOptions() throws(ToolError) {
    let options = [
      ("--adapter", !checkpoint.adapter.isEmpty),
      ("--threads", checkpoint.threads != nil), ("--cpu", checkpoint.cpu != nil),
      ("--precision", numerics.precision != .float32),
      ("--weights", numerics.weights != .float32),
      ("--weight-cache", checkpoint.weightCache != nil),
      ("--batch-tokens", packs.batchTokens != nil), ("--memory", packs.memory != nil),
    ]
    for (flag, isGiven) in options where isGiven {
      throw ToolError(.usage, "\(flag) does not go with --server")
    }
    if server.api != .completions, checkpoint.chatTemplate != nil {
      throw ToolError(.usage, "--chat-template writes prompts for completions, and --api asks for chats")
    }
    if server.tokenizer == nil, !checkpoint.templateArgument.isEmpty {
      throw ToolError(.usage, "--template-argument goes with --server where --tokenizer names the checkpoint")
    }
  }
}
