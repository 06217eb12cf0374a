import Checkpoints
import Labelling
import Tensors
import Training
import Transformer

/// What a run reads before its model is loaded.
struct Reading {
  let request: TrainingDataRequest
  let data: TrainingData
  /// The completions of each example.
  let examples: [[EncodedExample]]
  let evaluation: [EncodedExample]
  let model: ModelConfiguration
  let workers: Workers
  /// Of a step.
  let slices: Int
}

/// What a run is made of, before anything is written.
struct Preparation {
  let reading: Reading
  let model: LanguageModel
  let plan: MemoryPlan
  let order: ExampleOrder
  let options: TrainingOptions
  let configuration: RunConfiguration
  let truth: TruthMeasurement?
}
