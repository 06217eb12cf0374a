// libcurl, as far as requests to a server need it. It is loaded when one is sent: no program needs its headers to be
// built, nor the library where no server is asked. Names and numbers are those of curl/curl.h, which are its binary
// interface and stay as they are. It is C because Swift cannot call functions with variable arguments.
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

enum {
  CURLOPT_TIMEOUT_MS = 155,
  CURLOPT_NOPROGRESS = 43,
  CURLOPT_NOSIGNAL = 99,
  CURLOPT_POST = 47,
  CURLOPT_PROTOCOLS = 181,
  CURLOPT_WRITEDATA = 10001,
  CURLOPT_URL = 10002,
  CURLOPT_POSTFIELDS = 10015,
  CURLOPT_HTTPHEADER = 10023,
  CURLOPT_HEADERDATA = 10029,
  CURLOPT_XFERINFODATA = 10057,
  CURLOPT_ACCEPT_ENCODING = 10102,
  CURLOPT_WRITEFUNCTION = 20011,
  CURLOPT_HEADERFUNCTION = 20079,
  CURLOPT_XFERINFOFUNCTION = 20219,
  CURLOPT_MAXFILESIZE_LARGE = 30117,
  CURLOPT_POSTFIELDSIZE_LARGE = 30120,
  CURLINFO_RESPONSE_CODE = 0x200002,
  CURLPROTO_HTTP_AND_HTTPS = 3,
  CURL_GLOBAL_DEFAULT = 3,
};

typedef size_t (*curl_data_callback)(char *data, size_t size, size_t count, void *context);
typedef int (*curl_progress_callback)(
    void *context, int64_t downloadTotal, int64_t downloaded, int64_t uploadTotal, int64_t uploaded);

struct curl_functions {
  void *global_init, *easy_init, *easy_setopt, *easy_perform, *easy_getinfo, *easy_reset, *easy_cleanup,
      *slist_append, *slist_free_all;
};

// 1 where the library is there; it is made ready for use by several threads.
static inline int curl_load(struct curl_functions *functions) {
  static const char *const files[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.so"};
  void *library = NULL;
  for (size_t index = 0; index < sizeof files / sizeof *files && !library; index++)
    library = dlopen(files[index], RTLD_NOW | RTLD_LOCAL);
  if (!library) return 0;
  functions->global_init = dlsym(library, "curl_global_init");
  functions->easy_init = dlsym(library, "curl_easy_init");
  functions->easy_setopt = dlsym(library, "curl_easy_setopt");
  functions->easy_perform = dlsym(library, "curl_easy_perform");
  functions->easy_getinfo = dlsym(library, "curl_easy_getinfo");
  functions->easy_reset = dlsym(library, "curl_easy_reset");
  functions->easy_cleanup = dlsym(library, "curl_easy_cleanup");
  functions->slist_append = dlsym(library, "curl_slist_append");
  functions->slist_free_all = dlsym(library, "curl_slist_free_all");
  if (!functions->global_init || !functions->easy_init || !functions->easy_setopt || !functions->easy_perform ||
      !functions->easy_getinfo || !functions->easy_reset || !functions->easy_cleanup || !functions->slist_append ||
      !functions->slist_free_all)
    return 0;
  return ((int (*)(long))functions->global_init)(CURL_GLOBAL_DEFAULT) == 0;
}

static inline void *curl_handle(const struct curl_functions *functions) {
  return ((void *(*)(void))functions->easy_init)();
}

static inline void curl_reset(const struct curl_functions *functions, void *handle) {
  ((void (*)(void *))functions->easy_reset)(handle);
}

static inline void curl_free(const struct curl_functions *functions, void *handle) {
  ((void (*)(void *))functions->easy_cleanup)(handle);
}

static inline int curl_set_number(const struct curl_functions *functions, void *handle, int option, long value) {
  return ((int (*)(void *, int, ...))functions->easy_setopt)(handle, option, value);
}

static inline int curl_set_size(const struct curl_functions *functions, void *handle, int option, int64_t value) {
  return ((int (*)(void *, int, ...))functions->easy_setopt)(handle, option, value);
}

static inline int curl_set_pointer(
    const struct curl_functions *functions, void *handle, int option, const void *value) {
  return ((int (*)(void *, int, ...))functions->easy_setopt)(handle, option, value);
}

static inline int curl_set_data_callback(
    const struct curl_functions *functions, void *handle, int option, curl_data_callback callback) {
  return ((int (*)(void *, int, ...))functions->easy_setopt)(handle, option, callback);
}

static inline int curl_set_progress_callback(
    const struct curl_functions *functions, void *handle, int option, curl_progress_callback callback) {
  return ((int (*)(void *, int, ...))functions->easy_setopt)(handle, option, callback);
}

static inline int curl_perform(const struct curl_functions *functions, void *handle) {
  return ((int (*)(void *))functions->easy_perform)(handle);
}

static inline long curl_response_code(const struct curl_functions *functions, void *handle) {
  long code = 0;
  ((int (*)(void *, int, ...))functions->easy_getinfo)(handle, CURLINFO_RESPONSE_CODE, &code);
  return code;
}

static inline void *curl_list_append(const struct curl_functions *functions, void *list, const char *text) {
  return ((void *(*)(void *, const char *))functions->slist_append)(list, text);
}

static inline void curl_list_free(const struct curl_functions *functions, void *list) {
  ((void (*)(void *))functions->slist_free_all)(list);
}
