// MPI, as far as processes that train one model together need it: bytes to a partner, and bytes from it. The library is
// loaded where a launcher of MPI started the program: no program needs its headers to be built, nor the library where it
// runs alone. Two binary interfaces are known: Open MPI's, whose handles are addresses, and MPICH's, whose handles are the
// numbers below (also Intel MPI's and Cray MPICH's; mpich.org, "ABI compatibility initiative").
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

struct mpi_functions {
  void *init_thread, *comm_rank, *comm_size, *isend, *irecv, *test, *finalize, *abort;
  // MPI_COMM_WORLD, MPI_BYTE and MPI_STATUS_IGNORE.
  intptr_t world, byte, ignored_status;
};

// A request that is under way: an address in Open MPI, a number in MPICH.
struct mpi_request {
  intptr_t handle;
};

enum { MPI_THREAD_SERIALIZED_LEVEL = 2, MPI_MESSAGE_TAG = 1 };

static inline int mpi_load_from(struct mpi_functions *functions, const char *const *files) {
  void *library = NULL;
  // Open MPI's own plug-ins look its functions up among all that are loaded.
  for (; *files && !library; files++) library = dlopen(*files, RTLD_NOW | RTLD_GLOBAL);
  if (!library) return 0;
  functions->init_thread = dlsym(library, "MPI_Init_thread");
  functions->comm_rank = dlsym(library, "MPI_Comm_rank");
  functions->comm_size = dlsym(library, "MPI_Comm_size");
  functions->isend = dlsym(library, "MPI_Isend");
  functions->irecv = dlsym(library, "MPI_Irecv");
  functions->test = dlsym(library, "MPI_Test");
  functions->finalize = dlsym(library, "MPI_Finalize");
  functions->abort = dlsym(library, "MPI_Abort");
  if (!functions->init_thread || !functions->comm_rank || !functions->comm_size || !functions->isend ||
      !functions->irecv || !functions->test || !functions->finalize || !functions->abort)
    return 0;
  void *world = dlsym(library, "ompi_mpi_comm_world");
  functions->world = world ? (intptr_t)world : 0x44000000;
  functions->byte = world ? (intptr_t)dlsym(library, "ompi_mpi_byte") : 0x4c00010d;
  functions->ignored_status = world ? 0 : 1;
  return functions->byte != 0;
}

// 1 where the library is there and has begun.
static inline int mpi_load(struct mpi_functions *functions, int is_mpich) {
  static const char *const openmpi[] = {"libmpi.so.40", "libmpi.so", NULL};
  static const char *const mpich[] = {"libmpi.so.12", "libmpich.so.12", NULL};
  if (!mpi_load_from(functions, is_mpich ? mpich : openmpi)) return 0;
  int level = 0;
  return ((int (*)(int *, char ***, int, int *))functions->init_thread)(
             NULL, NULL, MPI_THREAD_SERIALIZED_LEVEL, &level) == 0;
}

static inline int mpi_rank(const struct mpi_functions *functions) {
  int rank = 0;
  ((int (*)(intptr_t, int *))functions->comm_rank)(functions->world, &rank);
  return rank;
}

static inline int mpi_size(const struct mpi_functions *functions) {
  int size = 1;
  ((int (*)(intptr_t, int *))functions->comm_size)(functions->world, &size);
  return size;
}

static inline void mpi_send(
    const struct mpi_functions *functions, const void *bytes, int count, int partner, struct mpi_request *request) {
  request->handle = 0;
  ((int (*)(const void *, int, intptr_t, int, int, intptr_t, struct mpi_request *))functions->isend)(
      bytes, count, functions->byte, partner, MPI_MESSAGE_TAG, functions->world, request);
}

static inline void mpi_receive(
    const struct mpi_functions *functions, void *bytes, int count, int partner, struct mpi_request *request) {
  request->handle = 0;
  ((int (*)(void *, int, intptr_t, int, int, intptr_t, struct mpi_request *))functions->irecv)(
      bytes, count, functions->byte, partner, MPI_MESSAGE_TAG, functions->world, request);
}

// Whether a request is done; it makes way for all that are under way.
static inline int mpi_is_done(const struct mpi_functions *functions, struct mpi_request *request) {
  int done = 0;
  ((int (*)(struct mpi_request *, int *, intptr_t))functions->test)(request, &done, functions->ignored_status);
  return done;
}

static inline void mpi_finalize(const struct mpi_functions *functions) { ((int (*)(void))functions->finalize)(); }

static inline void mpi_abort(const struct mpi_functions *functions, int status) {
  ((int (*)(intptr_t, int))functions->abort)(functions->world, status);
}
