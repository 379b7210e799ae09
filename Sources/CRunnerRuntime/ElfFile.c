#define _GNU_SOURCE
#include "ElfFile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Sections are read, not mapped: a file that is overwritten while it is mapped kills the process.

static const uint64_t section_limit = (uint64_t)1 << 30;

static bool read_at(int descriptor, uint64_t offset, void *buffer, size_t size) {
  size_t done = 0;
  while (done < size) {
    ssize_t got = pread(descriptor, (char *)buffer + done, size - done, (off_t)(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += (size_t)got;
  }
  return true;
}

static bool lies_within(const elf_file *file, uint64_t offset, uint64_t size) {
  return offset <= file->size && size <= file->size - offset;
}

static bool has_headers(
    const elf_file *file, const Elf64_Ehdr *header, const Elf64_Phdr *loaded, size_t count) {
  if (header->e_phentsize != sizeof(Elf64_Phdr) || header->e_phnum != count) return false;
  size_t size = count * sizeof(Elf64_Phdr);
  Elf64_Phdr *own = malloc(size ? size : 1);
  bool same = own && read_at(file->descriptor, header->e_phoff, own, size) &&
              memcmp(own, loaded, size) == 0;
  free(own);
  return same;
}

bool elf_open(elf_file *file, const char *path, const Elf64_Phdr *loaded, size_t count) {
  memset(file, 0, sizeof *file);
  file->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file->descriptor < 0) return false;
  struct stat status;
  Elf64_Ehdr header;
  if (fstat(file->descriptor, &status) != 0 || !S_ISREG(status.st_mode)) goto fail;
  file->size = (uint64_t)status.st_size;
  if (!read_at(file->descriptor, 0, &header, sizeof header)) goto fail;
  if (memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64 ||
      header.e_ident[EI_DATA] != ELFDATA2LSB || header.e_shentsize != sizeof(Elf64_Shdr) ||
      header.e_shnum == 0 || header.e_shstrndx >= header.e_shnum)
    goto fail;
  if (!has_headers(file, &header, loaded, count)) goto fail;

  size_t size = header.e_shnum * sizeof(Elf64_Shdr);
  if (!lies_within(file, header.e_shoff, size)) goto fail;
  file->sections = malloc(size);
  if (!file->sections || !read_at(file->descriptor, header.e_shoff, file->sections, size))
    goto fail;
  file->section_count = header.e_shnum;
  elf_bytes names = elf_copy(file, &file->sections[header.e_shstrndx]);
  if (!names.bytes) goto fail;
  file->names = (char *)names.bytes;
  file->names_size = names.size;
  return true;
fail:
  elf_close(file);
  return false;
}

void elf_close(elf_file *file) {
  free(file->sections);
  free(file->names);
  close(file->descriptor);
  memset(file, 0, sizeof *file);
}

const Elf64_Shdr *elf_section_of_type(const elf_file *file, uint32_t type) {
  for (size_t index = 0; index < file->section_count; index++)
    if (file->sections[index].sh_type == type) return &file->sections[index];
  return NULL;
}

const Elf64_Shdr *elf_section_named(const elf_file *file, const char *name) {
  for (size_t index = 0; index < file->section_count; index++) {
    const Elf64_Shdr *section = &file->sections[index];
    if (section->sh_name < file->names_size && strcmp(file->names + section->sh_name, name) == 0)
      return section;
  }
  return NULL;
}

elf_bytes elf_copy(const elf_file *file, const Elf64_Shdr *section) {
  elf_bytes copy = {NULL, 0};
  if (section->sh_type == SHT_NOBITS || section->sh_flags & SHF_COMPRESSED ||
      section->sh_size > section_limit || !lies_within(file, section->sh_offset, section->sh_size))
    return copy;
  copy.bytes = malloc(section->sh_size + 1);
  if (!copy.bytes) return copy;
  if (!read_at(file->descriptor, section->sh_offset, copy.bytes, section->sh_size)) {
    free(copy.bytes);
    copy.bytes = NULL;
    return copy;
  }
  copy.bytes[section->sh_size] = 0;
  copy.size = section->sh_size;
  return copy;
}
