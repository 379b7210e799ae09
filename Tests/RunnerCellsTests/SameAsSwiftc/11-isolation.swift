@globalActor actor Kitchen {
  static let shared = Kitchen()
}
@Kitchen enum Counter {
  static var dishes: [String] = []
}
@Kitchen func cook(_ dish: String) -> Int {
  Counter.dishes.append(dish)
  return Counter.dishes.count
}
//:
print(await cook("soup"), await cook("bread"))
print(await Counter.dishes)
//:
@Kitchen final class Oven {
  var degrees = 20
  func heat(by more: Int) async -> Int {
    await Task.yield()
    degrees += more
    return degrees
  }
}
let oven = await Oven()
print(await oven.heat(by: 160), await oven.degrees)
//:
func isolationName(_ isolation: isolated (any Actor)? = #isolation) -> String {
  isolation.map { "\(type(of: $0))" } ?? "none"
}
@Kitchen func here() -> String { isolationName() }
print(await here())
//:
nonisolated func plain() async -> Int { 1 }
@Kitchen func mixed() async -> Int { await plain() + Counter.dishes.count }
print(await mixed())
//:
protocol Cleaner { @Kitchen func clean() -> String }
struct Robot: Cleaner { func clean() -> String { "beep, \(Counter.dishes.count) dishes" } }
let cleaner: any Cleaner = Robot()
print(await cleaner.clean())
