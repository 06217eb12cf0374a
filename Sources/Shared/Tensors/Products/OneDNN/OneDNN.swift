import COneDNN
import Glibc
import KernelChoice

/// oneDNN (version 2 or 3) as far as it is used here: products with a weight that was laid out once.
/// Everything runs on the thread that calls it.
enum OneDNN: ProductLibrary {
  // The handles are used from all threads: oneDNN's engine and its stream of a processor hold no state of a call.
  nonisolated(unsafe) static let engine: dnnl_engine_t? = {
    var engine: dnnl_engine_t?
    keepToVariant()
    return dnnl_engine_create(&engine, dnnl_cpu, 0) == dnnl_success ? engine : nil
  }()
  nonisolated(unsafe) static let stream: dnnl_stream_t? = {
    var stream: dnnl_stream_t?
    let created = dnnl_stream_create(&stream, engine, dnnl_stream_default_flags.rawValue)
    return created == dnnl_success ? stream : nil
  }()

  static var library: String? {
    dnnl_version().map { "oneDNN \($0.pointee.major).\($0.pointee.minor).\($0.pointee.patch)" }
  }

  /// Keeps products on the thread that makes them. Debian's library spreads work with OpenMP, whose setting is one
  /// for each thread, so whatever thread works in a team calls this.
  static func setSingleThreaded() { setThreadCount?(1) }

  private static let setThreadCount: (@convention(c) (CInt) -> Void)? = {
    typealias SetThreadCount = @convention(c) (CInt) -> Void
    return dlsym(nil, "omp_set_num_threads").map { unsafeBitCast($0, to: SetThreadCount.self) }
  }()

  /// A size or stride of a description that is known only when a product runs.
  static let anySize = Int.min

  /// How a product is made: with its result added to what is there, or not. Working memory comes from the caller,
  /// because a primitive runs on many threads at once.
  private static func attributes(accumulate: Bool) -> dnnl_primitive_attr_t? {
    var attributes: dnnl_primitive_attr_t?
    guard dnnl_primitive_attr_create(&attributes) == dnnl_success else { return nil }
    dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user)
    if accumulate {
      var operations: dnnl_post_ops_t?
      guard dnnl_post_ops_create(&operations) == dnnl_success else { return nil }
      defer { dnnl_post_ops_destroy(operations) }
      onednn_append_sum(operations)
      dnnl_primitive_attr_set_post_ops(attributes, operations)
    }
    return attributes
  }

  /// What the library calls the code that it chose.
  static func implementation(of description: dnnl_primitive_desc_t?) -> String? {
    var name: UnsafePointer<CChar>?
    let status = withUnsafeMutablePointer(to: &name) {
      dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, $0)
    }
    guard status == dnnl_success, let name else { return nil }
    return String(cString: name)
  }

  /// Whether this processor has these instructions, and the library may use them.
  static func processor(has instructions: dnnl_cpu_isa_t) -> Bool {
    keepToVariant()
    return dnnl_get_effective_cpu_isa().rawValue & instructions.rawValue == instructions.rawValue
  }

  /// Where a lesser variant of the kernels was asked for, the library keeps to its instructions too. Only what
  /// comes before the library's first use has an effect.
  private static func keepToVariant() { _ = variant }

  private static let variant: Void = {
    switch kernels.name {
    case "x86-64-v2": dnnl_set_max_cpu_isa(dnnl_cpu_isa_sse41)
    case "x86-64-v3": dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx2)
    default: break
    }
  }()

  /// A product of matrices that lie so, or with its result added to what is there, as the library has described it;
  /// nil where it has none. Passed on to `body`, after which it is gone.
  static func withProduct<Result>(
    _ left: MatrixLayout, _ right: MatrixLayout, into result: MatrixLayout, accumulate: Bool,
    _ body: (dnnl_primitive_desc_t?) -> Result?
  ) -> Result? {
    // Some builds of the library have no engine without a runtime of their own.
    guard let engine, stream != nil, let attributes = attributes(accumulate: accumulate) else { return nil }
    defer { dnnl_primitive_attr_destroy(attributes) }
    var description: dnnl_primitive_desc_t?
    guard
      onednn_describe_product(&description, engine, left.handle, right.handle, result.handle, attributes)
        == dnnl_success
    else { return nil }
    defer { dnnl_primitive_desc_destroy(description) }
    return body(description)
  }

  /// Copies a matrix into another layout or element type.
  static func reorder(
    _ source: UnsafeMutableRawPointer, _ sourceLayout: MatrixLayout, to target: UnsafeMutableRawPointer,
    _ targetLayout: MatrixLayout
  ) -> Bool {
    var description: dnnl_primitive_desc_t?
    guard
      dnnl_reorder_primitive_desc_create(
        &description, sourceLayout.handle, engine, targetLayout.handle, engine, nil) == dnnl_success
    else { return false }
    defer { dnnl_primitive_desc_destroy(description) }
    var primitive: dnnl_primitive_t?
    guard dnnl_primitive_create(&primitive, description) == dnnl_success else { return false }
    defer { dnnl_primitive_destroy(primitive) }
    return execute(
      primitive, [(DNNL_ARG_SRC_0, sourceLayout, source), (DNNL_ARG_DST_0, targetLayout, target)])
  }

  /// Runs a primitive on these memories.
  static func execute(
    _ primitive: dnnl_primitive_t?, _ operands: [(Int32, MatrixLayout, UnsafeMutableRawPointer)]
  ) -> Bool {
    var arguments: [dnnl_exec_arg_t] = []
    defer { for argument in arguments { dnnl_memory_destroy(argument.memory) } }
    for (name, layout, address) in operands {
      var memory: dnnl_memory_t?
      guard dnnl_memory_create(&memory, layout.handle, engine, address) == dnnl_success else { return false }
      arguments.append(dnnl_exec_arg_t(arg: name, memory: memory))
    }
    guard dnnl_primitive_execute(primitive, stream, Int32(arguments.count), arguments) == dnnl_success
    else {
      return false
    }
    return dnnl_stream_wait(stream) == dnnl_success
  }
}
