import Foundation
import Reports
import Streams
import Testing

@Suite struct TrainingCurvesTests {
  private func file(_ text: String) throws -> String {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).jsonl").path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test func readsEachKindOfLoss() throws {
    let path = try file(
      """
      {"step":1,"loss":8.5,"losses":{"explain":9.5,"behave":null},"lr":0.1}
      {"step":2,"loss":7.5,"losses":{"explain":8.5,"behave":0.5},"lr":0.1}
      {"step":2,"eval_loss":6.5}

      """)
    let curves = try TrainingCurves(path: path)
    #expect(curves.curves.map(\.name) == ["loss", "explain", "behave", "eval_loss"])
    #expect(curves.curves[0].curve.points == [ChartPoint(x: 1, y: 8.5), ChartPoint(x: 2, y: 7.5)])
    #expect(curves.curves[2].curve.points == [ChartPoint(x: 2, y: 0.5)])
  }

  @Test func aBadLineIsNamed() throws {
    let path = try file("{\"step\":1,\"loss\":8.5}\n{\"loss\":1}\n")
    let error = #expect(throws: ToolError.self) { try TrainingCurves(path: path) }
    #expect(error?.description == "\(path):2: missing key \"step\"")
    #expect(error?.status == .badData)
  }

  @Test func longCurvesBecomeMeans() {
    var curve = BinnedCurve()
    for step in 1...10_000 { curve.add(step: step, Double(step)) }
    #expect(curve.width == 32)
    #expect(curve.points.count <= BinnedCurve.limit)
    // The mean of a line is on the line.
    for point in curve.points { #expect(abs(point.x - point.y) < 1e-6) }
    #expect(curve.points.first == ChartPoint(x: 16, y: 16))
  }
}
