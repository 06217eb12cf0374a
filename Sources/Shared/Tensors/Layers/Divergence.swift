import KernelChoice

/// The divergence of a student's next-token distribution from a teacher's, both given as a row of `count`
/// logits. Turns the teacher's row into the gradient by the student's logits, times `weight`; the student's
/// row stays as it is.
///
/// Forward: ∂/∂zᵢ = qᵢ − pᵢ. Reverse: ∂/∂zᵢ = qᵢ·(log qᵢ − log pᵢ − KL).
public func divergenceBackward(
  student: UnsafePointer<Float>, replacing teacher: UnsafeMutablePointer<Float>, count: Int,
  _ divergence: Divergence, weight: Float
) -> Float {
  kernels.divergenceBackward(student: student, replacing: teacher, count: count, divergence, weight: weight)
}
