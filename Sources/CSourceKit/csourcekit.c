#include "CSourceKit.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>

// As `SourceKit/sourcekitd.h` declares them.
typedef void *object;
typedef void *uid;
typedef struct {
  uint64_t data[3];
} variant;

struct csk_service {
  uid (*uid_get)(const char *);
  const char *(*uid_string)(uid);
  object (*request_from_yaml)(const char *, char **);
  void (*request_release)(object);
  object (*send)(object);
  bool (*is_error)(object);
  void (*dispose)(object);
  variant (*value)(object);
  variant (*member)(variant, uid);
  const char *(*text)(variant, uid);
  int64_t (*number)(variant, uid);
  uid (*uid_member)(variant, uid);
  size_t (*count)(variant);
  variant (*element)(variant, size_t);
};

#define FIND(field, name)                                  \
  do {                                                     \
    *(void **)&service->field = dlsym(library, "sourcekitd_" name); \
    if (service->field == NULL) goto fail;                 \
  } while (0)

csk_service *csk_start(const char *path) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  csk_service *service = calloc(1, sizeof(csk_service));
  if (library == NULL || service == NULL) goto fail;
  FIND(uid_get, "uid_get_from_cstr");
  FIND(uid_string, "uid_get_string_ptr");
  FIND(request_from_yaml, "request_create_from_yaml");
  FIND(request_release, "request_release");
  FIND(send, "send_request_sync");
  FIND(is_error, "response_is_error");
  FIND(dispose, "response_dispose");
  FIND(value, "response_get_value");
  FIND(member, "variant_dictionary_get_value");
  FIND(text, "variant_dictionary_get_string");
  FIND(number, "variant_dictionary_get_int64");
  FIND(uid_member, "variant_dictionary_get_uid");
  FIND(count, "variant_array_get_count");
  FIND(element, "variant_array_get_value");
  void (*initialize)(void);
  *(void **)&initialize = dlsym(library, "sourcekitd_initialize");
  if (initialize == NULL) goto fail;
  initialize();
  return service;
fail:
  free(service);
  return NULL;
}

csk_response *csk_send(const csk_service *service, const char *yaml) {
  object request = service->request_from_yaml(yaml, NULL);
  if (request == NULL) return NULL;
  object response = service->send(request);
  service->request_release(request);
  if (response == NULL || !service->is_error(response)) return response;
  service->dispose(response);
  return NULL;
}

void csk_free(const csk_service *service, csk_response *response) {
  service->dispose(response);
}

static variant results(const csk_service *service, csk_response *response) {
  return service->member(service->value(response), service->uid_get("key.results"));
}

size_t csk_result_count(const csk_service *service, csk_response *response) {
  return service->count(results(service, response));
}

static variant result(const csk_service *service, csk_response *response, size_t index) {
  return service->element(results(service, response), index);
}

const char *csk_result_text(
    const csk_service *service, csk_response *response, size_t index, const char *key) {
  return service->text(result(service, response, index), service->uid_get(key));
}

int64_t csk_result_number(
    const csk_service *service, csk_response *response, size_t index, const char *key) {
  return service->number(result(service, response, index), service->uid_get(key));
}

const char *csk_result_kind(const csk_service *service, csk_response *response, size_t index) {
  uid kind =
      service->uid_member(result(service, response, index), service->uid_get("key.kind"));
  return kind == NULL ? NULL : service->uid_string(kind);
}
