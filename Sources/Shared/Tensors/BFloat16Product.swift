#if ONEDNN
  import COneDNN

  /// y = a·b, or y += a·b, of bfloat16 numbers in plain memory, summed in 32-bit floats: a [rows × depth], b [depth ×
  /// columns]. Nothing is laid out before, so either factor may change, and be transposed, as it likes; with some
  /// hundred rows and columns that is as fast as a packed weight.
  struct BFloat16Product {
    private let a: BFloat16Matrix
    private let b: BFloat16Matrix
    private let y: Matrix
    private let compiled: CompiledProduct
    private let rowTiles: Tiles
    private let columnTiles: Tiles

    init(_ a: BFloat16Matrix, _ b: BFloat16Matrix, into y: Matrix, accumulate: Bool) {
      precondition(a.columns == b.rows && y.rows == a.rows && y.columns == b.columns, "shapes agree")
      guard let compiled = CompiledProduct.of(a.isTransposed, b.isTransposed, accumulate) else {
        preconditionFailure("this machine has no such products")
      }
      (self.a, self.b, self.y, self.compiled) = (a, b, y, compiled)
      rowTiles = Tiles(of: y.rows, most: 256, isEven: y.rows > 256)
      columnTiles = Tiles(of: y.columns, most: 1536, isEven: y.rows <= 256)
    }

    /// Whether this machine has such products, and in hardware.
    static let isFast =
      CompiledProduct.all.allSatisfy { $0 != nil } && OneDNN.processor(has: dnnl_cpu_isa_avx512_core_bf16)

    /// Tasks it is cut into: a function of the shape alone, so that results do not depend on the team.
    var taskCount: Int { a.columns == 0 ? 0 : rowTiles.count * columnTiles.count }

    /// Does one of them.
    func run(task: Int) {
      let rows = rowTiles.range(task / columnTiles.count)
      let columns = columnTiles.range(task % columnTiles.count)
      compiled.run(a.rows(rows), b.columns(columns), into: y.rows(rows).columns(columns))
    }

    /// All of it on the calling thread.
    func run() { compiled.run(a, b, into: y) }
  }

  /// Parts of equal length.
  private struct Tiles {
    let count: Int
    private let total: Int
    private let length: Int

    /// `isEven`: so that two threads have as much to do.
    init(of total: Int, most: Int, isEven: Bool) {
      let step = isEven ? 2 : 1
      let parts = max(1, step * ((total + step * most - 1) / (step * most)))
      self.total = total
      length = (total + parts - 1) / parts
      count = total == 0 ? 0 : (total + length - 1) / length
    }

    func range(_ index: Int) -> Range<Int> { index * length..<min(total, (index + 1) * length) }
  }

  /// A product as oneDNN has compiled it, for matrices of any size.
  private final class CompiledProduct: @unchecked Sendable {
    /// For factors that are transposed or not, and results that are added or not.
    static let all = (0..<8).map { CompiledProduct($0 & 4 != 0, $0 & 2 != 0, accumulate: $0 & 1 != 0) }

    static func of(_ aIsTransposed: Bool, _ bIsTransposed: Bool, _ accumulate: Bool) -> CompiledProduct? {
      all[(aIsTransposed ? 4 : 0) + (bIsTransposed ? 2 : 0) + (accumulate ? 1 : 0)]
    }

    private let primitive: dnnl_primitive_t

    private init?(_ aIsTransposed: Bool, _ bIsTransposed: Bool, accumulate: Bool) {
      guard var a = Self.anyMatrix(of: dnnl_bf16, isTransposed: aIsTransposed),
        var b = Self.anyMatrix(of: dnnl_bf16, isTransposed: bIsTransposed),
        var y = Self.anyMatrix(of: dnnl_f32, isTransposed: false),
        let attributes = OneDNN.attributes(accumulate: accumulate)
      else { return nil }
      defer { dnnl_primitive_attr_destroy(attributes) }
      var matmul = dnnl_matmul_desc_t()
      guard dnnl_matmul_desc_init(&matmul, &a, &b, nil, &y) == dnnl_success else { return nil }
      var description: dnnl_primitive_desc_t?
      guard
        dnnl_primitive_desc_create(&description, &matmul, attributes, OneDNN.engine, nil) == dnnl_success
      else { return nil }
      defer { dnnl_primitive_desc_destroy(description) }
      // All but the compiled one are references. It takes its working memory itself.
      guard OneDNN.implementation(of: description) == "gemm:jit", OneDNN.scratchSize(of: description) == 0
      else { return nil }
      var primitive: dnnl_primitive_t?
      guard dnnl_primitive_create(&primitive, description) == dnnl_success, let primitive else { return nil }
      self.primitive = primitive
    }

    deinit { dnnl_primitive_destroy(primitive) }

    func run(_ a: BFloat16Matrix, _ b: BFloat16Matrix, into y: Matrix) {
      guard let left = Self.description(a), let right = Self.description(b),
        let result = OneDNN.description(rows: y.rows, columns: y.columns, rowStride: y.stride, of: dnnl_f32),
        OneDNN.execute(
          primitive,
          [
            (DNNL_ARG_SRC_0, left, UnsafeMutableRawPointer(a.base)),
            (DNNL_ARG_WEIGHTS_0, right, UnsafeMutableRawPointer(b.base)),
            (DNNL_ARG_DST_0, result, UnsafeMutableRawPointer(y.base)),
          ])
      else { preconditionFailure("oneDNN runs what it has compiled") }
    }

    private static func anyMatrix(of type: dnnl_data_type_t, isTransposed: Bool) -> dnnl_memory_desc_t? {
      OneDNN.description(
        rows: OneDNN.anySize, columns: OneDNN.anySize, rowStride: isTransposed ? 1 : OneDNN.anySize,
        columnStride: isTransposed ? OneDNN.anySize : 1, of: type)
    }

    private static func description(_ matrix: BFloat16Matrix) -> dnnl_memory_desc_t? {
      OneDNN.description(
        rows: matrix.rows, columns: matrix.columns, rowStride: matrix.rowStride,
        columnStride: matrix.columnStride, of: dnnl_bf16)
    }
  }
#endif
