// One ELF file: its sections, copied, every offset checked. Private to this module.
#pragma once

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  int descriptor;
  uint64_t size;
  Elf64_Shdr *sections;
  size_t section_count;
  char *names;
  size_t names_size;
} elf_file;

/// A copy of a section; free `bytes`. One byte more than `size` is there, and is 0.
typedef struct {
  uint8_t *bytes;
  size_t size;
} elf_bytes;

/// Opens the file that was loaded with these program headers; false when it cannot be read or is no
/// longer that file.
bool elf_open(
    elf_file *file, const char *path, const Elf64_Phdr *loaded_headers, size_t loaded_count);
void elf_close(elf_file *file);

/// The section of this type, or with this name; NULL if there is none.
const Elf64_Shdr *elf_section_of_type(const elf_file *file, uint32_t type);
const Elf64_Shdr *elf_section_named(const elf_file *file, const char *name);

/// Copies a section that is not compressed; `bytes` is NULL when it cannot be had.
elf_bytes elf_copy(const elf_file *file, const Elf64_Shdr *section);
