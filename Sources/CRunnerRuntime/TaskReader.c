#include "TaskReader.h"

#include <string.h>

enum {
  head_limit = 256,
  record_size = 32,
  dependency_size = 40,
  record_limit = 1024,
  child_limit = 1 << 20,
  item_limit = 4096,
  attempts = 4,
};

// What a status record is; the runtime's numbers.
enum {
  record_child = 1,
  record_group = 2,
  record_cancellation_handler = 3,
  record_executor = 5,
  record_name = 6,
};

/// Finds out whether a list comes back to itself: Brent's way, one comparison a step.
typedef struct {
  uintptr_t mark;
  uint32_t steps, next_mark;
} cycle_watch;

static bool comes_back(cycle_watch *watch, uintptr_t node) {
  if (watch->mark == node) return true;
  if (watch->steps++ >= watch->next_mark) {
    watch->mark = node;
    watch->next_mark = watch->next_mark * 2 + 1;
    watch->steps = 0;
  }
  return false;
}

static uint32_t u32_at(const unsigned char *bytes, size_t offset) {
  uint32_t value;
  memcpy(&value, bytes + offset, sizeof value);
  return value;
}

static uintptr_t word_at(const unsigned char *bytes, size_t offset) {
  uintptr_t value;
  memcpy(&value, bytes + offset, sizeof value);
  return value;
}

static bool read_word(runner_memory memory, uintptr_t address, uintptr_t *word) {
  return runner_memory_read(memory, address, word, sizeof *word);
}

// Copies what every task has into a cleared buffer and says whether it is a task's.
static bool read_head(
    const runner_task_layout *layout, runner_memory memory, uintptr_t task, unsigned char *head) {
  memset(head, 0, head_limit);
  if (task == 0 || task % sizeof(uintptr_t) != 0 || layout->size > head_limit - 32) return false;
  if (!runner_memory_read(memory, task, head, layout->size)) return false;
  uint32_t flags = u32_at(head, layout->job_flags);
  if (word_at(head, 0) != runner_task_metadata() || (flags & runner_job_kind_mask) != 0)
    return false;
  if (!(flags & runner_job_child)) return true;
  size_t more = flags & runner_job_group_child ? 24 : 16;
  return runner_memory_read(memory, task + layout->size, head + layout->size, more);
}

static void read_children(
    const runner_task_layout *layout, runner_memory memory, uintptr_t first,
    runner_task_record *record, uintptr_t *children, uint32_t capacity) {
  cycle_watch watch = {0, 0, 0};
  for (uintptr_t child = first; child != 0;) {
    if (record->child_count >= child_limit || comes_back(&watch, child)) {
      record->is_cut = true;
      return;
    }
    if (children && record->child_count < capacity) children[record->child_count] = child;
    record->child_count++;
    uintptr_t next;
    if (!read_word(memory, child + layout->child_next, &next)) {
      record->is_cut = true;
      return;
    }
    child = next;
  }
}

static void read_records(
    const runner_task_layout *layout, runner_memory memory, uintptr_t first,
    runner_task_record *record, uintptr_t *children, uint32_t capacity) {
  cycle_watch watch = {0, 0, 0};
  uint32_t count = 0;
  for (uintptr_t address = first; address != 0;) {
    unsigned char bytes[64] = {0};
    if (count++ >= record_limit || comes_back(&watch, address) ||
        !runner_memory_read(memory, address, bytes, record_size)) {
      record->is_cut = true;
      return;
    }
    uintptr_t payload = word_at(bytes, layout->record_payload);
    switch (bytes[0]) {
      case record_child:
      case record_group:
        read_children(layout, memory, payload, record, children, capacity);
        break;
      case record_cancellation_handler: record->cancellation_handlers++; break;
      case record_executor:
        if (record->preferred_executor == 0)
          record->preferred_executor = word_at(bytes, layout->record_executor);
        break;
      case record_name:
        record->has_name = true;
        record->name_length = (uint32_t)runner_memory_read_text(
            memory, payload, record->name, runner_task_name_limit);
        break;
      default: break;
    }
    address = word_at(bytes, layout->record_next);
  }
}

static void read_dependency(
    const runner_task_layout *layout, runner_memory memory, uintptr_t dependency,
    runner_task_record *record) {
  unsigned char bytes[64] = {0};
  if (dependency == 0 || !runner_memory_read(memory, dependency, bytes, dependency_size)) return;
  record->dependency = word_at(bytes, layout->dependency_object);
  record->dependency_kind = u32_at(bytes, layout->dependency_kind);
  if (record->dependency_kind > runner_dependency_executor)
    record->dependency_kind = runner_dependency_none;
}

static void add_frame(runner_task_record *record, uintptr_t function) {
  if (function != 0) record->frames[record->frame_count++] = function;
}

static void read_frames(
    runner_memory memory, uintptr_t function, uintptr_t context, runner_task_record *record) {
  uintptr_t resumed = function;
  if (function == 0) record->is_cut = true;
  switch (runner_resume_adapter(function)) {
    case 1: read_word(memory, context - 24, &resumed); break;
    case 2: read_word(memory, context + 8, &resumed); break;
    default: break;
  }
  add_frame(record, resumed);
  cycle_watch watch = {0, 0, 0};
  uintptr_t first = context;
  while (context != 0) {
    uintptr_t words[2];
    if (record->frame_count >= runner_task_frame_limit || context % sizeof words[0] != 0 ||
        comes_back(&watch, context) ||
        !runner_memory_read(memory, context, words, sizeof words)) {
      record->is_cut = true;
      return;
    }
    // A continuation's context names the function that the task resumes in once more.
    bool is_repeated = record->frame_count == 1 && words[1] == resumed;
    if (!is_repeated || context != first) add_frame(record, words[1]);
    context = words[0];
  }
}

// One attempt; what it returns is true when there is a task.
static bool read_once(
    const runner_task_layout *layout, runner_memory memory, uintptr_t task,
    bool wants_frames, runner_task_record *record, uintptr_t *children, uint32_t capacity) {
  unsigned char head[head_limit];
  if (!read_head(layout, memory, task, head)) return false;
  // Names and frames are long, and say themselves how much of them holds.
  memset(record, 0, offsetof(runner_task_record, name));
  record->name_length = record->frame_count = record->child_count = 0;
  record->dependency_kind = runner_dependency_none;
  record->dependency = record->preferred_executor = 0;
  record->cancellation_handlers = 0;
  record->is_cut = record->is_torn = false;

  record->id = (uint64_t)u32_at(head, layout->id_high) << 32 | u32_at(head, layout->id_low);
  record->job_flags = u32_at(head, layout->job_flags);
  record->status_flags = u32_at(head, layout->status_flags);
  record->base_priority = head[layout->base_priority];
  if (record->job_flags & runner_job_child) {
    record->parent = word_at(head, layout->child_parent);
    if (record->job_flags & runner_job_group_child)
      record->group = word_at(head, layout->child_group);
  }
  read_records(
      layout, memory, word_at(head, layout->status_records), record, children, capacity);
  if (record->status_flags & runner_task_has_dependency)
    read_dependency(layout, memory, word_at(head, layout->dependency), record);
  if (wants_frames && !(record->status_flags & (runner_task_running | runner_task_complete)))
    read_frames(
        memory, word_at(head, layout->resume_function), word_at(head, layout->resume_context),
        record);

  if (memory == runner_memory_direct) return true;
  unsigned char after[head_limit];
  if (!read_head(layout, memory, task, after)) return false;
  record->is_torn = memcmp(head, after, head_limit) != 0;
  return true;
}

bool runner_task_read(
    const runner_task_layout *layout, runner_memory memory, uintptr_t task,
    bool wants_frames, runner_task_record *record, uintptr_t *children, uint32_t capacity) {
  for (int attempt = 0; attempt < attempts; attempt++) {
    if (!read_once(layout, memory, task, wants_frames, record, children, capacity))
      return false;
    if (!record->is_torn) return true;
  }
  return true;
}

bool runner_task_has_children(const runner_task_layout *layout, uintptr_t task) {
  if (task == 0 || task % sizeof(uintptr_t) != 0) return false;
  // Not copied, as elsewhere: nobody changes it now, and this is asked of each task of a listing.
  const unsigned char *head = (const unsigned char *)task;
  if (word_at(head, 0) != runner_task_metadata()) return false;
  if ((u32_at(head, layout->job_flags) & runner_job_kind_mask) != 0) return false;
  uint32_t count = 0;
  for (uintptr_t address = word_at(head, layout->status_records); address != 0;) {
    const unsigned char *record = (const unsigned char *)address;
    // An empty group has a record too; whoever looks closer finds that it is empty.
    if (record[0] == record_child || record[0] == record_group) return true;
    if (count++ >= record_limit) return true;
    address = word_at(record, layout->record_next);
  }
  return false;
}

static uint32_t job_flags(uintptr_t job) {
  return *(const uint32_t *)(job + runner_task_layout_6_3.job_flags);
}

bool runner_job_is_task(uintptr_t job) { return (job_flags(job) & runner_job_kind_mask) == 0; }

uintptr_t runner_task_root(uintptr_t task) {
  while ((job_flags(task) & runner_job_child) != 0)
    task = *(const uintptr_t *)(task + runner_task_layout_6_3.child_parent);
  return task;
}

// Where a value lies in its item: after three words, at its type's alignment.
static uintptr_t value_address(runner_memory memory, uintptr_t item, uintptr_t type) {
  enum { witness_flags = 0x50 };
  uintptr_t witnesses;
  uint32_t flags;
  if (!read_word(memory, type - sizeof witnesses, &witnesses)) return 0;
  if (!runner_memory_read(memory, witnesses + witness_flags, &flags, sizeof flags)) return 0;
  uintptr_t alignment_mask = flags & 0xff;
  return item + ((3 * sizeof(uintptr_t) + alignment_mask) & ~alignment_mask);
}

uint32_t runner_task_read_locals(
    const runner_task_layout *layout, runner_memory memory, uintptr_t task,
    runner_task_local *locals, uint32_t capacity) {
  enum { kind_mask = 7, is_marker = 4, stop_marker = 6 };
  unsigned char head[head_limit];
  if (!read_head(layout, memory, task, head)) return 0;
  cycle_watch watch = {0, 0, 0};
  uint32_t count = 0, steps = 0;
  bool is_inherited = false;
  for (uintptr_t item = word_at(head, layout->task_locals); item != 0;) {
    uintptr_t words[3] = {0, 0, 0};
    if (count >= capacity || steps++ >= item_limit || item % sizeof words[0] != 0 ||
        comes_back(&watch, item) ||
        !runner_memory_read(memory, item, words, sizeof words[0]))
      return count;
    unsigned kind = words[0] & kind_mask;
    if (kind & is_marker) {
      if (kind == stop_marker) return count;
      is_inherited = true;
    } else {
      if (!runner_memory_read(memory, item, words, sizeof words)) return count;
      locals[count++] = (runner_task_local){
          .key = words[1],
          .value_type = words[2],
          .value = value_address(memory, item, words[2]),
          .is_inherited = is_inherited,
      };
    }
    item = words[0] & ~(uintptr_t)kind_mask;
  }
  return count;
}
