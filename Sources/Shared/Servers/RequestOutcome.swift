import Streams

/// What a request came to.
public enum RequestOutcome: Sendable, Equatable {
  case reply(JSONObject)
  /// The server does not want this request (400, 413, 422, or 5xx for log-probabilities that it does not have).
  case refused(String)
}
