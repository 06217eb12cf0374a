/// A library of products that a backend stands on.
protocol ProductLibrary: SendableMetatype {
  /// Its name with its version; nil where that is not known.
  static var library: String? { get }

  /// Keeps every product on the thread that makes it; each thread of a team calls this.
  static func setSingleThreaded()
}
