#include "LineTable.h"

#include <stdlib.h>
#include <string.h>

// DWARF's line table is a program for each compilation unit; running it gives rows of address,
// file, line and column. Opening runs all of them once and keeps where each run of ascending
// addresses (a sequence) begins; a question runs one sequence again. Every read is checked against
// the end of what it reads from, and a unit that makes no sense is skipped.

enum {
  op_extended = 0,
  op_copy = 1,
  op_advance_pc,
  op_advance_line,
  op_set_file,
  op_set_column,
  op_negate_statement,
  op_basic_block,
  op_const_add_pc,
  op_fixed_advance_pc,
  op_prologue_end,
  op_epilogue_begin,
  op_set_isa,
  extended_end_sequence = 1,
  extended_set_address = 2,
  content_path = 1,
  content_folder = 2,
  form_block = 0x09,
  form_data1 = 0x0b,
  form_data2 = 0x05,
  form_data4 = 0x06,
  form_data8 = 0x07,
  form_data16 = 0x1e,
  form_string = 0x08,
  form_strp = 0x0e,
  form_line_strp = 0x1f,
  form_udata = 0x0f,
};

/// A place in bytes that ends; once something was not there, everything is 0.
typedef struct {
  const uint8_t *at, *end;
  bool failed;
} reader;

static uint64_t take(reader *from, size_t size) {
  uint64_t value = 0;
  if (from->failed || (size_t)(from->end - from->at) < size) {
    from->failed = true;
    return 0;
  }
  memcpy(&value, from->at, size);
  from->at += size;
  return value;
}

static void skip(reader *from, uint64_t size) {
  if (from->failed || (uint64_t)(from->end - from->at) < size)
    from->failed = true;
  else
    from->at += size;
}

static uint64_t take_unsigned(reader *from) {
  uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    uint64_t byte = take(from, 1);
    if (shift < 64) value |= (byte & 0x7f) << shift;
    if (!(byte & 0x80) || from->failed) return value;
  }
}

static int64_t take_signed(reader *from) {
  uint64_t value = 0;
  unsigned shift = 0;
  uint64_t byte;
  do {
    byte = take(from, 1);
    if (shift < 64) value |= (byte & 0x7f) << shift;
    shift += 7;
  } while (byte & 0x80 && !from->failed);
  if (shift < 64 && byte & 0x40) value |= ~(uint64_t)0 << shift;
  return (int64_t)value;
}

static const char *take_string(reader *from) {
  if (from->failed) return "";
  const uint8_t *end = memchr(from->at, 0, (size_t)(from->end - from->at));
  if (!end) {
    from->failed = true;
    return "";
  }
  const char *string = (const char *)from->at;
  from->at = end + 1;
  return string;
}

typedef struct {
  uint64_t low, high;
  uint64_t unit;     // where the unit's header begins in .debug_line
  uint64_t program;  // where the sequence begins in .debug_line
} sequence;

struct line_table {
  elf_bytes lines, line_strings, strings;
  sequence *sequences;
  size_t count, capacity;
};

typedef struct {
  uint16_t version;
  bool is_64;
  uint8_t address_size, minimum_length, line_range, opcode_base;
  int8_t line_base;
  const uint8_t *lengths;  // of the standard opcodes' operands
  reader folders;          // where the tables of folders and files begin
  reader program;
} unit;

// Reads a unit's header and moves past the unit.
static bool take_unit(reader *from, unit *found) {
  memset(found, 0, sizeof *found);
  uint64_t length = take(from, 4);
  if (length == 0xffffffff) {
    found->is_64 = true;
    length = take(from, 8);
  }
  reader body = *from;
  skip(from, length);
  if (from->failed) return false;
  body.end = from->at;
  found->version = (uint16_t)take(&body, 2);
  found->address_size = 8;
  if (found->version >= 5) {
    found->address_size = (uint8_t)take(&body, 1);
    take(&body, 1);
  }
  uint64_t header = take(&body, found->is_64 ? 8 : 4);
  reader program = body;
  skip(&program, header);
  found->minimum_length = (uint8_t)take(&body, 1);
  if (found->version >= 4) take(&body, 1);
  take(&body, 1);
  found->line_base = (int8_t)take(&body, 1);
  found->line_range = (uint8_t)take(&body, 1);
  found->opcode_base = (uint8_t)take(&body, 1);
  found->lengths = body.at;
  skip(&body, found->opcode_base ? found->opcode_base - 1u : 0);
  found->folders = body;
  found->folders.end = program.failed ? body.at : program.at;
  found->program = program;
  return !body.failed && !program.failed && found->version >= 2 && found->version <= 5 &&
         found->address_size == 8 && found->line_range != 0 && found->opcode_base != 0;
}

typedef struct {
  uint64_t address;
  uint64_t file;
  int64_t line;
  uint64_t column;
} row;

/// Runs a unit's program from one row to the next.
typedef struct {
  const unit *of;
  reader at;
  row row;
} machine;

typedef enum { machine_row, machine_end_of_sequence, machine_stopped } machine_event;

static void reset(machine *run) { run->row = (row){0, 1, 1, 0}; }

static void advance(machine *run, uint64_t operations) {
  run->row.address += operations * run->of->minimum_length;
}

static machine_event next_row(machine *run) {
  const unit *of = run->of;
  while (!run->at.failed && run->at.at < run->at.end) {
    uint8_t op = (uint8_t)take(&run->at, 1);
    if (op >= of->opcode_base) {
      unsigned adjusted = op - of->opcode_base;
      advance(run, adjusted / of->line_range);
      run->row.line += of->line_base + (int)(adjusted % of->line_range);
      return machine_row;
    }
    switch (op) {
      case op_extended: {
        uint64_t length = take_unsigned(&run->at);
        reader operand = run->at;
        skip(&run->at, length);
        if (run->at.failed || length == 0) return machine_stopped;
        operand.end = run->at.at;
        switch (take(&operand, 1)) {
          case extended_end_sequence: return machine_end_of_sequence;
          case extended_set_address: run->row.address = take(&operand, 8); break;
          default: break;
        }
        break;
      }
      case op_copy: return machine_row;
      case op_advance_pc: advance(run, take_unsigned(&run->at)); break;
      case op_advance_line: run->row.line += take_signed(&run->at); break;
      case op_set_file: run->row.file = take_unsigned(&run->at); break;
      case op_set_column: run->row.column = take_unsigned(&run->at); break;
      case op_const_add_pc: advance(run, (255u - of->opcode_base) / of->line_range); break;
      case op_fixed_advance_pc: run->row.address += take(&run->at, 2); break;
      case op_negate_statement:
      case op_basic_block:
      case op_prologue_end:
      case op_epilogue_begin: break;
      default:
        for (uint8_t operand = 0; operand < of->lengths[op - 1]; operand++)
          take_unsigned(&run->at);
        break;
    }
  }
  return machine_stopped;
}

static bool add_sequence(line_table *table, sequence added) {
  if (table->count == table->capacity) {
    size_t capacity = table->capacity ? table->capacity * 2 : 256;
    sequence *grown = realloc(table->sequences, capacity * sizeof *grown);
    if (!grown) return false;
    table->sequences = grown;
    table->capacity = capacity;
  }
  table->sequences[table->count++] = added;
  return true;
}

static bool add_unit(line_table *table, const unit *of, uint64_t offset) {
  machine run = {of, of->program, {0, 1, 1, 0}};
  sequence current = {UINT64_MAX, 0, offset, (uint64_t)(run.at.at - table->lines.bytes)};
  while (true) {
    switch (next_row(&run)) {
      case machine_row:
        if (run.row.address < current.low) current.low = run.row.address;
        break;
      case machine_end_of_sequence:
        current.high = run.row.address;
        // Code that the linker dropped begins at 0.
        if (current.low != 0 && current.low < current.high && !add_sequence(table, current))
          return false;
        reset(&run);
        current = (sequence){
            UINT64_MAX, 0, offset, (uint64_t)(run.at.at - table->lines.bytes)};
        break;
      case machine_stopped: return true;
    }
  }
}

static int by_low(const void *left, const void *right) {
  const sequence *a = left, *b = right;
  return a->low < b->low ? -1 : a->low > b->low;
}

static elf_bytes section(const elf_file *file, const char *name) {
  const Elf64_Shdr *found = elf_section_named(file, name);
  return found ? elf_copy(file, found) : (elf_bytes){NULL, 0};
}

line_table *line_table_open(const elf_file *file) {
  line_table *table = calloc(1, sizeof *table);
  if (!table) return NULL;
  table->lines = section(file, ".debug_line");
  if (!table->lines.bytes) {
    free(table);
    return NULL;
  }
  table->line_strings = section(file, ".debug_line_str");
  table->strings = section(file, ".debug_str");
  reader all = {table->lines.bytes, table->lines.bytes + table->lines.size, false};
  while (!all.failed && all.at < all.end) {
    uint64_t offset = (uint64_t)(all.at - table->lines.bytes);
    unit found;
    if (take_unit(&all, &found) && !add_unit(table, &found, offset)) break;
  }
  qsort(table->sequences, table->count, sizeof *table->sequences, by_low);
  return table;
}

// MARK: Names of files

static const char *string_at(elf_bytes strings, uint64_t offset) {
  return strings.bytes && offset < strings.size ? (const char *)strings.bytes + offset : "";
}

typedef struct {
  const char *path;
  uint64_t folder;
} entry;

// Reads a table of version 5, and one entry of it.
static bool take_entry_5(
    const line_table *table, const unit *of, reader *from, uint64_t wanted, entry *found) {
  uint8_t format_count = (uint8_t)take(from, 1);
  uint64_t formats[16][2];
  if (format_count > 16) return false;
  for (uint8_t index = 0; index < format_count; index++) {
    formats[index][0] = take_unsigned(from);
    formats[index][1] = take_unsigned(from);
  }
  uint64_t count = take_unsigned(from);
  bool has_found = false;
  for (uint64_t index = 0; index < count && !from->failed; index++) {
    entry current = {"", 0};
    for (uint8_t part = 0; part < format_count; part++) {
      const char *text = "";
      uint64_t number = 0;
      switch (formats[part][1]) {
        case form_string: text = take_string(from); break;
        case form_line_strp:
          text = string_at(table->line_strings, take(from, of->is_64 ? 8 : 4));
          break;
        case form_strp: text = string_at(table->strings, take(from, of->is_64 ? 8 : 4)); break;
        case form_udata: number = take_unsigned(from); break;
        case form_data1: number = take(from, 1); break;
        case form_data2: number = take(from, 2); break;
        case form_data4: number = take(from, 4); break;
        case form_data8: number = take(from, 8); break;
        case form_data16: skip(from, 16); break;
        case form_block: skip(from, take_unsigned(from)); break;
        default: return false;
      }
      if (formats[part][0] == content_path) current.path = text;
      if (formats[part][0] == content_folder) current.folder = number;
    }
    if (index == wanted) {
      *found = current;
      has_found = true;
    }
  }
  return has_found && !from->failed;
}

static bool find_file_5(
    const line_table *table, const unit *of, uint64_t file, const char **folder, entry *found) {
  reader folders = of->folders, files = of->folders;
  entry ignored;
  // No entry has this number; the table of folders is only passed.
  take_entry_5(table, of, &files, UINT64_MAX, &ignored);
  if (!take_entry_5(table, of, &files, file, found)) return false;
  entry place;
  *folder = take_entry_5(table, of, &folders, found->folder, &place) ? place.path : NULL;
  return true;
}

static bool find_file_4(const unit *of, uint64_t file, const char **folder, entry *found) {
  reader from = of->folders;
  while (!from.failed && *take_string(&from) != 0) {}
  bool has_found = false;
  for (uint64_t index = 1; !from.failed && !has_found; index++) {
    const char *path = take_string(&from);
    if (*path == 0) return false;
    uint64_t place = take_unsigned(&from);
    take_unsigned(&from);
    take_unsigned(&from);
    if (index == file) {
      *found = (entry){path, place};
      has_found = true;
    }
  }
  if (!has_found || from.failed) return false;
  *folder = NULL;
  reader folders = of->folders;
  for (uint64_t index = 1; index <= found->folder; index++) {
    const char *path = take_string(&folders);
    if (*path == 0) break;
    if (index == found->folder) *folder = path;
  }
  return true;
}

static bool name_line(
    const line_table *table, const unit *of, const row *at, runner_line *line) {
  entry found = {"", 0};
  const char *folder = NULL;
  bool is_known = of->version >= 5 ? find_file_5(table, of, at->file, &folder, &found)
                                   : find_file_4(of, at->file, &folder, &found);
  if (!is_known || *found.path == 0 || found.path[0] == '<') return false;
  line->folder = found.path[0] == '/' ? NULL : folder;
  line->file = found.path;
  line->line = (uint32_t)at->line;
  line->column = at->column > UINT32_MAX ? 0 : (uint32_t)at->column;
  return true;
}

// MARK: Questions

static bool find_in_sequence(
    line_table *table, const sequence *within, uint64_t address, uint64_t end,
    runner_line *line) {
  reader from = {
      table->lines.bytes + within->unit, table->lines.bytes + table->lines.size, false};
  unit of;
  if (!take_unit(&from, &of)) return false;
  machine run = {&of, of.program, {0, 1, 1, 0}};
  run.at.at = table->lines.bytes + within->program;
  // A row holds up to the next one's address; of rows with one address, the last one holds.
  row last = {0, 0, 0, 0};
  while (true) {
    machine_event event = next_row(&run);
    if (event == machine_stopped) return false;
    bool covers = last.line > 0 && run.row.address > address && last.address < run.row.address;
    if (covers && last.line <= UINT32_MAX && name_line(table, &of, &last, line)) return true;
    if (event == machine_end_of_sequence || run.row.address >= end) return false;
    last = run.row;
  }
}

bool line_table_find(line_table *table, uint64_t address, uint64_t end, runner_line *line) {
  size_t low = 0, high = table->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (table->sequences[middle].low <= address)
      low = middle + 1;
    else
      high = middle;
  }
  // Sequences do not overlap, but for the empty ends of some.
  for (size_t tries = 0; low > 0 && tries < 4; tries++, low--) {
    const sequence *candidate = &table->sequences[low - 1];
    if (address < candidate->high && find_in_sequence(table, candidate, address, end, line))
      return true;
  }
  return false;
}
