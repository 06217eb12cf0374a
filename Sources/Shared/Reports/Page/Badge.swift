/// An outcome in a word, told apart by its frame too.
enum Badge {
  case holds, fails, open

  var html: HTML {
    switch self {
    case .holds: "<span class=\"badge holds\">holds</span>"
    case .fails: "<span class=\"badge fails\">does not hold</span>"
    case .open: "<span class=\"badge open\">undecided</span>"
    }
  }
}
