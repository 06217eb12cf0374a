/// Which way the Kullback–Leibler divergence between a student's distribution q and a teacher's p is taken.
/// The raw value is that of `--kl`.
public enum Divergence: String, CaseIterable, Sendable {
  /// KL(p‖q) = Σ p·(log p − log q): the student must give mass wherever the teacher does.
  case forward
  /// KL(q‖p) = Σ q·(log q − log p): the student must give none where the teacher does not.
  case reverse
}
