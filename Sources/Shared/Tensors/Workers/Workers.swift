import Glibc
import Synchronization

/// A fixed team of threads that runs numbered tasks; it lives as long as the program. How work is cut into
/// tasks depends on shapes and the processor, never on the number of threads, so results are the same for any team.
public final class Workers: @unchecked Sendable {
  /// Threads that work, the caller's own among them.
  public let count: Int

  /// Held by the caller while a job runs: a team does one job at a time.
  private var turn = pthread_mutex_t()
  private var mutex = pthread_mutex_t()
  private var wake = pthread_cond_t()
  private var done = pthread_cond_t()
  private var threads: [pthread_t] = []
  /// Working memory of each worker.
  private let memories: [WorkerMemory]
  /// The same of all together.
  private let sharedMemory = Mutex(FloatStorage(count: 0))
  /// The job in hand; written by the caller before `generation` moves on, read by the team after.
  private var body: ((Int, Worker) -> Void)?
  private var taskCount = 0
  private let generation = Atomic<Int>(0)
  private let nextTask = Atomic<Int>(0)
  private let stillRunning = Atomic<Int>(0)

  /// Told how long each task of a job took, in seconds of the processor, where somebody wants to know; the caller's
  /// thread does all of them then. Set while no job runs.
  package nonisolated(unsafe) var observer: ((_ seconds: [Double]) -> Void)?

  /// How often to look before going to sleep: layers follow each other within microseconds.
  private static let spins = 4_000

  /// A team of `count` threads; by default one for each processor that this process may use.
  public init(count: Int? = nil) {
    self.count = max(1, count ?? ProcessorAllowance.ofThisProcess.processors)
    memories = (0..<self.count).map { _ in WorkerMemory() }
    pthread_mutex_init(&turn, nil)
    pthread_mutex_init(&mutex, nil)
    pthread_cond_init(&wake, nil)
    pthread_cond_init(&done, nil)
    // Products must stay on the thread that calls them: the team is ours.
    ProductLibraries.setSingleThreaded()
    for index in 1..<max(self.count, 1) {
      let start = Unmanaged.passRetained(ThreadStart(workers: self, index: index))
      var thread = pthread_t()
      let failure = pthread_create(
        &thread, nil,
        { raw in
          let start = Unmanaged<ThreadStart>.fromOpaque(raw!).takeRetainedValue()
          ProductLibraries.setSingleThreaded()
          start.workers.loop(index: start.index)
          return nil
        }, start.toOpaque())
      if failure == 0 { threads.append(thread) } else { start.release() }
    }
  }

  /// Runs `body(task, worker)` for every task in `0..<tasks` and returns when all are done. Callers on several
  /// threads wait for each other; a task must not call it.
  public func run(_ tasks: Int, _ body: (_ task: Int, _ worker: Worker) -> Void) {
    pthread_mutex_lock(&turn)
    defer { pthread_mutex_unlock(&turn) }
    // The caller's thread, which need not be the one that made the team, works too.
    ProductLibraries.setSingleThreaded()
    if let observer {
      observer((0..<max(tasks, 0)).map { task in Self.processorSeconds { body(task, worker(0)) } })
      return
    }
    if tasks <= 1 || threads.isEmpty {
      for task in 0..<max(tasks, 0) { body(task, worker(0)) }
      return
    }
    withoutActuallyEscaping(body) { body in
      self.body = body
      taskCount = tasks
      nextTask.store(0, ordering: .relaxed)
      stillRunning.store(threads.count, ordering: .relaxed)
      pthread_mutex_lock(&mutex)
      generation.wrappingAdd(1, ordering: .sequentiallyConsistent)
      pthread_cond_broadcast(&wake)
      pthread_mutex_unlock(&mutex)
      drain(body, worker: worker(0))
      var looks = 0
      while stillRunning.load(ordering: .acquiring) > 0 && looks < Self.spins { looks += 1 }
      pthread_mutex_lock(&mutex)
      while stillRunning.load(ordering: .acquiring) > 0 { pthread_cond_wait(&done, &mutex) }
      pthread_mutex_unlock(&mutex)
      self.body = nil
    }
  }

  /// What the calling thread computes, without what it waits for its processor.
  package static func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
    var (start, end) = (timespec(), timespec())
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
    try work()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
    return Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) / 1e9
  }

  /// A worker of this team. On a thread that runs none of its jobs, only where nobody else uses the team.
  package func worker(_ index: Int) -> Worker { Worker(index: index, memory: memories[index]) }

  private func drain(_ body: (Int, Worker) -> Void, worker: Worker) {
    while true {
      let task = nextTask.wrappingAdd(1, ordering: .relaxed).oldValue
      if task >= taskCount { return }
      body(task, worker)
    }
  }

  /// A function of its own, so that the closure is let go before this thread counts as done: `run` must hold it
  /// alone then.
  @inline(never)
  private func takePart(worker: Worker) {
    if let body { drain(body, worker: worker) }
  }

  private func loop(index: Int) {
    var seen = 0
    while true {
      var looks = 0
      while generation.load(ordering: .acquiring) == seen && looks < Self.spins { looks += 1 }
      pthread_mutex_lock(&mutex)
      while generation.load(ordering: .acquiring) == seen { pthread_cond_wait(&wake, &mutex) }
      seen = generation.load(ordering: .acquiring)
      pthread_mutex_unlock(&mutex)
      takePart(worker: worker(index))
      if stillRunning.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
        pthread_mutex_lock(&mutex)
        pthread_cond_signal(&done)
        pthread_mutex_unlock(&mutex)
      }
    }
  }
}

private final class ThreadStart {
  let workers: Workers
  let index: Int
  init(workers: Workers, index: Int) {
    self.workers = workers
    self.index = index
  }
}

extension Workers {
  /// Runs `body` over `0..<total` cut into ranges of `length` (the last may be shorter).
  public func forEachRange(
    of total: Int, length: Int, _ body: (_ range: Range<Int>, _ worker: Worker) -> Void
  ) {
    run((total + length - 1) / length) { task, worker in
      body(task * length..<min(total, (task + 1) * length), worker)
    }
  }
}

extension Workers {
  /// Runs `body` over the rows and columns of y cut into tiles; tiles of the same rows follow each other.
  func forEachTile(
    of y: Matrix, rows: Int, columns: Int,
    _ body: (_ rows: Range<Int>, _ columns: Range<Int>, _ worker: Worker) -> Void
  ) {
    let columnTiles = (y.columns + columns - 1) / columns
    run((y.rows + rows - 1) / rows * columnTiles) { task, worker in
      let (row, column) = (task / columnTiles * rows, task % columnTiles * columns)
      body(row..<min(row + rows, y.rows), column..<min(column + columns, y.columns), worker)
    }
  }
}

extension Workers {
  /// Floats that the tasks of several jobs in a row share. Callers on several threads wait for each other.
  func withSharedScratch(count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
    sharedMemory.withLock { memory in
      memory = memory.withRoom(for: count)
      body(memory.base)
    }
  }
}
