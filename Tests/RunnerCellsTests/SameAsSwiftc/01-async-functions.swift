/// A weather station answers after a while.
func reading(of station: String) async -> Int {
  await Task.yield()
  return station.count * 3
}

print(await reading(of: "harbour"))
//:
let first = await reading(of: "hill")
let second = await reading(of: "valley")
print(first, second, first < second)
//:
func warmest(of stations: [String]) async -> String? {
  var best: (name: String, degrees: Int)?
  for name in stations {
    let degrees = await reading(of: name)
    if degrees > best?.degrees ?? 0 { best = (name, degrees) }
  }
  return best?.name
}

print(await warmest(of: ["hill", "lighthouse", "bay"]) ?? "none")
print(await warmest(of: []) ?? "none")
//:
let describe: (String) async -> String = { name in "\(name): \(await reading(of: name))°" }
print(await describe("lake"))
//:
struct Forecast {
  let station: String
  var degrees: Int { get async { await reading(of: station) } }
  static func best(of names: String...) async -> Forecast? {
    await warmest(of: names).map(Forecast.init)
  }
}

if let forecast = await Forecast.best(of: "north", "south-east") {
  print(forecast.station, await forecast.degrees)
}
//:
var log: [String] = []
for name in ["a", "bc"] where await reading(of: name) > 3 {
  log.append(name)
}
print(log)
