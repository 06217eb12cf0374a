/// How often is resampled; reports say so.
public enum Resampling {
  /// Resamples of the items behind every 95 % interval.
  public static let bootstrapResamples = 2_000
  /// Draws behind the permutation null's range and p-value.
  public static let permutationDraws = 1_000
}
