import Jinja
import Streams

extension FuzzTarget {
  /// A chat template, rendered with a conversation and with values of every kind.
  static let template = FuzzTarget("template") {
    let tools = try JSON.parse(
      #"[{"type": "function", "function": {"name": "f", "parameters": {"n": {"type": "integer", "default": -1.5e3}}}}]"#
    )
    let conversation: [Input] = [
      message("system", "Be brief."), message("user", " Why <b>\"so\"</b>?\n1. It is\ttrue 日本 é\u{301}"),
      message("assistant", "<think>Hm</think> Because."), message("tool", "{\"x\": [1, 2]}"),
      message("user", ""),
    ]
    let variables = [
      Variable("messages", .list(conversation)), Variable("tools", .json(tools)),
      Variable("documents", .json(.null)), Variable("add_generation_prompt", .json(true)),
      Variable("bos_token", .json("<s>")), Variable("eos_token", .json("</s>")),
      Variable("enable_thinking", .json(false)), Variable("n", .json(-7)), Variable("x", .json(2.5)),
      Variable("big", .json(.integer(.max))), Variable("huge", .json(.literal("1e400"))),
    ]
    let clock = Clock(secondsSince1970: 1_700_000_000)
    return { bytes in
      guard let text = String(validating: bytes, as: UTF8.self) else { return }
      let template = try Template(parsing: text)
      let rendering = try template.render(variables, clock: clock)
      precondition(rendering.parts.allSatisfy { !$0.text.isEmpty }, "an empty part")
      _ = (rendering.text, rendering.after("Because."))
    }
  }

  private static func message(_ role: String, _ content: String) -> Input {
    .object(["role": .json(.string(role)), "content": .data(content)])
  }
}
