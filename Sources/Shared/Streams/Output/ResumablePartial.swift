import Glibc

/// Going on with the output of an interrupted run.
///
/// Beside `PATH.partial` lies `PATH.partial.identity.json`: a JSON object of all that decides the output (input
/// digests, model fingerprint, options). When the output is complete its manifest keeps the same object under
/// `identity`. A run may go on only from a file of its own identity.
public enum ResumablePartial {
  /// Opens an output for `--resume`.
  ///
  /// - The file is complete, and of this identity: returns nil, there is nothing to do.
  /// - A partial file of this identity: cut after its last whole frame (a frame counts as whole if its checksum
  ///   holds and it ends a line); every record that it has goes to `replay`, in order; the returned writer appends.
  /// - Neither: the returned writer starts afresh.
  ///
  /// - Parameter mode: with `overwrite`, a complete file of another identity does not stand in the way.
  /// - Throws: `ToolError`: 64 where the path is standard output or the identities differ (naming the first
  ///   difference), what `replay` throws, and the errors of `OutputFile`.
  public static func open(
    path: String?, identity: JSONObject, mode: OutputMode = .create,
    replay: (Record) throws(ToolError) -> Void
  ) throws(ToolError) -> RecordWriter? {
    guard let path, path != "-", fileStatus(path)?.isRegularFile != false else {
      throw ToolError(.usage, "--resume needs an output file (-o FILE)")
    }
    if fileStatus(path) != nil {
      let difference = try difference(between: identity, and: Manifest.identity(beside: path))
      guard let difference else { return nil }
      guard mode == .overwrite else { throw mismatch(path, difference) }
    }
    let output = try OutputFile(locking: path, mode: .overwrite)
    let partial = OutputFile.partialPath(path)
    let wholeBytes = try wholeFrames(of: partial)
    if wholeBytes > 0,
      let difference = try difference(between: identity, and: PartialIdentity.stored(of: path))
    {
      throw mismatch(partial, difference)
    }
    try output.truncate(to: wholeBytes)
    try PartialIdentity.set(identity, of: path)
    if wholeBytes > 0 {
      let reader = try RecordReader(unprotected: [partial])
      while let record = try reader.next() { try replay(record) }
    }
    return try RecordWriter(output)
  }

  /// Throws `ToolError` (73) where an earlier run left records under the path's partial name, which starting over would
  /// lose. A run that is writing them still is for `OutputFile` to find; nil or `-` is standard output.
  public static func checkNothingIsLost(path: String?) throws(ToolError) {
    guard let path, path != "-" else { return }
    let partial = OutputFile.partialPath(path)
    guard let status = fileStatus(partial), status.isRegularFile, status.st_size > 0 else { return }
    let descriptor = Glibc.open(partial.pathBytes, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else { return }
    throw ToolError(
      .cannotCreate, "is there from an earlier run; --resume goes on with it, --force starts over",
      at: SourcePosition(file: partial))
  }

  private static func mismatch(_ path: String, _ difference: String) -> ToolError {
    ToolError(.usage, "cannot resume: \(difference)", at: SourcePosition(file: path))
  }

  /// Says what differs first, nil where nothing does. The order of keys does not count.
  private static func difference(between now: JSONObject, and then: JSONObject?)
    throws(ToolError) -> String?
  {
    guard let then else { return "there is no record of the options it was made with" }
    guard let key = (now.keys + then.keys).first(where: { now[$0] != then[$0] }) else { return nil }
    let (old, new) = (try shortText(then[key]), try shortText(now[key]))
    return old.utf8.count + new.utf8.count > 200 ? "\(key) differs" : "\(key) was \(old), now it is \(new)"
  }

  private static func shortText(_ value: JSON?) throws(ToolError) -> String {
    guard let value else { return "nothing" }
    return String(decoding: try value.serialized(), as: UTF8.self)
  }

  /// The number of bytes up to the end of the last whole frame that ends a line.
  private static func wholeFrames(of path: String) throws(ToolError) -> Int {
    let input = try InputFile(path: path)
    let decoder = try ZstdDecoder()
    var (whole, consumed) = (0, 0)
    var lastByte: UInt8?
    while true {
      let raw = try input.read(upTo: 1 << 20)
      if raw.isEmpty { return whole }
      var position = 0
      var isDraining = false
      while position < raw.count || isDraining {
        let before = position
        // Damage, such as the zeros that a crash of the machine may leave, ends what is whole.
        guard let output = try? decoder.decompress(raw, from: &position) else { return whole }
        consumed += position - before
        lastByte = output.last ?? lastByte
        isDraining = !output.isEmpty && !decoder.isAtFrameEnd
        if decoder.isAtFrameEnd && lastByte == UInt8(ascii: "\n") { whole = consumed }
      }
    }
  }
}
