import Crypto
import Glibc

/// A SHA-256 that is fed piece by piece.
public struct Digest: Sendable {
  private var state = SHA256()
  /// The bytes fed so far.
  public private(set) var byteCount = 0

  /// The digest of nothing yet.
  public init() {}

  /// Feeds bytes.
  public mutating func update(_ bytes: some Collection<UInt8>) {
    byteCount += bytes.count
    if bytes.withContiguousStorageIfAvailable({ state.update(bufferPointer: UnsafeRawBufferPointer($0)) })
      == nil
    {
      ContiguousArray(bytes).withUnsafeBytes { state.update(bufferPointer: $0) }
    }
  }

  /// Feeds the UTF-8 bytes of a string.
  public mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { update($0) }
  }

  /// The 32 bytes of the digest of what was fed so far.
  public var bytes: [UInt8] { Array(state.finalize()) }

  /// The digest as 64 lower-case hexadecimal digits.
  public var hex: String { hexadecimal(bytes) }

  /// The SHA-256 of bytes, in hexadecimal.
  public static func hex(of bytes: some Collection<UInt8>) -> String {
    var digest = Digest()
    digest.update(bytes)
    return digest.hex
  }

  /// The SHA-256 of a string's UTF-8 bytes, in hexadecimal.
  public static func hex(of text: String) -> String {
    var digest = Digest()
    digest.update(text)
    return digest.hex
  }
}

/// The first 8 bytes of a string's SHA-256, big endian: a hash that is the same in every run, build and language.
/// It decides shards and splits.
public func stableHash64(_ text: String) -> UInt64 {
  var text = text
  return text.withUTF8 { bytes in
    SHA256.hash(data: UnsafeRawBufferPointer(bytes)).withUnsafeBytes { digest in
      UInt64(bigEndian: digest.loadUnaligned(as: UInt64.self))
    }
  }
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
