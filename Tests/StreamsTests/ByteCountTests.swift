import Streams
import Testing

@Suite struct ByteCountTests {
  @Test(arguments: [
    ("1", 1), ("64000000", 64_000_000), ("12G", 12 << 30), ("12g", 12 << 30), ("800M", 800 << 20),
    ("1.5GiB", 3 << 29), ("2K", 2048), ("500MB", 500_000_000), ("0.5T", 1 << 39), ("1kB", 1000),
  ]) func amounts(text: String, bytes: Int) {
    #expect(ByteCount(parsing: text)?.bytes == bytes)
  }

  @Test(arguments: [
    "", "0", "G", "-1G", "+1G", " 1G", "1 G", "12 ", "1e9", "0x10", "nan", "inf", ".5G", "5.G", "1.2.3G",
    "12X", "12GG",
    "12Gi", "0.5", "2000000T", "١G", "lots",
  ]) func noAmounts(text: String) {
    #expect(ByteCount(parsing: text) == nil)
  }

  @Test(arguments: [
    (1, "1"), (999, "999"), (1000, "0.98K"), (1536, "1.5K"), (12 << 30, "12G"), (3 << 29, "1.5G"),
    (800 << 20, "800M"), (1000 << 20, "0.98G"), (130_000_000, "124M"),
    (39_075_840, "37.3M"), (1_189_225_728, "1.11G"), (99_960 << 10, "97.6M"), (999_999, "977K"),
    (5 << 40, "5T"), (5000 << 40, "5000T"),
  ]) func texts(bytes: Int, text: String) {
    #expect(ByteCount(bytes).description == text)
  }
}
