/// The content of an input: the bytes of a plain file, or what the zstd frames of a compressed one hold. The two
/// are told apart by their first bytes, not by the name.
public final class DecodedInput {
  /// The file underneath.
  public let file: InputFile

  private static let pieceSize = 128 << 10
  private var decoder: ZstdDecoder?
  private var isStarted = false
  /// Raw bytes read from the file; those before `position` are done with.
  private var raw: [UInt8] = []
  private var position = 0

  /// Opens a file; `-` is standard input. Throws as `InputFile`.
  public init(path: String, allowTerminal: Bool = false) throws(ToolError) {
    file = try InputFile(path: path, allowTerminal: allowTerminal)
  }

  /// The next bytes of the content, some 128 KiB; empty at the end.
  /// - Throws: `ToolError`: 65 for an input of zero bytes, a corrupt frame, a wrong checksum, or a frame without its
  ///   end; 74 and 130 as `InputFile`.
  public func next() throws(ToolError) -> [UInt8] {
    try start()
    guard let decoder else {
      defer { raw = [] }
      return raw.isEmpty ? try file.read(upTo: Self.pieceSize) : raw
    }
    do throws(ToolError) {
      while true {
        if position == raw.count && !file.isAtEnd {
          raw = try file.read(upTo: Self.pieceSize)
          position = 0
        }
        let isFlushing = raw.isEmpty
        if isFlushing && decoder.isAtFrameEnd { return [] }
        let output = try decoder.decompress(raw, from: &position)
        if !output.isEmpty { return output }
        if isFlushing { throw ToolError.badData("truncated: the last zstd frame has no end") }
      }
    } catch {
      throw error.located(at: SourcePosition(file: file.name))
    }
  }

  /// Reads enough to know whether the input is compressed.
  private func start() throws(ToolError) {
    guard !isStarted else { return }
    isStarted = true
    while raw.count < 4 && !file.isAtEnd {
      raw += try file.read(upTo: Self.pieceSize)
    }
    if raw.isEmpty { throw .badData("empty input", at: SourcePosition(file: file.name)) }
    if ZstdDecoder.isMagic(raw) { decoder = try ZstdDecoder() }
  }
}
