// Cells of runner-repl as plain Swift: a script for swiftc in Swift 5 mode, or the main.swift of a
// package that depends on RunnerCore and sets .swiftLanguageMode(.v5).
import RunnerCore

let runner = Runner()

let n = 1

try runner.close()
