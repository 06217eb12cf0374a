/// What a statement about a run comes to; the raw value is how reports say it.
public enum Judgement: String, Sendable {
  case holds
  case doesNotHold = "does not hold"
  case undecided
}
