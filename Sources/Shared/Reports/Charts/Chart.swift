/// A drawing with its title and its numbers in words.
protocol Chart: Sendable {
  /// The drawing under an id; nil where there is nothing to draw.
  func svg(id: String, place: ChartPlace) -> HTML?
}

/// Where a chart stands.
package enum ChartPlace: Sendable {
  /// In the page, whose style sheet it uses; ids are the page's.
  case page
  /// In a file of its own, which needs nothing else.
  case file
}
