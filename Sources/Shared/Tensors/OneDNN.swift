#if ONEDNN
  import COneDNN
  import Glibc

  /// oneDNN (version 2.6 of its C API) as far as it is used here: products with a weight that was laid out once.
  /// Everything runs on the thread that calls it.
  enum OneDNN {
    // The handles are used from all threads: oneDNN's engine and its stream of a processor hold no state of a call.
    nonisolated(unsafe) static let engine: dnnl_engine_t? = {
      var engine: dnnl_engine_t?
      return dnnl_engine_create(&engine, dnnl_cpu, 0) == dnnl_success ? engine : nil
    }()
    nonisolated(unsafe) static let stream: dnnl_stream_t? = {
      var stream: dnnl_stream_t?
      let created = dnnl_stream_create(&stream, engine, dnnl_stream_default_flags.rawValue)
      return created == dnnl_success ? stream : nil
    }()

    /// Keeps products on the thread that makes them. Debian's library spreads work with OpenMP, whose setting is one
    /// for each thread, so whatever thread works in a team calls this.
    static func setSingleThreaded() { setThreadCount?(1) }

    private static let setThreadCount: (@convention(c) (CInt) -> Void)? = {
      typealias SetThreadCount = @convention(c) (CInt) -> Void
      return dlsym(nil, "omp_set_num_threads").map { unsafeBitCast($0, to: SetThreadCount.self) }
    }()

    /// A size or stride of a description that is known only when a product runs.
    static let anySize = Int.min

    /// A matrix in memory, row-major unless `columnStride` says otherwise: `rowStride` elements from row to row.
    static func description(
      rows: Int, columns: Int, rowStride: Int, columnStride: Int = 1, of type: dnnl_data_type_t
    ) -> dnnl_memory_desc_t? {
      var description = dnnl_memory_desc_t()
      let sizes = [Int64(rows), Int64(columns)]
      let strides = [Int64(rowStride), Int64(columnStride)]
      let status = dnnl_memory_desc_init_by_strides(&description, 2, sizes, type, strides)
      return status == dnnl_success ? description : nil
    }

    /// A matrix whose layout the library chooses.
    static func anyLayout(rows: Int, columns: Int, of type: dnnl_data_type_t) -> dnnl_memory_desc_t? {
      var description = dnnl_memory_desc_t()
      let status = dnnl_memory_desc_init_by_tag(
        &description, 2, [Int64(rows), Int64(columns)], type, dnnl_format_tag_any)
      return status == dnnl_success ? description : nil
    }

    /// How a product is made: with its result added to what is there, or not. Working memory comes from the caller, because
    /// a primitive runs on many threads at once.
    static func attributes(accumulate: Bool) -> dnnl_primitive_attr_t? {
      var attributes: dnnl_primitive_attr_t?
      guard dnnl_primitive_attr_create(&attributes) == dnnl_success else { return nil }
      dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user)
      if accumulate {
        var operations: dnnl_post_ops_t?
        guard dnnl_post_ops_create(&operations) == dnnl_success else { return nil }
        defer { dnnl_post_ops_destroy(operations) }
        dnnl_post_ops_append_sum(operations, 1)
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

    /// Bytes of working memory that a primitive wants from its caller.
    static func scratchSize(of description: dnnl_primitive_desc_t?) -> Int {
      dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0).map {
        dnnl_memory_desc_get_size($0)
      } ?? 0
    }

    /// Whether this processor has these instructions, and the library may use them.
    static func processor(has instructions: dnnl_cpu_isa_t) -> Bool {
      dnnl_get_effective_cpu_isa().rawValue & instructions.rawValue == instructions.rawValue
    }

    /// Copies a matrix into another layout or element type.
    static func reorder(
      _ source: UnsafeMutableRawPointer, _ sourceDescription: dnnl_memory_desc_t,
      to target: UnsafeMutableRawPointer, _ targetDescription: dnnl_memory_desc_t
    ) -> Bool {
      var (sourceDescription, targetDescription) = (sourceDescription, targetDescription)
      var description: dnnl_primitive_desc_t?
      guard
        dnnl_reorder_primitive_desc_create(
          &description, &sourceDescription, engine, &targetDescription, engine, nil) == dnnl_success
      else { return false }
      defer { dnnl_primitive_desc_destroy(description) }
      var primitive: dnnl_primitive_t?
      guard dnnl_primitive_create(&primitive, description) == dnnl_success else { return false }
      defer { dnnl_primitive_destroy(primitive) }
      return execute(
        primitive,
        [(DNNL_ARG_SRC_0, sourceDescription, source), (DNNL_ARG_DST_0, targetDescription, target)])
    }

    /// Runs a primitive on these memories.
    static func execute(
      _ primitive: dnnl_primitive_t?, _ operands: [(Int32, dnnl_memory_desc_t, UnsafeMutableRawPointer)]
    ) -> Bool {
      var arguments: [dnnl_exec_arg_t] = []
      defer { for argument in arguments { dnnl_memory_destroy(argument.memory) } }
      for (name, description, address) in operands {
        var description = description
        var memory: dnnl_memory_t?
        guard dnnl_memory_create(&memory, &description, engine, address) == dnnl_success else { return false }
        arguments.append(dnnl_exec_arg_t(arg: name, memory: memory))
      }
      guard dnnl_primitive_execute(primitive, stream, Int32(arguments.count), arguments) == dnnl_success
      else {
        return false
      }
      return dnnl_stream_wait(stream) == dnnl_success
    }
  }
#endif
