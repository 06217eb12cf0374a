/// What a configuration class of transformers takes where config.json lacks a key; the sizes are those of the model
/// that the class was written for. The ε of norms is 1e-6 in all.
struct ClassDefaults {
  var vocabularySize: Int
  var hiddenSize: Int
  var intermediateSize: Int
  var layerCount = 32
  var headCount = 32
  /// nil for as many as there are heads.
  var keyValueHeadCount: Int?
  /// nil for hidden size by heads.
  var headDimension: Int?
  var contextLength: Int
  /// Whether output and embedding matrix are one.
  var tiesEmbeddings = false
}
