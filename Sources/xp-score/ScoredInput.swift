import Faithfulness
import Tasks

/// What is scored, before any of it is read.
struct ScoredInput {
  let sources: ScoredStreams
  let plan: ScoringPlan
  let tasks: TaskCatalog
}
