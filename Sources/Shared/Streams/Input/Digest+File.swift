extension Digest {
  /// The digest of a file's bytes. Throws `ToolError`: 66 where it cannot be opened, 74 where reading fails.
  public static func file(_ path: String) throws(ToolError) -> Digest {
    let input = try InputFile(path: path)
    while try !input.read(upTo: 1 << 20).isEmpty {}
    return input.digest
  }
}
