import Faithfulness

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

extension Judgement {
  var badge: Badge {
    switch self {
    case .holds: .holds
    case .doesNotHold: .fails
    case .undecided: .open
    }
  }
}

extension Verdict.Outcome {
  /// Whether introspective coupling holds.
  var badge: Badge {
    switch self {
    case .coupled: .holds
    case .notCoupled: .fails
    case .undecided: .open
    }
  }
}
