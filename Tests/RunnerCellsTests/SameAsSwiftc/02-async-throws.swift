enum OrderError: Error, Equatable {
  case soldOut(String)
  case closed
}

var stock = ["tea": 2, "cake": 1]
//:
func order(_ item: String) async throws -> Int {
  await Task.yield()
  guard let left = stock[item], left > 0 else { throw OrderError.soldOut(item) }
  stock[item] = left - 1
  return left - 1
}

print(try await order("cake"))
//:
do {
  print(try await order("cake"))
} catch OrderError.soldOut(let item) {
  print("no more", item)
}
//:
let left = try? await order("tea")
let none = try? await order("pie")
print(left as Any, none as Any)
//:
func serve(_ items: [String]) async -> [Result<Int, any Error>] {
  var results: [Result<Int, any Error>] = []
  for item in items {
    do {
      results.append(.success(try await order(item)))
    } catch {
      results.append(.failure(error))
    }
  }
  return results
}

for result in await serve(["tea", "tea"]) {
  switch result {
  case .success(let count): print("left", count)
  case .failure(let error): print("failed", error)
  }
}
//:
func close() async throws(OrderError) -> Never {
  await Task.yield()
  throw .closed
}

do {
  try await close()
} catch {
  print(error == .closed)
}
