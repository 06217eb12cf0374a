import CCurl
import Streams

/// One connection of libcurl, which requests use one after the other.
///
/// Not URLSession, which ends the process where a server closes before its headers end, or names a length beyond 64
/// bits.
final class CurlHandle: @unchecked Sendable {
  /// Made once, and never given back.
  nonisolated(unsafe) private static let library: UnsafePointer<curl_functions>? = {
    let functions = UnsafeMutablePointer<curl_functions>.allocate(capacity: 1)
    functions.initialize(to: curl_functions())
    return curl_load(functions) == 1 ? UnsafePointer(functions) : nil
  }()

  private let functions: UnsafePointer<curl_functions>
  private let handle: UnsafeMutableRawPointer

  /// nil where there is no libcurl on this machine.
  init?() {
    guard let functions = Self.library, let handle = curl_handle(functions) else { return nil }
    self.functions = functions
    self.handle = handle
  }

  deinit { curl_free(functions, handle) }

  /// Posts JSON to an address. Redirects are not followed, so that a key goes to no other server.
  func post(
    _ body: [UInt8], to address: String, headers: [String], timeout: Duration,
    isStopped: @escaping @Sendable () -> Bool
  ) throws(TransportFailure) -> HTTPReply {
    let exchange = CurlExchange(isStopped: isStopped)
    let code = perform(body, address, headers, timeout, exchange)
    if exchange.isTooLarge || code == 63 { throw .tooLarge }
    guard code == 0 else { throw Self.failure(code) }
    return HTTPReply(
      status: curl_response_code(functions, handle), retryAfter: exchange.retryAfter, body: exchange.body)
  }

  private func perform(
    _ body: [UInt8], _ address: String, _ headers: [String], _ timeout: Duration, _ exchange: CurlExchange
  ) -> Int32 {
    curl_reset(functions, handle)
    var list: UnsafeMutableRawPointer?
    defer { curl_list_free(functions, list) }
    // An empty "Expect:" keeps libcurl from waiting for a go-ahead that few servers give.
    for header in headers + ["Content-Type: application/json", "Expect:"] {
      list = curl_list_append(functions, list, header)
    }
    set(CURLOPT_POST, 1)
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_NOPROGRESS, 0)
    set(CURLOPT_PROTOCOLS, CURLPROTO_HTTP_AND_HTTPS)
    set(CURLOPT_TIMEOUT_MS, max(1, Int(timeout / .milliseconds(1))))
    curl_set_size(functions, handle, option(CURLOPT_MAXFILESIZE_LARGE), Int64(CurlExchange.sizeLimit))
    curl_set_size(functions, handle, option(CURLOPT_POSTFIELDSIZE_LARGE), Int64(body.count))
    set(CURLOPT_HTTPHEADER, UnsafeRawPointer(list))

    let context = UnsafeRawPointer(Unmanaged.passUnretained(exchange).toOpaque())
    for name in [CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_XFERINFODATA] { set(name, context) }
    curl_set_data_callback(functions, handle, option(CURLOPT_WRITEFUNCTION)) { data, size, count, context in
      CurlExchange.at(context)?.take(UnsafeRawBufferPointer(start: data, count: size * count)) == true
        ? size * count : 0
    }
    curl_set_data_callback(functions, handle, option(CURLOPT_HEADERFUNCTION)) { data, size, count, context in
      CurlExchange.at(context)?.takeHeader(UnsafeRawBufferPointer(start: data, count: size * count)) == true
        ? size * count : 0
    }
    curl_set_progress_callback(functions, handle, option(CURLOPT_XFERINFOFUNCTION)) { context, _, _, _, _ in
      CurlExchange.at(context)?.isStopped() == false ? 0 : 1
    }
    return withExtendedLifetime(exchange) {
      address.withCString { address in
        // All encodings that libcurl can undo.
        "".withCString { encodings in
          body.withUnsafeBytes { body in
            set(CURLOPT_URL, UnsafeRawPointer(address))
            set(CURLOPT_ACCEPT_ENCODING, UnsafeRawPointer(encodings))
            set(CURLOPT_POSTFIELDS, body.baseAddress)
            return curl_perform(functions, handle)
          }
        }
      }
    }
  }

  private func option(_ name: Int) -> Int32 { Int32(name) }

  private func set(_ name: Int, _ value: Int) {
    curl_set_number(functions, handle, option(name), value)
  }

  private func set(_ name: Int, _ value: UnsafeRawPointer?) {
    curl_set_pointer(functions, handle, option(name), value)
  }

  /// Numbers of curl/curl.h, `CURLcode`.
  private static func failure(_ code: Int32) -> TransportFailure {
    switch code {
    case 5, 6: .connection("no such host")
    case 7: .connection("cannot connect")
    case 28: .timeout
    case 35, 51, 53, 54, 58, 59, 60, 66, 77, 80, 82, 83, 90, 91: .connection("no secure connection")
    case 42: .stopped
    default: .broken
    }
  }
}
