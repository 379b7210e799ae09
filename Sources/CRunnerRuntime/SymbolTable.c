#define _GNU_SOURCE
#include "SymbolTable.h"

#include <link.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "ElfFile.h"
#include "GuardedMemory.h"
#include "LineTable.h"

extern char *swift_demangle(
    const char *name, size_t length, char *buffer, size_t *size, uint32_t flags)
    __attribute__((weak));

enum { header_limit = 64, object_limit = 16384 };

typedef struct {
  uint64_t address;
  uint32_t size, name;
} function;

/// A loaded file. It stays here when it is unloaded: others keep its names.
typedef struct {
  char *path;
  uintptr_t base, low, high;
  Elf64_Phdr headers[header_limit];
  size_t header_count;
  bool is_loaded, has_symbols_read, has_lines_read;
  function *functions;
  size_t function_count;
  /// Globals that may hold a TaskLocal object.
  function *task_locals;
  size_t task_local_count;
  elf_bytes strings;
  line_table *lines;
} object;

// All of this is touched only with the lock.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static object **objects;
static size_t object_count;
static unsigned long long seen_adds, seen_subs;

// MARK: Which files are loaded

static int note_counts(struct dl_phdr_info *info, size_t size, void *context) {
  (void)size;
  unsigned long long *counts = context;
  counts[0] = info->dlpi_adds;
  counts[1] = info->dlpi_subs;
  return 1;
}

static bool is_same(const object *known, const struct dl_phdr_info *info) {
  const char *path = info->dlpi_name && *info->dlpi_name ? info->dlpi_name : "/proc/self/exe";
  return known->base == info->dlpi_addr && known->header_count == info->dlpi_phnum &&
         strcmp(known->path, path) == 0 &&
         memcmp(known->headers, info->dlpi_phdr, known->header_count * sizeof(Elf64_Phdr)) == 0;
}

static int note_object(struct dl_phdr_info *info, size_t size, void *context) {
  (void)size, (void)context;
  for (size_t index = 0; index < object_count; index++) {
    if (is_same(objects[index], info)) {
      objects[index]->is_loaded = true;
      return 0;
    }
  }
  if (object_count >= object_limit || info->dlpi_phnum > header_limit) return 0;
  object **grown = realloc(objects, (object_count + 1) * sizeof *objects);
  if (!grown) return 0;
  objects = grown;
  object *added = calloc(1, sizeof *added);
  if (!added) return 0;
  added->path =
      strdup(info->dlpi_name && *info->dlpi_name ? info->dlpi_name : "/proc/self/exe");
  if (!added->path) {
    free(added);
    return 0;
  }
  added->base = info->dlpi_addr;
  added->low = UINTPTR_MAX;
  added->header_count = info->dlpi_phnum;
  memcpy(added->headers, info->dlpi_phdr, info->dlpi_phnum * sizeof(Elf64_Phdr));
  for (size_t index = 0; index < added->header_count; index++) {
    const Elf64_Phdr *header = &added->headers[index];
    if (header->p_type != PT_LOAD) continue;
    uintptr_t start = added->base + header->p_vaddr, end = start + header->p_memsz;
    if (start < added->low) added->low = start;
    if (end > added->high) added->high = end;
  }
  added->is_loaded = true;
  objects[object_count++] = added;
  return 0;
}

static void refresh(void) {
  unsigned long long counts[2] = {0, 0};
  dl_iterate_phdr(note_counts, counts);
  if (objects && counts[0] == seen_adds && counts[1] == seen_subs) return;
  for (size_t index = 0; index < object_count; index++) objects[index]->is_loaded = false;
  dl_iterate_phdr(note_object, NULL);
  seen_adds = counts[0];
  seen_subs = counts[1];
}

static bool has_code(const object *candidate, uintptr_t address) {
  if (address < candidate->low || address >= candidate->high) return false;
  for (size_t index = 0; index < candidate->header_count; index++) {
    const Elf64_Phdr *header = &candidate->headers[index];
    uintptr_t start = candidate->base + header->p_vaddr;
    if (header->p_type == PT_LOAD && header->p_flags & PF_X && address >= start &&
        address - start < header->p_memsz)
      return true;
  }
  return false;
}

static object *object_with(uintptr_t address) {
  for (size_t index = 0; index < object_count; index++)
    if (objects[index]->is_loaded && has_code(objects[index], address)) return objects[index];
  return NULL;
}

/// Opens the file of an object; the kernel's own has none.
static bool open_file(const object *owner, elf_file *file) {
  return strchr(owner->path, '/') &&
         elf_open(file, owner->path, owner->headers, owner->header_count);
}

// MARK: Their symbols

static int by_address(const void *left, const void *right) {
  const function *a = left, *b = right;
  return a->address < b->address ? -1 : a->address > b->address;
}

// AddressSanitizer makes globals larger than what they hold.
static bool may_hold_task_local(const Elf64_Sym *symbol, const char *name) {
  return ELF64_ST_TYPE(symbol->st_info) == STT_OBJECT && symbol->st_size >= sizeof(uintptr_t) &&
         strstr(name, "s9TaskLocalCy") != NULL;
}

static void take_symbols(object *owner, const Elf64_Sym *symbols, size_t count) {
  owner->functions = malloc((count + 1) * sizeof(function));
  owner->task_locals = NULL;
  if (!owner->functions) return;
  const char *strings = (const char *)owner->strings.bytes;
  for (size_t index = 0; index < count; index++) {
    const Elf64_Sym *symbol = &symbols[index];
    if (symbol->st_value == 0 || symbol->st_shndx == SHN_UNDEF ||
        symbol->st_name >= owner->strings.size)
      continue;
    uint32_t size = symbol->st_size > UINT32_MAX ? UINT32_MAX : (uint32_t)symbol->st_size;
    function entry = {symbol->st_value, size, symbol->st_name};
    if (ELF64_ST_TYPE(symbol->st_info) == STT_FUNC) {
      owner->functions[owner->function_count++] = entry;
    } else if (may_hold_task_local(symbol, strings + symbol->st_name)) {
      function *grown =
          realloc(owner->task_locals, (owner->task_local_count + 1) * sizeof(function));
      if (!grown) continue;
      owner->task_locals = grown;
      owner->task_locals[owner->task_local_count++] = entry;
    }
  }
  qsort(owner->functions, owner->function_count, sizeof(function), by_address);
}

static void read_symbols(object *owner) {
  if (owner->has_symbols_read) return;
  owner->has_symbols_read = true;
  elf_file file;
  if (!open_file(owner, &file)) return;
  const Elf64_Shdr *section = elf_section_of_type(&file, SHT_SYMTAB);
  if (!section) section = elf_section_of_type(&file, SHT_DYNSYM);
  if (section && section->sh_link < file.section_count) {
    elf_bytes symbols = elf_copy(&file, section);
    owner->strings = elf_copy(&file, &file.sections[section->sh_link]);
    if (symbols.bytes && owner->strings.bytes)
      take_symbols(
          owner, (const Elf64_Sym *)(const void *)symbols.bytes, symbols.size / sizeof(Elf64_Sym));
    free(symbols.bytes);
  }
  elf_close(&file);
}

static const function *function_at(const object *owner, uint64_t address) {
  size_t low = 0, high = owner->function_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (owner->functions[middle].address <= address)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == 0) return NULL;
  const function *found = &owner->functions[low - 1];
  if (found->size == 0) return found;
  return address - found->address < found->size ? found : NULL;
}

bool runner_symbol_find(uintptr_t address, runner_symbol *symbol) {
  memset(symbol, 0, sizeof *symbol);
  pthread_mutex_lock(&lock);
  refresh();
  object *owner = object_with(address);
  if (owner) {
    read_symbols(owner);
    symbol->object = owner->path;
    symbol->object_base = owner->base;
    const function *found = function_at(owner, address - owner->base);
    if (found) {
      symbol->name = (const char *)owner->strings.bytes + found->name;
      symbol->start = owner->base + found->address;
      symbol->size = found->size;
    }
  }
  pthread_mutex_unlock(&lock);
  return owner != NULL;
}

static bool holds(uintptr_t variable, uintptr_t value) {
  uintptr_t held;
  return runner_memory_read(runner_memory_guarded, variable, &held, sizeof held) && held == value;
}

const char *runner_symbol_of_task_local(uintptr_t key) {
  const char *name = NULL;
  pthread_mutex_lock(&lock);
  refresh();
  for (size_t index = 0; index < object_count && !name; index++) {
    object *owner = objects[index];
    if (!owner->is_loaded) continue;
    read_symbols(owner);
    for (size_t entry = 0; entry < owner->task_local_count && !name; entry++)
      if (holds(owner->base + owner->task_locals[entry].address, key))
        name = (const char *)owner->strings.bytes + owner->task_locals[entry].name;
  }
  pthread_mutex_unlock(&lock);
  return name;
}

uint64_t runner_symbol_generation(void) {
  unsigned long long counts[2] = {0, 0};
  dl_iterate_phdr(note_counts, counts);
  return counts[1];
}

bool runner_is_code(uintptr_t address) {
  pthread_mutex_lock(&lock);
  refresh();
  bool is_code = object_with(address) != NULL;
  pthread_mutex_unlock(&lock);
  return is_code;
}

char *runner_demangle(const char *name) {
  return swift_demangle ? swift_demangle(name, strlen(name), NULL, NULL, 0) : NULL;
}

// MARK: Their lines

bool runner_line_find(uintptr_t address, runner_line *line) {
  bool is_found = false;
  pthread_mutex_lock(&lock);
  refresh();
  object *owner = object_with(address);
  if (owner) {
    read_symbols(owner);
    if (!owner->has_lines_read) {
      owner->has_lines_read = true;
      elf_file file;
      if (open_file(owner, &file)) {
        owner->lines = line_table_open(&file);
        elf_close(&file);
      }
    }
    uint64_t own = address - owner->base;
    const function *found = function_at(owner, own);
    uint64_t end = found && found->size ? found->address + found->size : own + 1;
    is_found = owner->lines && line_table_find(owner->lines, own, end, line);
  }
  pthread_mutex_unlock(&lock);
  return is_found;
}
