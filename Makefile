# 'make' alone lists the targets. They need Swift 6.3; what else is missing is installed with apt.

PREFIX ?= /usr/local
BIN = $(DESTDIR)$(PREFIX)/bin
LIB = $(DESTDIR)$(PREFIX)/lib/runner-repl
SHARE = $(DESTDIR)$(PREFIX)/share
MANUAL = $(SHARE)/man/man1/runner-repl.1
BASH_COMPLETION = $(SHARE)/bash-completion/completions/runner-repl
ZSH_COMPLETION = $(SHARE)/zsh/site-functions/_runner-repl
FISH_COMPLETION = $(SHARE)/fish/vendor_completions.d/runner-repl.fish
# What cells import, for the compiler; runner-repl looks for it in ../lib/runner-repl.
CELL_MODULES = RunnerCore RunnerExamples RunnerCellRuntime HashTreeCollections \
	InternalCollectionsUtilities
SOURCES = Package.swift Sources Tests Examples Benchmarks

# What the sanitizers run: the core's tests, each in a build folder of its own.
SANITIZED_TESTS = --disable-xctest --no-parallel --filter RunnerCoreTests
THREAD_FLAGS = --sanitize thread --scratch-path .build-thread
ADDRESS_FLAGS = --sanitize address --scratch-path .build-address
# Some tests leave tasks behind that refuse to end; what those hold on to is no news. A small
# quarantine: one test watches that memory does not grow.
ADDRESS_OPTIONS = ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=1

# What is seen of optimized code is tested with one optimized program, in a build folder of its own.
BUILD_FIXTURE = swift build --configuration release --product suspension-fixture \
	--scratch-path .build-release
WITH_FIXTURE = RELEASE_FIXTURE=.build-release/release/suspension-fixture

# One test at a time: many of them block a thread on a terminal or a process, and Swift's pool has as
# few threads as the machine has cores.
TEST_FLAGS = --skip-build --disable-xctest --no-parallel

# Swift builds in parallel by itself, and only once at a time in one folder.
.NOTPARALLEL:
.PHONY: help build run test lint format check install uninstall clean test-thread test-address \
	test-release fuzz repeat bench bench-quick bench-check bench-build toolchain dependencies

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

build: dependencies ## build everything for debugging
	swift build

run: dependencies ## start runner-repl; pass arguments with ARGS='-c "run countdown(3)"'
	@swift build --product runner-repl >&2
	@exec .build/debug/runner-repl $(ARGS)

test: dependencies lint ## check the style, build with warnings as errors, run all tests
	Tests/Scripts/install-dependencies-test
	Tests/Scripts/install-test
	swift build --build-tests
	$(BUILD_FIXTURE)
	$(WITH_FIXTURE) swift test $(TEST_FLAGS)

lint: toolchain ## check the style, the links between pages, and that each case is proven
	swift format lint --strict --recursive $(SOURCES)
	Scripts/check-links
	Scripts/list-cases >/dev/null

format: toolchain ## rewrite all Swift files in the project's style
	swift format --in-place --recursive $(SOURCES)

check: test ## do exactly what CI does

install: dependencies ## build for release and copy runner-repl and its manual to PREFIX (default /usr/local)
	@for folder in '$(BIN)' '$(LIB)' '$(SHARE)'; do \
	  while [ ! -e "$$folder" ]; do folder=$$(dirname "$$folder"); done; \
	  [ -w "$$folder" ] || { \
	    echo "You may not write to $$folder: run 'make install PREFIX=\$$HOME/.local', or this as root." >&2; \
	    exit 1; }; \
	done
	swift build --configuration release --product runner-repl
	install -d '$(BIN)' '$(LIB)/CRunnerRuntime'
	install -m 755 .build/release/runner-repl '$(BIN)/runner-repl'
	install -m 644 $(CELL_MODULES:%=.build/release/Modules/%.swiftmodule) '$(LIB)'
	install -m 644 Sources/CRunnerRuntime/include/*.h '$(LIB)/CRunnerRuntime'
	echo 'module CRunnerRuntime { umbrella header "CRunnerRuntime.h" export * }' >'$(LIB)/CRunnerRuntime/module.modulemap'
	for file in '$(MANUAL)' '$(BASH_COMPLETION)' '$(ZSH_COMPLETION)' '$(FISH_COMPLETION)'; do \
	  install -d "$$(dirname "$$file")" || exit; done
	.build/release/runner-repl --manual >'$(MANUAL)'
	.build/release/runner-repl --completion bash >'$(BASH_COMPLETION)'
	.build/release/runner-repl --completion zsh >'$(ZSH_COMPLETION)'
	.build/release/runner-repl --completion fish >'$(FISH_COMPLETION)'

uninstall: ## remove what install copied
	rm -f '$(BIN)/runner-repl' '$(MANUAL)' '$(BASH_COMPLETION)' '$(ZSH_COMPLETION)' '$(FISH_COMPLETION)'
	rm -rf '$(LIB)'

clean: ## remove all build folders
	rm -rf .build .build-thread .build-address .build-release

test-thread: dependencies ## run the core's tests under ThreadSanitizer
	swift build --build-tests $(THREAD_FLAGS)
	swift test --skip-build $(THREAD_FLAGS) $(SANITIZED_TESTS)

test-release: dependencies ## compare what is seen of optimized code with its page
	swift build --build-tests
	$(BUILD_FIXTURE)
	$(WITH_FIXTURE) swift test $(TEST_FLAGS) --filter SuspensionTests

test-address: dependencies ## run the core's tests under AddressSanitizer
	swift build --build-tests $(ADDRESS_FLAGS)
	$(ADDRESS_OPTIONS) swift test --skip-build $(ADDRESS_FLAGS) $(SANITIZED_TESTS)

# A million bytes in pieces: each seed is one run of emacs's and one of vi's keys.
fuzz: dependencies ## send FUZZ_BYTES random bytes (1,000,000) to the line editor under AddressSanitizer
	swift build --build-tests
	swift build --product terminal-fixture $(ADDRESS_FLAGS)
	FUZZ_BYTES=$(or $(FUZZ_BYTES),1000000) FUZZ_SEED=$(or $(FUZZ_SEED),1) FUZZ_SEEDS=$(or $(FUZZ_SEEDS),5) \
	  TERMINAL_FIXTURE=$(CURDIR)/.build-address/debug/terminal-fixture \
	  swift test $(TEST_FLAGS) --filter EditLineReaderLongFuzzTests

repeat: dependencies ## run the tests of FILTER (those at terminals) RUNS times (50), half beside busy loops
	swift build --build-tests
	Scripts/repeat-tests $(or $(RUNS),50) $(if $(FILTER),'$(FILTER)')

bench-build: toolchain
	swift build --package-path Benchmarks --configuration release

bench: bench-build ## measure beside the peers, and write the table and the chart of Docs/Reference
	Benchmarks/compare --write

bench-quick: bench-build ## the same in less than two minutes, without writing
	Benchmarks/compare --quick

bench-check: bench-build ## compare the instructions of the hottest paths with Benchmarks/instructions
	Benchmarks/check-instructions

toolchain:
	@command -v swift >/dev/null || { echo "There is no 'swift' on the PATH: install Swift 6.3, \
	add its bin folder to the PATH and try again." >&2; exit 1; }

dependencies: toolchain
	@Scripts/install-dependencies
