/// A count with thousands separated: `1,204`.
package func grouped(_ count: Int) -> String {
  var text = String(count.magnitude)
  var end = text.count - 3
  while end > 0 {
    text.insert(",", at: text.index(text.startIndex, offsetBy: end))
    end -= 3
  }
  return (count < 0 ? "-" : "") + text
}
