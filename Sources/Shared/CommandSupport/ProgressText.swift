/// How far a run is, as text.
public enum ProgressText {
  /// The bar's text, such as `[########------------]  40% 400/1000 cases, 12.5/s, 0:48 left`.
  /// - Parameter before: how much of what is done an earlier run did.
  public static func bar(done: Int, total: Int?, unit: String, seconds: Double, before: Int = 0) -> String {
    let text = line(done: done, total: total, unit: unit, seconds: seconds, before: before)
    guard let total, total > 0 else { return text }
    let share = min(1, Double(done) / Double(total))
    let filled = Int(share * 20)
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: 20 - filled)
    let percent = String(Int(share * 100))
    let padding = String(repeating: " ", count: 3 - percent.count)
    return "[\(bar)] \(padding)\(percent)% \(text)"
  }

  /// A log's line, such as `400/1000 cases, 12.5/s, 0:48 left`.
  package static func line(done: Int, total: Int?, unit: String, seconds: Double, before: Int = 0)
    -> String
  {
    let rate = seconds > 0 ? Double(done - before) / seconds : 0
    let rateText = rate >= 100 ? "\(Int(rate))/s" : "\((rate * 10).rounded() / 10)/s"
    guard let total, total > 0 else { return "\(done) \(unit), \(rateText)" }
    let left = rate > 0 ? ", \(clock(Double(max(0, total - done)) / rate)) left" : ""
    return "\(done)/\(total) \(unit), \(rateText)\(left)"
  }

  /// `m:ss`, or `h:mm:ss` from an hour on.
  private static func clock(_ seconds: Double) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let whole = Int(min(seconds.rounded(), 1e9))
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
  }
}
