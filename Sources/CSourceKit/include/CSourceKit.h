#ifndef CSOURCEKIT_H
#define CSOURCEKIT_H

#include <stddef.h>
#include <stdint.h>

/// SourceKit in this process.
typedef struct csk_service csk_service;

/// What it answered to one request.
typedef struct csk_response csk_response;

/// Loads the library and starts the service; NULL when it is no such library. It is never unloaded.
csk_service *csk_start(const char *path);

/// Sends a request, written as YAML, and waits; NULL when it is refused.
csk_response *csk_send(const csk_service *service, const char *yaml);

/// Gives back what `csk_send` returned, and all texts that were taken from it.
void csk_free(const csk_service *service, csk_response *response);

/// How many results a response has.
size_t csk_result_count(const csk_service *service, csk_response *response);

/// A text of a result, such as `key.description`; NULL when it has none.
const char *csk_result_text(
    const csk_service *service, csk_response *response, size_t index, const char *key);

/// A number of a result, 0 when it has none.
int64_t csk_result_number(
    const csk_service *service, csk_response *response, size_t index, const char *key);

/// What a result is: `source.lang.swift.decl.struct`; NULL when it does not say.
const char *csk_result_kind(const csk_service *service, csk_response *response, size_t index);

#endif
