import FoundationEssentials
import Streams

/// The files of `Assets`, which the program carries.
enum Asset {
  /// The script of the page: six files as one.
  static let script: [UInt8] =
    Array("\"use strict\";\n".utf8) + PackageResources.tables_js + PackageResources.examples_js
    + PackageResources.link_js + PackageResources.elements_js + PackageResources.detail_js
    + PackageResources.browser_js

  /// The style sheet, which is markup of this program.
  static let style = HTML(verbatim: PackageResources.report_css)

  /// The page may run its own script and style, known by their digests, and load nothing at all.
  static let policy =
    "default-src 'none'; style-src '\(hash(PackageResources.report_css))'; script-src '\(hash(script))'"

  private static func hash(_ bytes: [UInt8]) -> String {
    var digest = Digest()
    digest.update(bytes)
    return "sha256-" + Data(digest.bytes).base64EncodedString()
  }
}
