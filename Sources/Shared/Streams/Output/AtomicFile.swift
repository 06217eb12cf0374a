/// Small files that are there whole or not at all.
public enum AtomicFile {
  /// Writes a file, replacing an old one: `PATH.partial`, fsync, rename.
  /// - Throws: `ToolError`: 73 where it cannot be created, 74 where writing fails.
  public static func write(_ path: String, _ bytes: some Collection<UInt8>) throws(ToolError) {
    let file = try OutputFile(path: path, mode: .overwrite)
    try file.write(bytes)
    try file.finish()
  }
}
