// Versions 2 and 3 of oneDNN's C interface as one, which is near to that of version 3: how a matrix lies in memory is a handle, and a
// primitive is described in one call.
#include <oneapi/dnnl/dnnl.h>
#include <stdlib.h>

#if DNNL_VERSION_MAJOR >= 3
typedef const_dnnl_memory_desc_t onednn_layout;
#else
typedef const dnnl_memory_desc_t *onednn_layout;
#endif

// Takes what was made by one of the next three.
static inline void onednn_layout_destroy(onednn_layout layout) {
#if DNNL_VERSION_MAJOR >= 3
    dnnl_memory_desc_destroy((dnnl_memory_desc_t)layout);
#else
    free((void *)layout);
#endif
}

// All three return NULL where the library refuses.
static inline onednn_layout onednn_layout_copy(onednn_layout source) {
#if DNNL_VERSION_MAJOR >= 3
    dnnl_memory_desc_t layout;
    return dnnl_memory_desc_clone(&layout, source) == dnnl_success ? layout : NULL;
#else
    dnnl_memory_desc_t *layout = malloc(sizeof *layout);
    if (layout) *layout = *source;
    return layout;
#endif
}

static inline onednn_layout onednn_layout_of_strides(
    dnnl_data_type_t type, int64_t rows, int64_t columns, int64_t row_stride, int64_t column_stride) {
    dnnl_dims_t sizes = {rows, columns};
    dnnl_dims_t strides = {row_stride, column_stride};
    dnnl_memory_desc_t layout;
#if DNNL_VERSION_MAJOR >= 3
    return dnnl_memory_desc_create_with_strides(&layout, 2, sizes, type, strides) == dnnl_success ? layout : NULL;
#else
    if (dnnl_memory_desc_init_by_strides(&layout, 2, sizes, type, strides) != dnnl_success) return NULL;
    return onednn_layout_copy(&layout);
#endif
}

// The library chooses.
static inline onednn_layout onednn_layout_of_any(dnnl_data_type_t type, int64_t rows, int64_t columns) {
    dnnl_dims_t sizes = {rows, columns};
    dnnl_memory_desc_t layout;
#if DNNL_VERSION_MAJOR >= 3
    return dnnl_memory_desc_create_with_tag(&layout, 2, sizes, type, dnnl_format_tag_any) == dnnl_success ? layout : NULL;
#else
    if (dnnl_memory_desc_init_by_tag(&layout, 2, sizes, type, dnnl_format_tag_any) != dnnl_success) return NULL;
    return onednn_layout_copy(&layout);
#endif
}

static inline dnnl_status_t onednn_describe_product(
    dnnl_primitive_desc_t *description, dnnl_engine_t engine, onednn_layout left, onednn_layout right, onednn_layout result,
    const_dnnl_primitive_attr_t attributes) {
#if DNNL_VERSION_MAJOR >= 3
    return dnnl_matmul_primitive_desc_create(description, engine, left, right, NULL, result, attributes);
#else
    dnnl_matmul_desc_t product;
    dnnl_status_t status = dnnl_matmul_desc_init(&product, left, right, NULL, result);
    return status == dnnl_success ? dnnl_primitive_desc_create(description, &product, attributes, engine, NULL) : status;
#endif
}

// Adds the result to what is there.
static inline dnnl_status_t onednn_append_sum(dnnl_post_ops_t operations) {
#if DNNL_VERSION_MAJOR >= 3
    return dnnl_post_ops_append_sum(operations, 1, 0, dnnl_data_type_undef);
#else
    return dnnl_post_ops_append_sum(operations, 1);
#endif
}
