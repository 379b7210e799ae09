func weight(of parcel: String) async -> Int {
  await Task.yield()
  return parcel.utf8.count
}

async let first = weight(of: "books")
async let second = weight(of: "violin")
print(await first + second)
//:
async let left = weight(of: "a lamp"), right = weight(of: "plates")
let weights = await [left, right]
print(weights)
//:
struct TooHeavy: Error { var weight: Int }
func check(_ weight: Int) async throws -> Int {
  if weight > 5 { throw TooHeavy(weight: weight) }
  return weight
}

async let light = check(3)
async let heavy = check(9)
do {
  print(try await light)
  print(try await heavy)
} catch let error as TooHeavy {
  print("too heavy:", error.weight)
}
//:
func total(_ parcels: [String]) async -> Int {
  guard let head = parcels.first else { return 0 }
  async let rest = total(Array(parcels.dropFirst()))
  return await weight(of: head) + rest
}

print(await total(["x", "yy", "zzz"]))
//:
let sum = await total(weights.map { String(repeating: "#", count: $0) })
print(sum, weights.reduce(0, +) == sum)
//:
async let (short, long) = (weight(of: "i"), weight(of: "island"))
let pair = await (short, long)
print(pair.0, pair.1)
