/// A part of the page that the navigation names.
struct PageSection {
  var id: String
  var title: String
  var content: HTML

  init(_ id: String, _ title: String, _ content: HTML) {
    self.id = id
    self.title = title
    self.content = content
  }

  var html: HTML {
    "<section id=\"\(id)\" aria-labelledby=\"\(id)-title\">\n<h2 id=\"\(id)-title\">\(title)</h2>\n\(content)\n</section>\n"
  }
}
